import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { isKept, judge, readBudget, report } from "../../scripts/sizes/budget.ts";
import { bundleSize } from "../../scripts/sizes/bundle-size.ts";
import { IMPORTS } from "../../scripts/sizes/imports.ts";
import { type Bundles, measureBundles, typeMetrics } from "../../scripts/sizes/measure.ts";
import { ON_THE_CLIENT } from "../../scripts/sizes/programs.ts";
import { typeCost } from "../../scripts/sizes/type-cost.ts";

const budget = readBudget();

describe("the size of the package in an app", () => {
  let bundles: Bundles;

  beforeAll(async () => {
    bundles = await measureBundles();
  });

  test("stays within the budget; if it is meant to grow: npm run sizes -- --write", () => {
    const comparisons = judge(bundles.metrics, budget);
    console.log(report(comparisons));
    expect(comparisons.length).toBe(IMPORTS.length * 2);
    expect(comparisons.filter(({ isKept }) => !isKept)).toEqual([]);
  });

  test("is 23.5 kB at most for the whole client, whatever was measured", () => {
    expect(budget["Angelcam, gzip"]?.limit).toBeLessThanOrEqual(23_500);
  });

  test("does not hold what is not used: an error class comes without the client", async () => {
    expect(bundles.strangers).toEqual([]);
    const error = IMPORTS.find(({ name }) => name === "NotFoundError");
    const { modules } = await bundleSize(error?.code ?? "");
    expect(modules.map((module) => module.replace(/^dist\/package\/src\//, "")).sort()).toEqual([
      "errors/angelcam-error.js",
      "errors/api-errors.js",
    ]);
  });

  test("would not be kept with 1 kB more in the client", async () => {
    const [client] = IMPORTS;
    // Text that does not compress away: 1,000 bytes, of which three in four are left.
    const ballast = `\nglobalThis.ballast = ${JSON.stringify(randomBytes(750).toString("base64"))};`;
    const isClient = (module: string) => module.endsWith("/dist/package/src/client/angelcam.js");
    const heavier = await bundleSize(client?.code ?? "", (module, code) => (isClient(module) ? code + ballast : code));
    const metric = { name: `${client?.name}, gzip`, unit: "bytes", value: heavier.gzip } as const;
    expect(judge([metric], budget)[0]).toMatchObject({ isKept: false });
    expect(report(judge([metric], budget))).toMatch(/^TOO MUCH Angelcam, gzip: \d+ bytes \(was \d+, \+\d+\), at most/);
  });

  test("would not be kept if the client came with an error class", async () => {
    const withClient = 'export { NotFoundError } from "angelcam-client"; export { Angelcam } from "angelcam-client";';
    const { modules } = await bundleSize(withClient);
    const without = IMPORTS.find(({ name }) => name === "NotFoundError")?.without;
    expect(modules.filter((module) => without?.test(module))).toContain("dist/package/src/client/angelcam.js");
  });
});

describe("the work of the compiler for a consumer of 20 lines", () => {
  test("is 1.5 times the bare types at most, and within the budget", { timeout: 300_000 }, async () => {
    const cost = await typeCost((cost) => isKept(typeMetrics(cost), budget));
    console.table(cost);
    const comparisons = judge(typeMetrics(cost), budget);
    expect(comparisons).toHaveLength(2);
    expect(comparisons.filter(({ isKept }) => !isKept)).toEqual([]);
  });

  test("is not measured for a program with a mistake", async () => {
    const mistaken = ON_THE_CLIENT.replace('["outdoor"]', '"outdoor"');
    await expect(typeCost(() => true, mistaken)).rejects.toThrow(/'string' is not assignable/);
  });
});

test("a metric that the budget does not name, or that is no number, is not kept", () => {
  const metrics = [
    { name: "new", unit: "bytes", value: 1 },
    { name: "Angelcam, gzip", unit: "bytes", value: Number.NaN },
  ] as const;
  expect(judge(metrics, budget).map(({ isKept }) => isKept)).toEqual([false, false]);
});
