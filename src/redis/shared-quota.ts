import { withAbort } from "../base/abort.ts";
import type { Clock } from "../base/clock.ts";
import type { QuotaLimiter, QuotaRequest, QuotaSlot, QuotaUsage, QuotaWindow } from "../quota/quota.ts";
import { waitTooLong } from "../quota/quota-exceeded.ts";
import { unreachable } from "./quota-errors.ts";
import { exchange, type QuotaAnswer, type QuotaTerms, type QuotaVerdict } from "./quota-script.ts";
import type { SendCommand } from "./redis-client.ts";

/** A process in line lets Redis hear of it so often, and is believed to be there for three times as long. */
const HEARTBEAT = 1_000;
const LEASE = 3 * HEARTBEAT;

/** The shortest pause between two questions, so that places which come free one after the other are fetched together. */
const SHORTEST_PAUSE = 5;

interface Waiter {
  readonly id: string;
  readonly latest: number;
  ticket: number | undefined;
  onWait: ((until: number) => void) | undefined;
  grant(place: QuotaSlot): void;
  refuse(reason: unknown): void;
}

/** What a shared quota is made of, checked. */
export interface SharedQuotaSettings {
  readonly key: string;
  readonly windows: readonly QuotaWindow[];
  readonly maxWait: number;
  /** Milliseconds after which a place ends whose process says nothing. */
  readonly life: number;
  readonly clock: Clock;
  readonly send: SendCommand;
}

/** The part of a shared quota that runs in each process: who waits here, and what Redis has yet to hear. */
export class SharedQuota implements QuotaLimiter {
  readonly maxWait: number;
  readonly #clock: Clock;
  readonly #send: SendCommand;
  readonly #terms: QuotaTerms;
  readonly #name = crypto.randomUUID();
  readonly #line: Waiter[] = [];
  #usage: QuotaUsage[];
  #lastId = 0;
  #timer: unknown;
  #asking: Promise<void> | undefined;
  #askAgain = false;
  // What Redis has yet to hear.
  #ended: string[] = [];
  #gone: string[] = [];
  #pausedUntil = 0;

  constructor({ key, windows, maxWait, life, clock, send }: SharedQuotaSettings) {
    this.maxWait = maxWait;
    this.#clock = clock;
    this.#send = send;
    this.#terms = { key, windows, life, lease: LEASE };
    this.#usage = windows.map((window) => ({ ...window, used: 0, remaining: window.limit, resetsAt: undefined }));
  }

  acquire({ ticket, urgent, signal, maxWait = this.maxWait, onWait }: QuotaRequest = {}): Promise<QuotaSlot> {
    return withAbort(signal, (grant, refuse) => {
      const waiter: Waiter = {
        id: `${this.#name}:${++this.#lastId}`,
        ticket: urgent ? 0 : ticket,
        latest: this.#clock.now() + Math.min(maxWait, this.maxWait),
        onWait,
        grant,
        refuse,
      };
      this.#line.push(waiter);
      this.#ask();
      return (reason) => this.#leave(waiter, reason);
    });
  }

  pause(until: number): void {
    if (until <= this.#pausedUntil) return;
    this.#pausedUntil = until;
    this.#ask();
  }

  snapshot(): QuotaUsage[] {
    return [...this.#usage];
  }

  async refresh(): Promise<QuotaUsage[]> {
    while (this.#asking) await this.#asking;
    await this.#start().catch((error) => {
      throw unreachable(error);
    });
    return this.snapshot();
  }

  /** Talks to Redis, one exchange after the other: what comes up meanwhile goes into the next. */
  #ask(): void {
    if (this.#asking) this.#askAgain = true;
    // Whoever waits is told of a failure by then.
    else this.#start().catch(() => {});
  }

  #start(): Promise<void> {
    this.#clock.clearTimeout(this.#timer);
    this.#askAgain = false;
    const exchange = this.#exchange();
    const finish = () => {
      this.#asking = undefined;
      if (this.#askAgain) this.#ask();
    };
    this.#asking = exchange.then(finish, finish);
    return exchange;
  }

  async #exchange(): Promise<void> {
    const asked = [...this.#line];
    const news = { ended: this.#ended, gone: this.#gone };
    this.#ended = [];
    this.#gone = [];
    const now = this.#clock.now();
    try {
      const waiting = asked.map(({ id, ticket, latest }) => ({ id, ticket, patience: latest - now }));
      this.#hear(asked, await exchange(this.#send, this.#terms, { ...news, pause: this.#pausedUntil - now, waiting }));
    } catch (error) {
      this.#ended.push(...news.ended);
      this.#gone.push(...news.gone);
      for (const waiter of asked) this.#leave(waiter, unreachable(error));
      throw error;
    }
  }

  #hear(asked: readonly Waiter[], { verdicts, usage }: QuotaAnswer): void {
    const now = this.#clock.now();
    this.#usage = this.#terms.windows.map(({ limit, seconds }, index) => {
      const { used = 0, free } = usage[index] ?? {};
      const resetsAt = free === undefined ? undefined : new Date(now + free);
      return { limit, seconds, used, remaining: Math.max(0, limit - used), resetsAt };
    });
    const told = asked.flatMap((waiter, index) => {
      const verdict = verdicts[index];
      return verdict ? [{ waiter, verdict }] : [];
    });
    // One that has come back with its ticket goes before those that were there meanwhile.
    told.sort((a, b) => a.verdict.ticket - b.verdict.ticket);
    for (const { waiter, verdict } of told) this.#tell(waiter, verdict, now);
    const waits = told.filter(({ verdict }) => !verdict.refused && verdict.wait > 0).map(({ verdict }) => verdict.wait);
    const soonest = Math.min(HEARTBEAT, ...waits);
    if (this.#line.length > 0) {
      this.#timer = this.#clock.setTimeout(() => this.#ask(), Math.max(SHORTEST_PAUSE, soonest));
    }
  }

  #tell(waiter: Waiter, { ticket, wait, refused }: QuotaVerdict, now: number): void {
    const index = this.#line.indexOf(waiter);
    // Its caller has gone meanwhile, and Redis will hear of it.
    if (index < 0) return;
    waiter.ticket = ticket;
    if (wait === 0 && !refused) {
      this.#line.splice(index, 1);
      waiter.grant(this.#place(waiter.id, ticket));
    } else if (refused) {
      this.#line.splice(index, 1);
      waiter.refuse(waitTooLong(now + wait, waiter.latest - now));
    } else {
      waiter.onWait?.(now + wait);
      waiter.onWait = undefined;
    }
  }

  #place(id: string, ticket: number): QuotaSlot {
    let open = true;
    const close = (list: () => string[]) => {
      if (!open) return;
      open = false;
      list().push(id);
      this.#ask();
    };
    return { ticket, release: () => close(() => this.#ended), cancel: () => close(() => this.#gone) };
  }

  /** Who has got a place, or was turned away, is no longer in line. */
  #leave(waiter: Waiter, reason: unknown): void {
    const index = this.#line.indexOf(waiter);
    if (index < 0) return;
    this.#line.splice(index, 1);
    this.#gone.push(waiter.id);
    waiter.refuse(reason);
    this.#ask();
  }
}
