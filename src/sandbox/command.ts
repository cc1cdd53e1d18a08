#!/usr/bin/env node
// Node only: the command `angelcam-sandbox`.
import { main } from "./main.ts";

process.exitCode = await main(process.argv.slice(2), {
  print: console.log,
  complain: console.error,
  // Ctrl+C, or the signal that a process manager sends.
  untilStopped: () =>
    new Promise((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    }),
});
