import { nearestName } from "../base/nearest-name.ts";
import type { References, Schema } from "../openapi/schema.ts";
import { isSecret } from "../openapi/secrets.ts";
import { formatUnknownValue, formatValue } from "./format-value.ts";
import type { Issue, MessagePart, Severity, Side, ViolationKind } from "./violation.ts";

/** Where a value is in a message. */
export interface Location {
  readonly in: MessagePart;
  /** A JSON pointer within a body, the name of a parameter or header elsewhere. */
  readonly pointer: string;
}

/** Collects the issues of one message while it is checked. */
export class Inspection {
  readonly side: Side;
  readonly references: References;
  readonly issues: Issue[] = [];
  /** Properties of the message, by their names in the coverage. */
  readonly seen = new Set<string>();
  /** Credentials of the message: no issue may show one, wherever it is. */
  readonly secrets = new Set<string>();

  constructor(side: Side, references: References) {
    this.side = side;
    this.references = references;
  }

  /** An inspection of the same side whose issues do not count, to try a schema. */
  fork(): Inspection {
    return new Inspection(this.side, this.references);
  }

  /** Something new in a response is a warning, because a server may grow. In a request it is an error. */
  get severityOfNew(): Severity {
    return this.side === "response" ? "warning" : "error";
  }

  /** Adds an issue, once. */
  note(issue: Issue): void {
    const isKnown = this.issues.some(
      (one) =>
        one.kind === issue.kind && one.in === issue.in && one.pointer === issue.pointer && one.text === issue.text,
    );
    if (!isKnown) this.issues.push(issue);
  }

  /** Adds an issue about a value that has a schema. */
  noteValue(
    kind: ViolationKind,
    location: Location,
    text: string,
    value: unknown,
    schema: Schema,
    severity?: Severity,
  ): void {
    const shown = formatValue(value, isSecret(schema));
    this.note({ severity: severity ?? "error", kind, ...location, text, value: shown });
  }

  /**
   * The value of something that the document does not have. It is shown when its name is a typing error for a harmless
   * one; otherwise it may be a credential.
   */
  formatUnknown(name: string, value: unknown, known: readonly string[]): string | undefined {
    if (this.references.isSecretName(name)) return formatValue(value, true);
    return nearestName(name, known) === undefined ? formatUnknownValue(value) : formatValue(value);
  }
}
