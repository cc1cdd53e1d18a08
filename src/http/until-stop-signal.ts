// Node only.
import { constants } from "node:os";

/** Ctrl+C, what a process manager sends, and the end of the terminal or of the connection to it. */
const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Resolves when the command is to end. A further signal ends it at once; with `process.exit`, because a signal skips the
 * handlers by which children are ended too.
 */
export function untilStopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isStopping = false;
    for (const name of STOP_SIGNALS) {
      process.on(name, () => {
        if (isStopping) process.exit(128 + constants.signals[name]);
        isStopping = true;
        resolve();
      });
    }
  });
}
