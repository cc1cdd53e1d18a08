import { spawn } from "node:child_process";
import { once } from "node:events";
import { endWithThisProcess } from "../../test/support/end-with-this-process.ts";

/** Processes that keep the processor busy until the end of an `await using` block, or of this process. */
export interface BusyLoops extends AsyncDisposable {
  readonly ids: readonly number[];
}

/** Starts busy loops, each a process of its own that never waits. */
export function startBusyLoops(count: number): BusyLoops {
  const loops = Array.from({ length: count }, () => {
    const child = spawn(process.execPath, ["-e", "for(;;);"], { stdio: "ignore" });
    endWithThisProcess(child);
    return { child, ended: once(child, "exit") };
  });
  return {
    ids: loops.map(({ child }) => child.pid ?? 0),
    async [Symbol.asyncDispose]() {
      for (const { child } of loops) child.kill("SIGKILL");
      await Promise.all(loops.map(({ ended }) => ended));
    },
  };
}
