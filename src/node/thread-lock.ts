import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Tries to take the lock of a file among the threads of this process, which share the process id that the lock file goes by.
 * The lock is an address that one thread alone can listen on: the system frees it when the thread ends, however that
 * happens. (`navigator.locks` of Node 24 lets two worker threads have one lock, and stalls with four.)
 *
 * @returns The function that releases it, or undefined when another thread has it.
 */
export async function tryLockThread(file: string): Promise<(() => void) | undefined> {
  const address = addressOf(file);
  const server = createServer((socket) => socket.destroy());
  const result = await listen(server, address);
  if (result === "taken" && (await isStale(address))) {
    await rm(address, { force: true });
    return undefined;
  }
  if (result === "taken") return undefined;
  return () => void server.close();
}

/** An abstract socket of Linux and a pipe of Windows have no file; elsewhere it is a socket in the folder for such files. */
function addressOf(file: string): string {
  const name = `angelcam-${process.pid}-${createHash("sha256").update(file).digest("hex").slice(0, 24)}`;
  if (process.platform === "linux") return `\0${name}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  return path.join(tmpdir(), `${name}.sock`);
}

/** Where a runtime or a sandbox has no such addresses, threads are not kept apart; the lock file still keeps processes apart. */
function listen(server: Server, address: string): Promise<"held" | "taken" | "unsupported"> {
  return new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code === "EADDRINUSE" ? "taken" : "unsupported");
    });
    try {
      // Exclusive, for the workers of a cluster share what they listen on otherwise.
      server.listen({ path: address, exclusive: true }, () => resolve("held"));
      server.unref();
    } catch {
      resolve("unsupported");
    }
  });
}

/** True for a socket file that an earlier process of the same id has left behind. */
function isStale(address: string): Promise<boolean> {
  if (!path.isAbsolute(address) || process.platform === "win32") return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once("connect", () => {
      socket.destroy();
      resolve(false);
    });
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ECONNREFUSED"));
  });
}
