import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the shared mock listens, such as `http://127.0.0.1:4010`. */
    prismOrigin: string;
  }
}

const PRISM = fileURLToPath(new URL("../../node_modules/@stoplight/prism-cli/dist/index.js", import.meta.url));
const DOCUMENT = fileURLToPath(new URL("../../generated/openapi.json", import.meta.url));

/** Starts one mock for all test files, and stops it behind the last of them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prism = spawn(process.execPath, [PRISM, "mock", "--errors", "-p", "0", "-h", "127.0.0.1", DOCUMENT], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const kill = () => prism.kill("SIGKILL");
  process.once("exit", kill);
  project.provide("prismOrigin", await originOf(prism));
  return async () => {
    process.off("exit", kill);
    if (prism.exitCode !== null) return;
    prism.kill();
    await once(prism, "exit");
  };
}

function originOf(prism: ChildProcess): Promise<string> {
  return new Promise((fulfil, reject) => {
    let output = "";
    prism.stdout?.on("data", (chunk) => {
      output += chunk;
      const origin = output.match(/listening on (http:\/\/[\d.]+:\d+)/)?.[1];
      if (origin) fulfil(origin);
    });
    prism.once("exit", (code) => reject(new Error(`Prism ended with code ${code} before it listened:\n${output}`)));
  });
}
