import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const FILE = path.join(import.meta.dirname, "budget.json");

/** The value of a metric when the budget was last written, and its limit. */
export interface Allowance {
  readonly measured: number;
  readonly limit: number;
}

/** Allowances by the name of the metric. */
export type Budget = Readonly<Record<string, Allowance>>;

/** The margin above the measured value: 256 bytes for a size, so that 1 kB more always fails; 5 % for any other metric. */
const ROOM_IN_BYTES = 256;
const ROOM = 1.05;

/** Fixed limits, for any measured value. */
const PROMISED: Readonly<Record<string, number>> = {
  "Angelcam, gzip": 23_500,
  "consumer of 20 lines, type check against bare types": 1.5,
};

/** A measured metric. */
export interface Metric {
  readonly name: string;
  readonly unit: "bytes" | "instantiations" | "times";
  readonly value: number;
}

/** A metric with its allowance. */
export interface Comparison extends Metric {
  readonly allowance: Allowance | undefined;
  readonly isKept: boolean;
}

/** Reads the budget from its file. */
export function readBudget(): Budget {
  return JSON.parse(readFileSync(FILE, "utf8")) as Budget;
}

/** Writes a new budget for these metrics. */
export function writeBudget(metrics: readonly Metric[]): void {
  const budget = Object.fromEntries(metrics.map((metric) => [metric.name, allowanceFor(metric)]));
  writeFileSync(FILE, `${JSON.stringify(budget, null, 2)}\n`);
}

/** Compares each metric with the budget. It is not kept when the budget does not name it, or when it is no number. */
export function judge(metrics: readonly Metric[], budget: Budget): Comparison[] {
  return metrics.map((metric) => {
    const allowance = budget[metric.name];
    return { ...metric, allowance, isKept: allowance !== undefined && metric.value <= allowance.limit };
  });
}

/** True when all of the metrics are kept. */
export function isKept(metrics: readonly Metric[], budget: Budget): boolean {
  return judge(metrics, budget).every((comparison) => comparison.isKept);
}

/** One line for each metric: its value, the last one, and the limit. */
export function report(comparisons: readonly Comparison[]): string {
  return comparisons
    .map(({ name, unit, value, allowance, isKept }) => {
      const change = allowance ? Math.round((value - allowance.measured) * 100) / 100 : 0;
      const shown = change === 0 ? "" : ` (was ${allowance?.measured}, ${change > 0 ? "+" : ""}${change})`;
      const limit = allowance ? `, at most ${allowance.limit}` : ", not in the budget: npm run sizes -- --write";
      return `${isKept ? "ok      " : "TOO MUCH"} ${name}: ${value} ${unit}${shown}${limit}`;
    })
    .join("\n");
}

function allowanceFor({ name, unit, value }: Metric): Allowance {
  const grown = unit === "bytes" ? value + ROOM_IN_BYTES : Math.ceil(value * ROOM);
  return { measured: value, limit: PROMISED[name] ?? grown };
}
