import { nearestName } from "../base/nearest-name.ts";
import { isSecret, shown, shownUnknown } from "./format-value.ts";
import type { References, Schema } from "./schema.ts";
import type { Finding, Severity, Side, ViolationKind, ViolationPlace } from "./violation.ts";

/** Where a value stands. */
export interface Spot {
  readonly in: ViolationPlace;
  /** A JSON pointer within a body, the name of a parameter or header elsewhere. */
  readonly pointer: string;
}

/** Collects what is found while one message is looked at. */
export class Inspection {
  readonly side: Side;
  readonly references: References;
  readonly findings: Finding[] = [];
  /** Properties that were seen, by the names of the coverage. */
  readonly seen = new Set<string>();
  /** Credentials of the message: no finding may show one, wherever it stands. */
  readonly secrets = new Set<string>();

  constructor(side: Side, references: References) {
    this.side = side;
    this.references = references;
  }

  /** An inspection of the same side, to look at something without telling of it. */
  aside(): Inspection {
    return new Inspection(this.side, this.references);
  }

  /** What is new in an answer is a warning: a server may grow. In a request it is an error. */
  get severityOfNew(): Severity {
    return this.side === "answer" ? "warning" : "error";
  }

  /** Notes a finding, once. */
  note(finding: Finding): void {
    const isKnown = this.findings.some(
      (one) =>
        one.kind === finding.kind &&
        one.in === finding.in &&
        one.pointer === finding.pointer &&
        one.text === finding.text,
    );
    if (!isKnown) this.findings.push(finding);
  }

  /** Notes what is wrong with a value that has a schema. */
  noteValue(kind: ViolationKind, spot: Spot, text: string, value: unknown, schema: Schema, severity?: Severity): void {
    this.note({ severity: severity ?? "error", kind, ...spot, text, value: shown(value, isSecret(schema)) });
  }

  /**
   * The value of something that the document does not have. It is shown when its name is a slip for a harmless one; it
   * may be a credential otherwise.
   */
  showUnknown(name: string, value: unknown, known: readonly string[]): string | undefined {
    if (this.references.isSecretName(name)) return shown(value, true);
    return nearestName(name, known) === undefined ? shownUnknown(value) : shown(value);
  }
}
