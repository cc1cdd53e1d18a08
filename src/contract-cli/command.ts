#!/usr/bin/env node
// Node only: the command `angelcam-contract`.
import { main } from "./main.ts";

process.exitCode = await main(process.argv.slice(2), {
  environment: process.env,
  print: console.log,
  complain: console.error,
});
