import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** An empty folder for what the test files of this run share. */
    runFolder: string;
  }
}

/** Makes the folder before the first test file, and removes it behind the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-run-"));
  project.provide("runFolder", folder);
  // A process that a test starts from the sources needs a quarter of the time when the code is compiled already. Node takes the
  // coverage of compiled code less exactly, so that a run which measures it does without.
  if (!project.config.coverage.enabled) process.env.NODE_COMPILE_CACHE = path.join(folder, "compiled");
  // A process that was killed may still write there while it ends.
  return () => rm(folder, { recursive: true, force: true, maxRetries: 10 });
}
