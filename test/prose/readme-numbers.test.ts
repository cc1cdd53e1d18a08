import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readBudget } from "../../scripts/sizes/budget.ts";
import { operationsOf, readDocument } from "../spec/document.ts";

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const readme = text("README.md").replaceAll(/\s+/g, " ");

test("the README has the bundle size of the budget", () => {
  const limit = readBudget()["Angelcam, gzip"]?.limit ?? Number.NaN;
  expect(readme).toContain(`With all ${operationsOf(readDocument()).length} operations it adds ${limit / 1000} kB`);
});
