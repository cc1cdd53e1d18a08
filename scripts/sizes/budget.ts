import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const FILE = path.join(import.meta.dirname, "budget.json");

/** A figure as it was measured when it was last written, and the most that it may become. */
export interface Allowance {
  readonly measured: number;
  readonly limit: number;
}

/** Allowances by the name of what is measured. */
export type Budget = Readonly<Record<string, Allowance>>;

/** The room above what was measured: bytes of gzip, so that 1 kB more is always too much; a twentieth of the rest. */
const ROOM_IN_BYTES = 256;
const ROOM = 1.05;

/** Promised, whatever was measured. */
const PROMISED: Readonly<Record<string, number>> = {
  "Angelcam, gzip": 10_000,
  "consumer of 20 lines, type check against bare types": 1.5,
};

/** A figure of now. */
export interface Figure {
  readonly name: string;
  readonly unit: "bytes" | "instantiations" | "times";
  readonly value: number;
}

/** What the budget says of a figure. */
export interface Verdict extends Figure {
  readonly allowance: Allowance | undefined;
  readonly isKept: boolean;
}

/** The budget as it stands in its file. */
export function readBudget(): Budget {
  return JSON.parse(readFileSync(FILE, "utf8")) as Budget;
}

/** Makes the figures of now the measure of what comes. */
export function writeBudget(figures: readonly Figure[]): void {
  const budget = Object.fromEntries(figures.map((figure) => [figure.name, allowanceFor(figure)]));
  writeFileSync(FILE, `${JSON.stringify(budget, null, 2)}\n`);
}

/** Holds each figure against the budget. One that the budget does not name is not kept, and nor is one that is no number. */
export function judge(figures: readonly Figure[], budget: Budget): Verdict[] {
  return figures.map((figure) => {
    const allowance = budget[figure.name];
    return { ...figure, allowance, isKept: allowance !== undefined && figure.value <= allowance.limit };
  });
}

/** True when all of the figures are kept. */
export function isKept(figures: readonly Figure[], budget: Budget): boolean {
  return judge(figures, budget).every((verdict) => verdict.isKept);
}

/** One line for each figure: what it was, what it is, and what it may be. */
export function report(verdicts: readonly Verdict[]): string {
  return verdicts
    .map(({ name, unit, value, allowance, isKept }) => {
      const change = allowance ? Math.round((value - allowance.measured) * 100) / 100 : 0;
      const shown = change === 0 ? "" : ` (was ${allowance?.measured}, ${change > 0 ? "+" : ""}${change})`;
      const limit = allowance ? `, at most ${allowance.limit}` : ", not in the budget: npm run sizes -- --write";
      return `${isKept ? "ok      " : "TOO MUCH"} ${name}: ${value} ${unit}${shown}${limit}`;
    })
    .join("\n");
}

function allowanceFor({ name, unit, value }: Figure): Allowance {
  const grown = unit === "bytes" ? value + ROOM_IN_BYTES : Math.ceil(value * ROOM);
  return { measured: value, limit: Math.min(grown, PROMISED[name] ?? grown) };
}
