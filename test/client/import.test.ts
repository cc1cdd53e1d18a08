import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";

/** The modules of Node that a program has loaded, as `process.moduleLoadList` names them. */
async function modulesOf(program: string): Promise<string[]> {
  const show = "console.log(JSON.stringify(process.moduleLoadList));";
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program + show]);
  return JSON.parse(stdout) as string[];
}

const isFetch = (name: string) => name.includes("undici");

it("importing the client does not load the fetch of Node, which takes longer than all else of the import", async () => {
  const entry = JSON.stringify(new URL("../../src/index.ts", import.meta.url).href);
  expect((await modulesOf(`await import(${entry});`)).filter(isFetch)).toEqual([]);
  expect((await modulesOf("globalThis.Request;")).filter(isFetch)).not.toEqual([]);
});
