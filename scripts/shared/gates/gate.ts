/** A check of the repository that fails on every fault. */
export interface Gate {
  readonly name: string;
  /** Checks the repository at `root`. It throws only where the check itself could not be run. */
  readonly check: (root: string) => Promise<GateResult>;
}

/** The result of a gate. */
export interface GateResult {
  /** The number of things that were checked. A gate that checked none has failed. */
  readonly examined: number;
  /** The text that is printed behind its name, such as `126 operations`. */
  readonly summary: string;
  /** The faults, each with its location. */
  readonly faults: readonly string[];
}

/** `1 operation`, `2 operations`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
