import { SharedTask } from "../base/shared-task.ts";
import { withDeadline } from "../base/time-limit.ts";
import { TimeoutError } from "../errors/client-errors.ts";
import { codeOf } from "../errors/code-of.ts";
import type { TokenClient } from "./auth.ts";
import { revoked } from "./session-errors.ts";
import type { TokenCache } from "./token-cache.ts";
import type { Acquired, TokenRefresh } from "./token-refresh.ts";

/** A refresh, and whether it replaces tokens that have not expired. */
interface Running {
  readonly task: SharedTask<Acquired>;
  readonly immediately: boolean;
}

/**
 * Milliseconds for a refresh that several callers share, up to the moment at which the token request is sent. The deadline of the
 * client where that is longer: its calls wait as long for the quota, and so does the token that they need.
 */
const REFRESH_DEADLINE = 180_000;

/** The dependencies of a shared refresh. */
export interface SharedRefreshSettings {
  readonly cache: TokenCache;
  readonly refresh: TokenRefresh;
  /** False once a revocation has begun. */
  readonly mayBegin: () => boolean;
}

/** The refresh of a session, of which one runs at a time: all callers that need new tokens wait for it together. */
export class SharedRefresh {
  readonly #settings: SharedRefreshSettings;
  #running: Running | undefined;

  constructor(settings: SharedRefreshSettings) {
    this.#settings = settings;
  }

  /**
   * Waits for the refresh that is under way, or starts one that replaces only tokens of no use.
   *
   * @throws OAuthError once a revocation has begun.
   */
  async join(host: TokenClient, signal: AbortSignal | undefined): Promise<void> {
    await (this.#underWay ?? this.#start(host, false)).task.join(signal);
  }

  /**
   * Replaces the tokens. A refresh that is under way counts where it sends a token request, or finds newer tokens than those
   * that were at hand: a further request would only replace its tokens. One that loads the first tokens does not count.
   */
  async replace(host: TokenClient, signal: AbortSignal | undefined): Promise<void> {
    const { cache } = this.#settings;
    const atHand = cache.current?.accessToken;
    for (let running = this.#underWay; running && !running.immediately; running = this.#underWay) {
      const acquired = await running.task.join(signal);
      if (acquired !== "shared") return;
      if (atHand !== undefined && cache.current?.accessToken !== atHand) return;
    }
    await (this.#underWay ?? this.#start(host, true)).task.join(signal);
  }

  /** Ends the refresh that is under way. Where its token request was sent already, its tokens are saved first. */
  abort(reason: unknown): void {
    this.#underWay?.task.abort(reason);
  }

  get #underWay(): Running | undefined {
    return this.#running?.task.isOver ? undefined : this.#running;
  }

  #start(host: TokenClient, immediately: boolean): Running {
    if (!this.#settings.mayBegin()) throw revoked();
    const running = { task: new SharedTask((callers) => this.#run(host, immediately, callers)), immediately };
    // A service keeps a session for each of thousands of accounts: none of them holds a task that is over.
    const release = () => {
      if (this.#running === running) this.#running = undefined;
    };
    this.#running = running;
    running.task.settled.then(release, release);
    return running;
  }

  async #run(host: TokenClient, immediately: boolean, callers: AbortSignal): Promise<Acquired> {
    const { clock, emit } = host;
    const refresh = (signal: AbortSignal) => this.#settings.refresh.run(host, { immediately, signal });
    try {
      const milliseconds = Math.max(REFRESH_DEADLINE, host.deadline ?? 0);
      const outcome = await withDeadline(clock, milliseconds, callers, refresh, () => deadlineError(milliseconds));
      emit?.({ type: "refresh", outcome, error: undefined });
      return outcome;
    } catch (error) {
      emit?.({ type: "refresh", outcome: "failed", error: codeOf(error) });
      throw error;
    }
  }
}

function deadlineError(milliseconds: number): TimeoutError {
  return new TimeoutError(
    `The tokens were not refreshed within ${milliseconds} ms: their lock, their store or the quota took too long. Nothing was sent. Try again.`,
    { code: "timeout", retryable: true },
  );
}
