import type { Figure } from "./budget.ts";
import { bundleSize } from "./bundle-size.ts";
import { IMPORTS } from "./imports.ts";
import type { TypeCost } from "./type-cost.ts";

/** What was measured of the typical imports. */
export interface Bundles {
  /** Two for each import: minified, and compressed as well. */
  readonly figures: readonly Figure[];
  /** Modules that an import has pulled in though it does not need them. */
  readonly strangers: readonly string[];
}

/** Bundles each typical import. */
export async function measureBundles(): Promise<Bundles> {
  const figures: Figure[] = [];
  const strangers: string[] = [];
  for (const { name, code, without } of IMPORTS) {
    const { min, gzip, modules } = await bundleSize(code);
    if (modules.length === 0) throw new Error(`The bundle of ${name} holds no module.`);
    figures.push({ name: `${name}, gzip`, unit: "bytes", value: gzip });
    figures.push({ name: `${name}, minified`, unit: "bytes", value: min });
    strangers.push(...modules.filter((module) => without?.test(module)).map((module) => `${name} pulls in ${module}`));
  }
  return { figures, strangers };
}

/** The figures of what the compiler needs. */
export function typeFigures({ client, bare }: TypeCost): Figure[] {
  const ratio = Math.round((client.total / bare.total) * 100) / 100;
  return [
    { name: "consumer of 20 lines, type check against bare types", unit: "times", value: ratio },
    { name: "consumer of 20 lines", unit: "instantiations", value: client.instantiations },
  ];
}
