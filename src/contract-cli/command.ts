#!/usr/bin/env node
// Node only: the command `angelcam-contract`.
import { ignoreClosedOutput } from "../http/ignore-closed-output.ts";
import { untilStopSignal } from "../http/until-stop-signal.ts";
import { main } from "./main.ts";

ignoreClosedOutput();

process.exitCode = await main(process.argv.slice(2), {
  environment: process.env,
  print: console.log,
  complain: console.error,
  ...(process.stdout.isTTY
    ? { progress: (line: string) => process.stdout.write(`\r\u001b[K${line.slice(0, process.stdout.columns - 1)}`) }
    : {}),
  untilStopped: untilStopSignal,
});
