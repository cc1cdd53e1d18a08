/** Milliseconds without a refresh after a new token was rejected too; each further pause is twice as long. */
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 600_000;

/**
 * The responses with 401 that a session has seen. The first causes a refresh. When the new token is rejected as well, the
 * token is not the reason, and a refresh for each further call would only use up the quota.
 */
export class RejectionMemory {
  /** The access token that the server has rejected. */
  rejected: string | undefined;
  #fruitless = 0;
  #notBefore = 0;

  /** False for a while after a refresh that did not help. */
  mayRefresh(now: number): boolean {
    return now >= this.#notBefore;
  }

  /** Remembers a refresh that did not help. */
  addFruitless(now: number): void {
    this.#notBefore = now + Math.min(FIRST_PAUSE * 2 ** this.#fruitless, LONGEST_PAUSE);
    this.#fruitless++;
  }

  /**
   * Takes note of new tokens.
   *
   * @param accessToken The token that is used from now on.
   * @param wasRejected True when a rejection was the reason for the refresh.
   */
  settle(accessToken: string | undefined, wasRejected: boolean): void {
    if (accessToken !== this.rejected) this.rejected = undefined;
    if (!wasRejected) this.#fruitless = 0;
  }
}
