import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { endWithThisProcess } from "../support/end-with-this-process.ts";
import { bundleSuite } from "./bundle-suite.ts";
import type { InstalledPackage } from "./installed-package.ts";
import { QUICK_START } from "./run-program.ts";
import type { Result } from "./runtimes.ts";
import type { Surroundings } from "./surroundings.ts";

/** A worker behaves as of a date: https://developers.cloudflare.com/workers/configuration/compatibility-dates/ */
const COMPATIBILITY_DATE = "2026-11-17";

/** Runs the suite in a worker of workerd, which is started by an HTTP request on this machine. */
export async function runWorker(
  workerd: string,
  installed: InstalledPackage,
  surroundings: Surroundings,
): Promise<readonly Result[]> {
  const bundle = path.basename(await bundleSuite(installed, "worker.js"));
  await writeFile(path.join(installed.folder, "workerd.capnp"), configuration(bundle));
  // It writes its port to file descriptor 3.
  const child = spawn(workerd, ["serve", "workerd.capnp", "--control-fd=3", "--socket-addr=suite=127.0.0.1:0"], {
    cwd: installed.folder,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  endWithThisProcess(child);
  let complaints = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  const ended = once(child, "close");
  try {
    const port = await portOf(child.stdio[3] as NodeJS.ReadableStream).catch((error: Error) => {
      throw new Error(`${error.message}\n${complaints}`);
    });
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: JSON.stringify(surroundings) });
    if (!response.ok) throw new Error(`the worker returned ${response.status}\n${complaints}`);
    return (await response.json()) as Result[];
  } finally {
    child.kill();
    await ended;
  }
}

/** https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp */
function configuration(bundle: string): string {
  const environment = Object.entries(QUICK_START).map(([name, text]) => `(name = "${name}", text = "${text}")`);
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "suite", worker = .suite),
    # Nothing outside of this machine.
    (name = "internet", network = (allow = ["local"])),
  ],
  sockets = [(name = "suite", http = (), service = "suite")],
);

const suite :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "${bundle}")],
  compatibilityDate = "${COMPATIBILITY_DATE}",
  # For process.env alone, which the README reads.
  compatibilityFlags = ["nodejs_compat"],
  bindings = [${environment.join(", ")}],
);
`;
}

async function portOf(messages: NodeJS.ReadableStream): Promise<number> {
  for await (const line of createInterface({ input: messages })) {
    const { event, port } = JSON.parse(line) as { event: string; port: number };
    if (event === "listen") return port;
  }
  throw new Error("workerd ended before it listened");
}
