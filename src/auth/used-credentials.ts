import type { Grant } from "./grants.ts";

/** How many are remembered: far more than a store that lags behind could return. */
const MOST = 100;

/**
 * The refresh tokens and codes of a session that work no more. The oldest are forgotten, as a session may live for years,
 * but not the one that it was made with.
 */
export class UsedCredentials {
  /** Made for the first of them: a service holds thousands of sessions. */
  #secrets: Set<string> | undefined;
  readonly #grant: Grant;

  constructor(grant: Grant) {
    this.#grant = grant;
  }

  has(secret: string): boolean {
    return this.#secrets?.has(secret) ?? false;
  }

  add(secret: string): void {
    this.#secrets ??= new Set();
    this.#secrets.add(secret);
    const own = Object.values(this.#grant.fields());
    for (const used of this.#secrets) {
      if (this.#secrets.size <= MOST) return;
      if (!own.includes(used)) this.#secrets.delete(used);
    }
  }
}
