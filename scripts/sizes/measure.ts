import type { Metric } from "./budget.ts";
import { bundleSize } from "./bundle-size.ts";
import { IMPORTS } from "./imports.ts";
import type { TypeCost } from "./type-cost.ts";

/** The measured bundles of the typical imports. */
export interface Bundles {
  /** Two for each import: minified, and compressed as well. */
  readonly metrics: readonly Metric[];
  /** Modules in the bundle of an import that does not need them. */
  readonly strangers: readonly string[];
}

/** Bundles each typical import. */
export async function measureBundles(): Promise<Bundles> {
  const metrics: Metric[] = [];
  const strangers: string[] = [];
  for (const { name, code, without } of IMPORTS) {
    const { min, gzip, modules } = await bundleSize(code);
    if (modules.length === 0) throw new Error(`The bundle of ${name} holds no module.`);
    metrics.push({ name: `${name}, gzip`, unit: "bytes", value: gzip });
    metrics.push({ name: `${name}, minified`, unit: "bytes", value: min });
    strangers.push(...modules.filter((module) => without?.test(module)).map((module) => `${name} pulls in ${module}`));
  }
  return { metrics, strangers };
}

/** The metrics of the compiler's work. */
export function typeMetrics({ client, bare }: TypeCost): Metric[] {
  const ratio = Math.round((client.total / bare.total) * 100) / 100;
  return [
    { name: "consumer of 20 lines, type check against bare types", unit: "times", value: ratio },
    { name: "consumer of 20 lines", unit: "instantiations", value: client.instantiations },
  ];
}
