import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { transformSync } from "esbuild";
import { REDOCLY_CLIENT, ROOT, WORKSHOP } from "./peer.ts";

const TYPESCRIPT = path.join(WORKSHOP, "redocly/client.ts");

/** Redocly's tool with its telemetry off. */
export const REDOCLY_ENVIRONMENT = {
  ...process.env,
  REDOCLY_TELEMETRY: "off",
  REDOCLY_SUPPRESS_NOTIFICATIONS: "true",
};

/** The command that makes Redocly's client. */
export const GENERATE_CLIENT = [
  path.join(ROOT, "node_modules/.bin/redocly"),
  "generate-client",
  path.join(ROOT, "generated/openapi.json"),
  "--output",
  TYPESCRIPT,
] as const;

/** Installs the peers, builds the package, and makes the client of Redocly. */
export function prepare(): void {
  installPeers();
  console.log("building the package");
  execFileSync(process.execPath, [path.join(ROOT, "scripts/build/main.ts")], { cwd: ROOT, stdio: "inherit" });
  rmSync(WORKSHOP, { recursive: true, force: true });
  mkdirSync(path.dirname(TYPESCRIPT), { recursive: true });
  const [command, ...rest] = GENERATE_CLIENT;
  execFileSync(command, rest, { cwd: ROOT, env: REDOCLY_ENVIRONMENT, stdio: ["ignore", "ignore", "pipe"] });
  const { code } = transformSync(readFileSync(TYPESCRIPT, "utf8"), { loader: "ts", format: "esm", target: "node20" });
  writeFileSync(REDOCLY_CLIENT, code);
}

/** Exactly what the lock file names, unless it is there already. */
function installPeers(): void {
  const lock = statSync(path.join(import.meta.dirname, "package-lock.json")).mtimeMs;
  const installed = statSync(path.join(import.meta.dirname, "node_modules/.package-lock.json"), {
    throwIfNoEntry: false,
  });
  if (installed && installed.mtimeMs >= lock) return;
  console.log("installing the peers");
  const options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  execFileSync("npm", options, { cwd: import.meta.dirname, stdio: ["ignore", "ignore", "inherit"] });
}
