import { AsyncResource } from "node:async_hooks";
import { withAbort } from "../base/abort.ts";
import { type Clock, toMonotonic } from "../base/clock.ts";
import type { QuotaError } from "../errors/client-errors.ts";
import type { QuotaLimiter, QuotaRequest, QuotaSlot } from "../quota/quota.ts";
import { quotaExceeded } from "../quota/quota-exceeded.ts";
import type { QuotaUsage, QuotaWindow } from "../quota/window.ts";
import { unreachable } from "./quota-errors.ts";
import { exchange, type Grant, type QuotaConfig, type QuotaDecision } from "./quota-script.ts";
import type { SendCommand } from "./redis-client.ts";

/** Milliseconds between two updates of a process whose requests wait; they are taken to be there for three times as long. */
const HEARTBEAT = 1_000;
const LEASE = 3 * HEARTBEAT;

/**
 * How many requests that have left the queue are remembered while Redis does not respond. The others end in Redis by
 * themselves, as those of a process that died.
 */
const MOST_GONE = 1_000;

/** Milliseconds between two exchanges at least, so that slots which come free one after the other are fetched together. */
const SHORTEST_PAUSE = 5;

interface QueuedRequest {
  readonly id: string;
  readonly priority: number;
  /** The latest moment at which it may start, of the monotonic clock. */
  readonly latest: number;
  ticket: number | undefined;
  onWait: ((until: number) => void) | undefined;
  grant(slot: QuotaSlot): void;
  reject(reason: unknown): void;
}

/** Checked settings of a shared quota. */
export interface SharedQuotaSettings {
  readonly key: string;
  readonly windows: readonly QuotaWindow[];
  readonly maxWait: number;
  /** Milliseconds after which a slot is taken to be released although its process has not said so. */
  readonly life: number;
  readonly clock: Clock;
  readonly send: SendCommand;
}

/** The part of a shared quota in each process: its waiting requests, and the changes that Redis does not know yet. */
export class SharedQuota implements QuotaLimiter {
  readonly maxWait: number;
  readonly #clock: Clock;
  readonly #send: SendCommand;
  readonly #config: QuotaConfig;
  readonly #name = crypto.randomUUID();
  readonly #queue: QueuedRequest[] = [];
  #usage: QuotaUsage[];
  #lastId = 0;
  #timer: unknown;
  #exchanging: Promise<void> | undefined;
  #exchangeAgain = false;
  // Changes that Redis does not know yet.
  #ended: string[] = [];
  #gone: string[] = [];
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor({ key, windows, maxWait, life, clock, send }: SharedQuotaSettings) {
    this.maxWait = maxWait;
    this.#clock = clock;
    this.#send = send;
    this.#config = { key, windows, life, lease: LEASE };
    this.#usage = windows.map((window) => ({ ...window, used: 0, remaining: window.limit, resetsAt: undefined }));
  }

  /** @internal A Vue proxy of it would lack its private fields; Vue makes proxies of plain objects alone. */
  get [Symbol.toStringTag](): string {
    return "SharedQuota";
  }

  acquire({ signal, maxWait = this.maxWait, priority = 0, onWait }: QuotaRequest = {}): Promise<QuotaSlot> {
    return withAbort(signal, (grant, reject) => {
      const request: QueuedRequest = {
        id: `${this.#name}:${++this.#lastId}`,
        priority,
        latest: this.#clock.monotonic() + Math.max(0, Math.min(maxWait, this.maxWait)),
        ticket: undefined,
        // It is called when Redis has replied, to a command that any other request may have caused.
        onWait: onWait && AsyncResource.bind(onWait),
        grant,
        reject,
      };
      this.#queue.push(request);
      this.#update();
      return (reason) => this.#leave(request, reason);
    });
  }

  pause(until: number): void {
    this.#pauseUntil(toMonotonic(this.#clock, until));
  }

