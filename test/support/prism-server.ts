import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { startPrism } from "../../src/mock/prism.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the shared mock listens, such as `http://127.0.0.1:4010`. */
    prismOrigin: string;
  }
}

const DOCUMENT = fileURLToPath(new URL("../../generated/openapi.json", import.meta.url));

/** Starts one mock for all test files and stops it behind the last. It ends with this process, however that ends. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prism = await startPrism({ document: DOCUMENT });
  project.provide("prismOrigin", prism.origin);
  return prism.stop;
}
