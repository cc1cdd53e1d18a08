/** A check of the repository that lets nothing through. */
export interface Gate {
  readonly name: string;
  /** Looks at the repository at `root`. It throws only where the check itself could not be made. */
  readonly check: (root: string) => Promise<Verdict>;
}

/** What a gate has found. */
export interface Verdict {
  /** How many things it looked at. A gate that looked at nothing has failed. */
  readonly examined: number;
  /** What is printed behind its name, such as `126 operations`. */
  readonly figure: string;
  /** What is wrong, each with its place. */
  readonly faults: readonly string[];
}

/** `1 operation`, `2 operations`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
