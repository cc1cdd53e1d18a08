import { expect, test } from "vitest";
import { runTool } from "../../scripts/shared/gates/run-tool.ts";
import { ROOT } from "./copy.ts";

async function filesOf(mode: string): Promise<string[]> {
  const { stdout } = await runTool("vitest", ["list", "--filesOnly", "--json", "--mode", mode], ROOT);
  const files = JSON.parse(stdout.slice(stdout.indexOf("["))) as { readonly file: string }[];
  return files.map(({ file }) => file).filter((file) => file.endsWith(".slow.test.ts"));
}

test("verify runs each slow test once: with coverage, or without", async () => {
  const [slow, coverage, uncovering] = await Promise.all(["slow", "coverage", "uncovering"].map(filesOf));
  expect(slow?.length).toBeGreaterThan(30);
  expect([...(coverage ?? []), ...(uncovering ?? [])].sort()).toEqual(slow?.toSorted());
});
