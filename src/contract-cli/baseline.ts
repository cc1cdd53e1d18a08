// Node only: reads a file.
import { readFile } from "node:fs/promises";
import type { Violation } from "../contract/violation.ts";
import { angelcamDocument } from "../openapi/angelcam-document.ts";
import { CannotRunError } from "./cannot-run-error.ts";
import { parseYaml } from "./parse-yaml.ts";

/**
 * A known violation, as the file of `--ignore` has it: YAML or JSON, a list of these.
 *
 * @example
 * ```yaml
 * - operation: cameras.list
 *   kind: format
 *   pointer: /results/0/last_seen
 *   reason: Written without a zone until release 12, ticket 4711.
 * ```
 */
export interface BaselineEntry {
  /** The operationId. */
  readonly operation: string;
  /** The kind of the violation. Without it, any. */
  readonly kind?: string;
  /** JSON pointer, or name of a parameter or header; `*` is one step, such as any index. Without it, any. */
  readonly pointer?: string;
  /** Why it is accepted. */
  readonly reason: string;
}

/** Violations that an entry of the baseline accepted. */
export interface IgnoredViolations {
  readonly message: string;
  readonly reason: string;
  readonly times: number;
}

const FIELDS: ReadonlySet<string> = new Set(["operation", "kind", "pointer", "reason"]);

/** Known violations that do not count, each with its reason. */
export class Baseline {
  readonly #file: string;
  readonly #entries: readonly BaselineEntry[];
  readonly #ignored = new Map<BaselineEntry, { readonly message: string; times: number }>();

  constructor(file: string, entries: readonly BaselineEntry[]) {
    this.#file = file;
    this.#entries = entries;
  }

  /** The violations that no entry accepts. */
  apply(violations: readonly Violation[]): Violation[] {
    return violations.filter((violation) => {
      const entry = this.#entries.find((candidate) => accepts(candidate, violation));
      if (!entry) return true;
      const known = this.#ignored.get(entry);
      this.#ignored.set(entry, { message: violation.message, times: (known?.times ?? 0) + 1 });
      return false;
    });
  }

  /** The violations that were ignored so far. */
  get ignored(): IgnoredViolations[] {
    return [...this.#ignored].map(([{ reason }, found]) => ({ ...found, reason }));
  }

  /**
   * A failure for each entry that is no longer needed: its operation was exercised, and nothing was wrong there.
   *
   * @param exercised Operations whose responses were checked.
   */
  leftovers(exercised: ReadonlySet<string>): string[] {
    return this.#entries.flatMap((entry) => {
      if (this.#ignored.has(entry) || !exercised.has(entry.operation)) return [];
      const parts = [entry.operation, entry.kind, entry.pointer].filter((part) => part !== undefined);
      return [`${this.#file}: the entry "${parts.join(" ")}" is no longer needed: remove it (${entry.reason})`];
    });
  }
}

/**
 * Reads a baseline; without a file, it is empty.
 *
 * @throws CannotRunError for a file that is no baseline, an entry without a reason, and an operation that does not exist.
 */
export async function readBaseline(file: string | undefined): Promise<Baseline> {
  if (file === undefined) return new Baseline("", []);
  const entries = await readReasonedList(file, "--ignore");
  for (const [index, entry] of entries.entries()) {
    const where = `${file}: entry ${index + 1}`;
    const unknown = Object.keys(entry).find((name) => !FIELDS.has(name));
    if (unknown) throw new CannotRunError(`${where}: ${unknown} is not one of ${[...FIELDS].join(", ")}.`);
    // In YAML a pointer may be a number, and a kind a list.
    const [other] = Object.entries(entry).find(([, value]) => typeof value !== "string") ?? [];
    if (other) throw new CannotRunError(`${where}: ${other} must be a text.`);
    if (typeof entry.operation !== "string" || !angelcamDocument().operation(entry.operation)) {
      throw new CannotRunError(`${where}: operation must be an operationId of the document, such as cameras.list.`);
    }
  }
  return new Baseline(file, entries as unknown as BaselineEntry[]);
}

/**
 * Reads a list whose entries each have a reason.
 *
 * @throws CannotRunError
 */
export async function readReasonedList(file: string, option: string): Promise<Readonly<Record<string, string>>[]> {
  let entries: unknown;
  try {
    entries = parseYaml(await readFile(file, "utf8"));
  } catch (error) {
    throw new CannotRunError(`${option} ${file} cannot be read: ${(error as Error).message}`);
  }
  if (!Array.isArray(entries)) throw new CannotRunError(`${option} ${file} must be a list of entries.`);
  for (const [index, entry] of entries.entries()) {
    const { reason } = (entry ?? {}) as { readonly reason?: unknown };
    if (typeof reason === "string" && reason.trim() !== "") continue;
    throw new CannotRunError(`${file}: entry ${index + 1} has no reason. Say why it is accepted.`);
  }
  return entries;
}

function accepts({ operation, kind, pointer }: BaselineEntry, violation: Violation): boolean {
  return (
    violation.operationId === operation &&
    (kind === undefined || violation.kind === kind) &&
    (pointer === undefined || matches(pointer, violation.pointer))
  );
}

/** `*` in a pattern is one step. */
function matches(pattern: string, pointer: string): boolean {
  const [steps, actual] = [pattern.split("/"), pointer.split("/")];
  return steps.length === actual.length && steps.every((step, index) => step === "*" || step === actual[index]);
}
