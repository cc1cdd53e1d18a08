#!/usr/bin/env node
// Node only: the command `angelcam-mock`.
import { ignoreClosedOutput } from "../http/ignore-closed-output.ts";
import { main } from "./main.ts";

ignoreClosedOutput();

const stop = new AbortController();
// Ctrl+C, or the signal that a process manager sends. A second one ends the process at once.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stop.abort());

process.exitCode = await main(process.argv.slice(2), {
  print: console.log,
  printError: console.error,
  signal: stop.signal,
});
