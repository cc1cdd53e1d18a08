/** Milliseconds without a refresh after a new token was rejected too; each further pause is twice as long. */
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 600_000;

/** Milliseconds for which a token is new: longer than the calls take that wait for it. */
const PROBATION = 30_000;

/**
 * The responses with 401 that a session has seen. The first causes a refresh. When the new token is rejected as well, the
 * token is not the reason, and a refresh for each further call would only use up the quota. A later token that has worked for
 * a while shows that tokens are accepted again, and so do ten minutes without a rejection.
 */
export class RejectionMemory {
  /** The access token that the server has rejected. */
  rejected: string | undefined;
  /** The token that was rejected when it was new. */
  #rejectedNew: string | undefined;
  #failedRefreshes = 0;
  #notBefore = 0;
  #current: string | undefined;
  #currentSince = 0;
  #lastRejection = 0;

  /** Takes note of the token that is used from now on. */
  noteCurrent(accessToken: string | undefined, now: number): void {
    if (accessToken === this.#current) return;
    this.#current = accessToken;
    this.#currentSince = now;
  }

  /** False for a while after a refresh that did not help. */
  mayRefresh(rejected: string, now: number): boolean {
    this.noteCurrent(rejected, now);
    const hasWorked = rejected !== this.#rejectedNew && now >= this.#currentSince + PROBATION;
    if (hasWorked || now > this.#lastRejection + LONGEST_PAUSE) {
      this.#failedRefreshes = 0;
      this.#notBefore = 0;
    }
    this.#lastRejection = now;
    return now >= this.#notBefore;
  }

  /** Remembers a refresh that did not help: its token was rejected too, by one or several calls that waited for it. */
  addFailedRefresh(rejected: string, now: number): void {
    if (rejected === this.#rejectedNew) return;
    this.#rejectedNew = rejected;
    this.#notBefore = now + Math.min(FIRST_PAUSE * 2 ** this.#failedRefreshes, LONGEST_PAUSE);
    this.#failedRefreshes++;
  }
}
