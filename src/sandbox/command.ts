#!/usr/bin/env node
// Node only: the command `angelcam-sandbox`.
import { untilStopSignal } from "../http/until-stop-signal.ts";
import { main } from "./main.ts";

process.exitCode = await main(process.argv.slice(2), {
  print: console.log,
  complain: console.error,
  untilStopped: untilStopSignal,
});
