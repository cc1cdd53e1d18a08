import type { Clock } from "../../src/base/clock.ts";
import {
  Angelcam,
  type Grant,
  OAuthSession,
  passwordGrant,
  refreshTokenGrant,
  type TokenStore,
  type Tokens,
} from "../../src/index.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { TokenServer } from "../support/token-server.ts";

const never = () => new Promise<never>(() => {});

/** A process of the account: its client, and what ends it. */
export interface Process {
  readonly angelcam: Angelcam;
  kill(): void;
}

/** How a call ended, and what it did beyond its deadline. */
export interface CallReport {
  readonly outcome: string;
  readonly lateBy: number;
}

/** Several processes of one account on one store, a server with a clock of its own, and everything that can go wrong. */
export class ChaosFixture {
  readonly clock = new ManualClock();
  readonly server: TokenServer;
  /** Requests that were sent after the deadline of their call. */
  requestsAfterDeadline = 0;
  /** Milliseconds of each operation of the store. */
  storeLatency = 0;
  /** When the store fails no longer (monotonic). */
  storeBrokenUntil = 0;
  #stored: Tokens | undefined;
  #holder: object | undefined;
  readonly #deadlines = new Map<string, number>();
  readonly #grant: Grant;
  #calls = 0;

  constructor(grant: "password" | "refresh_token") {
    const time: Pick<Clock, "now" | "setTimeout"> = {
      now: () => this.clock.monotonic(),
      setTimeout: (callback, milliseconds) => this.clock.setTimeout(callback, milliseconds),
    };
    this.server = new TokenServer(time);
    this.#grant =
      grant === "password"
        ? passwordGrant({ username: "user@example.com", password: "correct horse" })
        : refreshTokenGrant({ refreshToken: this.server.begin() });
  }

  /** Starts a process. After `kill`, it sends and writes nothing any more. */
  start(): Process {
    const life = { ended: false, sent: undefined as string | undefined };
    const session = new OAuthSession({
      clientId: "client",
      grant: this.#grant,
      store: this.#storeFor(life),
      onSaveFailure: () => {},
    });
    const fetch = async (input: string | URL | Request, init: RequestInit = {}) => {
      if (life.ended) return never();
      const call = new Headers(init.headers).get("X-Call") ?? "";
      if (this.clock.monotonic() > (this.#deadlines.get(call) ?? Number.POSITIVE_INFINITY))
        this.requestsAfterDeadline++;
      life.sent = new URLSearchParams(String(init.body)).get("refresh_token") ?? life.sent;
      const response = await this.server.fetch(input, init);
      if (!life.ended) return response;
      this.server.loseSuccessorOf(life.sent);
      return never();
    };
    const angelcam = new Angelcam({ auth: session, fetch, clock: this.clock, quota: false, random: () => 0.5 });
    const kill = () => {
      life.ended = true;
      if (this.#holder !== life) return;
      this.#holder = undefined;
      this.server.loseSuccessorOf(life.sent);
    };
    return { angelcam, kill };
  }

  async call({ angelcam }: Process, deadline: number): Promise<CallReport> {
    const id = String(++this.#calls);
    const started = this.clock.monotonic();
    this.#deadlines.set(id, started + deadline);
    const outcome = await angelcam.me.get({ deadline, headers: { "X-Call": id } }).then(
      () => "ok",
      (error) => error.code ?? String(error),
    );
    return { outcome, lateBy: Math.max(0, this.clock.monotonic() - started - deadline) };
  }

  /** The store as one process sees it: slow, failing for a while, with a lock that ends with its process. */
  #storeFor(life: { ended: boolean }): TokenStore {
    const operation = async <T>(work: () => T): Promise<T> => {
      if (this.storeLatency > 0) await this.#sleep(this.storeLatency);
      if (life.ended) return never();
      if (this.clock.monotonic() < this.storeBrokenUntil) throw new Error("READONLY");
      return work();
    };
    const plain = {
      read: () => operation(() => this.#stored),
      write: (tokens: Tokens) =>
        operation(() => {
          this.#stored = tokens;
        }),
    };
    return {
      ...plain,
      lock: async (work, { signal } = {}) => {
        while (this.#holder && !life.ended) {
          signal?.throwIfAborted();
          await this.#sleep(50);
        }
        if (life.ended) return never();
        this.#holder = life;
        try {
          return await work({ ...plain, verify: () => operation(() => {}) });
        } finally {
          if (this.#holder === life) this.#holder = undefined;
        }
      },
    };
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.clock.setTimeout(() => resolve(), milliseconds));
  }
}
