/** The differences that a comparison has found: where, what, and both sides. */
export class Findings {
  readonly lines: string[] = [];

  note(where: string, what: string, difference: string): void {
    this.lines.push(`${where}: ${what} ${difference}`);
  }

  /** Notes a difference where the document and the facts sheet disagree. */
  same(where: string, what: string, ours: unknown, theirs: unknown): void {
    const [one, other] = [JSON.stringify(ours) ?? "none", JSON.stringify(theirs) ?? "none"];
    if (one !== other) this.note(where, what, `${one}, the facts say ${other}`);
  }
}
