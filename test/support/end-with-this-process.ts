import { type ChildProcess, spawn } from "node:child_process";

/** Waits for a line. The end of its input without one means that the process which holds the other end is gone. */
const WATCH = 'trap "" INT TERM HUP; read -r _ || kill -9 "$1"';

/**
 * Ends a child process with this one, however this one ends. A killed process cannot clean up behind itself, so that a
 * shell of a few kilobytes waits for its end instead. It goes when the child has ended.
 */
export function endWithThisProcess(child: ChildProcess): void {
  // A child without an id was not started. Windows has no such shell: there, children outlive a killed parent.
  if (child.pid === undefined || process.platform === "win32") return;
  const watcher = spawn("/bin/sh", ["-c", WATCH, "sh", String(child.pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    // Ctrl+C in a terminal reaches the whole group, and this one must be the last to go.
    detached: true,
  });
  watcher.once("error", () => {});
  watcher.stdin.on("error", () => {});
  watcher.unref();
  (watcher.stdin as unknown as { unref?: () => void }).unref?.();
  child.once("exit", () => watcher.stdin.end("ended\n"));
}
