#!/usr/bin/env node
// Node only: the command `angelcam-contract`.
import { main } from "./main.ts";

// A reader that has gone, such as `| head -1`, ends nothing.
for (const output of [process.stdout, process.stderr]) output.on("error", () => {});

process.exitCode = await main(process.argv.slice(2), {
  environment: process.env,
  print: console.log,
  complain: console.error,
  ...(process.stdout.isTTY
    ? { progress: (line: string) => process.stdout.write(`\r\u001b[K${line.slice(0, process.stdout.columns - 1)}`) }
    : {}),
  untilStopped: () =>
    new Promise((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    }),
});
