import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { onceInRun } from "./once-in-run.ts";

async function emptyFolder(): Promise<string> {
  const home = await mkdtemp(path.join(tmpdir(), "angelcam-once-"));
  onTestFinished(() => rm(home, { recursive: true }));
  return home;
}

test("five callers at once fill the folder once, and all wait until it is filled", async () => {
  const home = await emptyFolder();
  let fills = 0;
  const fill = async (folder: string) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    await writeFile(path.join(folder, `${++fills}`), "");
  };
  const call = async () => readdir(await onceInRun("shared", fill, home));
  expect(await Promise.all(Array.from({ length: 5 }, call))).toEqual(Array.from({ length: 5 }, () => ["1"]));
});

test("a failure of the first is the failure of all", async () => {
  const home = await emptyFolder();
  const call = () => onceInRun("broken", () => Promise.reject(new Error("no room")), home);
  expect(await Promise.allSettled([call(), call()])).toMatchObject([
    { reason: { message: "Error: no room" } },
    { reason: { message: "Error: no room" } },
  ]);
});
