#!/usr/bin/env node
// Node only: the command `angelcam-mock`.
import { ignoreClosedOutput } from "../http/ignore-closed-output.ts";
import { untilStopSignal } from "../http/until-stop-signal.ts";
import { main } from "./main.ts";

ignoreClosedOutput();

const stop = new AbortController();
void untilStopSignal().then(() => stop.abort());

process.exitCode = await main(process.argv.slice(2), {
  print: console.log,
  printError: console.error,
  signal: stop.signal,
});
