import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { endWithThisProcess } from "../support/end-with-this-process.ts";

/** A real Redis that belongs to one test file. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Ends it, as a power cut would. */
  stop(): Promise<void>;
}

/** Why there is no Redis on this machine, or undefined where there is one. In CI that is an error. */
export const whyNoRedis = lookForRedis();

/** Starts an empty Redis of its own on a free port, with a folder that goes with it. */
export async function startRedis(port?: number): Promise<RedisServer> {
  return start(port ?? (await freePort()));
}

async function start(port: number): Promise<RedisServer> {
  const folder = mkdtempSync(path.join(tmpdir(), "angelcam-redis-"));
  const settings = { port, bind: "127.0.0.1", dir: folder, save: "", appendonly: "no" };
  const child = spawn(
    "redis-server",
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  endWithThisProcess(child);
  const exited = once(child, "exit");
  const stop = async () => {
    child.kill("SIGKILL");
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  const said: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    if (!line.includes("Ready to accept connections")) continue;
    child.stdout.resume();
    return { port, url: `redis://127.0.0.1:${port}`, stop };
  }
  await stop();
  throw new Error(`redis-server did not start:\n${said.join("\n")}`);
}

function lookForRedis(): string | undefined {
  if (works("redis-server", "--version")) return undefined;
  const failure = installRedis();
  if (failure === undefined && works("redis-server", "--version")) return undefined;
  const reason = `redis-server is not on PATH, and ${failure ?? "its package did not bring it"}`;
  if (process.env.CI) throw new Error(`${reason}: CI has to run the tests with Redis`);
  return reason;
}

/** Returns the reason where it cannot. */
function installRedis(): string | undefined {
  if (!works("apt-get", "--version")) return "there is no apt-get to install it with";
  const root = process.getuid?.() === 0;
  if (!root && !works("sudo", "-n", "true")) return "only root may install it (apt-get install redis-server)";
  // RUNLEVEL keeps the package from starting a service. Another test file may be installing at this moment.
  const apt = [...(root ? [] : ["sudo", "-n"]), "env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get"];
  try {
    for (const args of [["update"], ["install", "-y", "--no-install-recommends", "redis-server"]]) {
      const [command = "", ...rest] = [...apt, "-o", "DPkg::Lock::Timeout=120", ...args];
      execFileSync(command, rest, { stdio: "pipe", timeout: 180_000 });
    }
    return undefined;
  } catch (error) {
    return `apt-get cannot install it (${String(error).split("\n")[0]})`;
  }
}

function works(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