  #pauseUntil(end: number): void {
    if (!(end > this.#pausedUntil)) return;
    this.#pausedUntil = end;
    this.#update();
  }

  snapshot(): QuotaUsage[] {
    return [...this.#usage];
  }

  async refresh(): Promise<QuotaUsage[]> {
    while (this.#exchanging) await this.#exchanging;
    await this.#startExchange().catch((error) => {
      throw unreachable(error);
    });
    return this.snapshot();
  }

  /** Exchanges with Redis, one exchange after the other: changes that come meanwhile go into the next. */
  #update(): void {
    if (this.#exchanging) this.#exchangeAgain = true;
    // Requests that wait are rejected by then.
    else this.#startExchange().catch(() => {});
  }

  #startExchange(): Promise<void> {
    this.#clock.clearTimeout(this.#timer);
    this.#exchangeAgain = false;
    const exchange = this.#exchange();
    const finish = () => {
      this.#exchanging = undefined;
      if (this.#exchangeAgain) this.#update();
    };
    this.#exchanging = exchange.then(finish, finish);
    return exchange;
  }

  async #exchange(): Promise<void> {
    const now = this.#clock.monotonic();
    // A machine that slept wakes up with requests that have waited too long.
    for (const request of this.#queue.filter((queued) => isLate(queued, now))) {
      this.#remove(request);
      this.#gone.push(request.id);
      request.reject(this.#tooLate(0, request.latest - now));
    }
    const asked = [...this.#queue];
    const changes = { ended: this.#ended, gone: this.#gone };
    this.#ended = [];
    this.#gone = [];
    try {
      const waiting = asked.map(({ id, ticket, priority, latest }) => ({
        id,
        ticket,
        priority,
        patience: latest - now,
      }));
      const update = { ...changes, pause: this.#pausedUntil - now, waiting };
      this.#apply(asked, await exchange(this.#send, this.#config, update));
    } catch (error) {
      this.#ended.push(...changes.ended);
      this.#gone = changes.gone.concat(this.#gone).slice(-MOST_GONE);
      for (const request of asked) this.#leave(request, unreachable(error));
      throw error;
    }
  }

  #apply(asked: readonly QueuedRequest[], { grants, usage }: QuotaDecision): void {
    const now = this.#clock.now();
    this.#usage = this.#config.windows.map(({ limit, seconds }, index) => {
      const { used = 0, free } = usage[index] ?? {};
      const resetsAt = free === undefined ? undefined : new Date(now + free);
      return { limit, seconds, used, remaining: Math.max(0, limit - used), resetsAt };
    });
    const decided = asked.flatMap((request, index) => {
      const grant = grants[index];
      return grant ? [{ request, grant }] : [];
    });
    // A request of a higher priority starts before those that came earlier.
    decided.sort((a, b) => a.grant.ticket - b.grant.ticket);
    for (const { request, grant } of decided) this.#decide(request, grant);
    const waits = decided.map(({ grant }) => grant.wait).filter((wait) => wait > 0);
    if (this.#queue.length > 0) {
      const soonest = Math.max(SHORTEST_PAUSE, Math.min(HEARTBEAT, ...waits));
      this.#timer = this.#clock.setTimeout(() => this.#update(), soonest);
    }
  }

  #decide(request: QueuedRequest, { ticket, wait, rejected }: Grant): void {
    // Its caller has aborted meanwhile, which the next update reports to Redis.
    if (!this.#queue.includes(request)) return;
    const now = this.#clock.monotonic();
    const late = isLate(request, now);
    const left = request.latest - now;
    request.ticket = ticket;
    if (rejected) {
      this.#remove(request);
      // The exchange has taken a moment, also for a request that may not wait at all.
      request.reject(this.#tooLate(wait, Math.max(0, left)));
    } else if (late) {
      this.#leave(request, this.#tooLate(wait, left));
    } else if (wait === 0) {
      this.#remove(request);
      request.grant(this.#slot(request.id));
    } else {
      const { onWait } = request;
      request.onWait = undefined;
      try {
        onWait?.(this.#clock.now() + wait);
      } catch (error) {
        request.reject(error);
      }
    }
  }

  #tooLate(wait: number, left: number): QuotaError {
    return quotaExceeded(this.#clock.now() + wait, left);
  }

  #slot(id: string): QuotaSlot {
    let open = true;
    const close = (changes: () => string[]) => {
      if (!open) return;
      open = false;
      changes().push(id);
      this.#update();
    };
    return { release: () => close(() => this.#ended), cancel: () => close(() => this.#gone) };
  }

  /** Called for every request that is settled; only one that gave up or was rejected here is still in the queue. */
  #leave(request: QueuedRequest, reason: unknown): void {
    if (!this.#remove(request)) return;
    this.#gone.push(request.id);
    request.reject(reason);
    this.#update();
  }

  #remove(request: QueuedRequest): boolean {
    const index = this.#queue.indexOf(request);
    if (index >= 0) this.#queue.splice(index, 1);
    return index >= 0;
  }
}

/** True for a request that has waited too long, such as after a sleep of the machine. The first exchange is no wait. */
function isLate({ latest, ticket }: QueuedRequest, now: number): boolean {
  return now > latest + (ticket === undefined ? HEARTBEAT : 0);
}
