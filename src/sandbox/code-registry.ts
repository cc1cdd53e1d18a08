import type { Account } from "./accounts.ts";
import type { TimeSource } from "./clock.ts";
import type { Random } from "./random.ts";
import type { Session } from "./tokens.ts";

/** Where a code came from, and what it is good for. */
export interface IssuedCode {
  readonly account: Account;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly expiresAt: number;
  /** The session that was made with it; a second use ends that session (RFC 6749, section 4.1.2). */
  session: Session | undefined;
}

/** RFC 6749 recommends at most ten minutes. */
const LIFETIME = 600_000;

/** The codes that users gave away by agreeing to a sign-in. */
export class CodeRegistry {
  readonly #clock: TimeSource;
  readonly #random: Random;
  readonly #codes = new Map<string, IssuedCode>();

  constructor(clock: TimeSource, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  issue(code: Omit<IssuedCode, "expiresAt" | "session">): string {
    const text = this.#random.text(30);
    this.#codes.set(text, { ...code, expiresAt: this.#clock.now() + LIFETIME, session: undefined });
    return text;
  }

  find(code: string): IssuedCode | undefined {
    return this.#codes.get(code);
  }

  isAlive({ expiresAt }: IssuedCode): boolean {
    return this.#clock.now() < expiresAt;
  }
}
