import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { endWithThisProcess } from "../../support/end-with-this-process.ts";

const BIN = findBin();

/** Why there is no Postgres on this machine, or undefined where there is one. In CI that is an error. */
export const whyNoPostgres = BIN ? undefined : "neither PATH nor /usr/lib/postgresql has initdb";
if (whyNoPostgres && process.env.CI) throw new Error(`${whyNoPostgres}: CI has to run the recipe with Postgres`);

/** Starts an empty Postgres of its own on a free port, with a folder that goes with it. */
export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), "angelcam-postgres-"));
  const user = unprivilegedUser();
  if (user) chownSync(folder, user.uid, user.gid);
  const data = path.join(folder, "data");
  const options = ["--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8", "--locale=C"];
  execFileSync(path.join(BIN ?? "", "initdb"), ["-D", data, ...options], { ...user, cwd: folder, stdio: "pipe" });
  const port = await freePort();
  const settings = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", `unix_socket_directories=${folder}`];
  const child = spawn(path.join(BIN ?? "", "postgres"), ["-D", data, "-p", String(port), ...settings], {
    ...user,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  endWithThisProcess(child);
  const exited = once(child, "exit");
  const stop = async () => {
    child.kill("SIGINT");
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  let said = "";
  for await (const chunk of child.stderr) {
    said += chunk;
    if (!said.includes("ready to accept connections")) continue;
    child.stderr.resume();
    return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
  }
  await stop();
  throw new Error(`postgres did not start:\n${said}`);
}

/** Postgres does not run as root: then it runs as the user that its package has made. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (option: string) => Number(execFileSync("id", [option, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

function findBin(): string | undefined {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).map((version) => path.join(root, version, "bin")) : [];
  const found = versions.toSorted().findLast((folder) => existsSync(path.join(folder, "initdb")));
  if (found) return found;
  const which = spawnSync("which", ["initdb"], { encoding: "utf8" });
  return which.status === 0 ? path.dirname(which.stdout.trim()) : undefined;
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
