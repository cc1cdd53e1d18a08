import type { Account } from "./accounts.ts";
import type { Random } from "./random.ts";

/** The account and state of a personal access token. */
export interface PersonalToken {
  readonly account: Account;
  /** As of a session: the scopes with spaces between them, or `read write` for all. */
  readonly scope: string;
}

/** The tokens that people made by hand in the dashboard. They never expire. */
export class PersonalTokenRegistry {
  readonly #random: Random;
  readonly #tokens = new Map<string, PersonalToken>();

  constructor(random: Random) {
    this.#random = random;
  }

  issue(token: PersonalToken): string {
    const text = this.#random.hexadecimal(40);
    this.#tokens.set(text, token);
    return text;
  }

  revoke(token: string): boolean {
    return this.#tokens.delete(token);
  }

  find(token: string): PersonalToken | undefined {
    return this.#tokens.get(token);
  }
}
