// Node only: reads the command line.
import { parseArgs } from "node:util";
import { CannotRunError } from "./cannot-run-error.ts";
import type { RunOptions } from "./run.ts";

/** What `--help` prints. */
export const USAGE = `Usage: angelcam-contract [options]

Runs journeys through the API against a server, and holds every request and answer to the OpenAPI document.

  --server URL       a mock, a sandbox, a proxy; without it, Angelcam itself
  --workflow NAME    only this one; may be there several times
  --write            allow requests that create, change or delete; without it, they are refused before they are sent
  --timeout 300      seconds for all of it
  --json FILE        write a report as JSON
  --junit FILE       write a report as JUnit XML
  --file FILE        an Arazzo 1.0.1 file of yours in place of our journeys; may be there several times
  --input NAME=TEXT  an input of its workflows; may be there several times
  --list             say which workflows there are
  --help             this text

Credentials come from the environment: ANGELCAM_CLIENT_ID, ANGELCAM_USERNAME and ANGELCAM_PASSWORD, or ANGELCAM_TOKEN, a
personal access token. A server on this machine gets those of a fresh sandbox if none is set.

Exit code: 0 all is well; 1 a check failed, the contract was broken, or nothing was checked; 2 it could not begin.`;

const OPTIONS = {
  server: { type: "string" },
  workflow: { type: "string", multiple: true },
  write: { type: "boolean", default: false },
  timeout: { type: "string", default: "300" },
  json: { type: "string" },
  junit: { type: "string" },
  file: { type: "string", multiple: true },
  input: { type: "string", multiple: true },
  list: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** What was asked for. */
export interface CommandLine extends Omit<RunOptions, "environment" | "onWorkflow" | "onNote"> {
  readonly json: string | undefined;
  readonly junit: string | undefined;
  readonly list: boolean;
}

/**
 * Reads what the command was started with.
 *
 * @throws CannotRunError for what it does not know, with the help behind it.
 */
export function readCommandLine(args: string[]): CommandLine | "help" {
  const { workflow = [], file = [], input = [], ...values } = parse(args);
  const { server, write, timeout, json, junit, list, help } = values;
  if (help) return "help";
  if (!/^[1-9]\d{0,5}$/.test(timeout)) throw misuse(`--timeout takes a whole number of seconds, not "${timeout}"`);
  const inputs = input.map((text) => {
    const [, name, value] = text.match(/^([\w-]+)=(.*)$/s) ?? [];
    // What stands there may be a secret, so it is not shown.
    if (name === undefined || value === undefined)
      throw misuse("--input takes a name and a text, such as --input cameraId=20311");
    return [name, value] as const;
  });
  return {
    ...{ server, json, junit, list, files: file, workflows: workflow },
    ...{ mayWrite: write, timeout: Number(timeout), inputs: Object.fromEntries(inputs) },
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    // Node goes on with advice about arguments that this command does not take.
    throw misuse((error as Error).message.split(". ")[0] ?? "");
  }
}

function misuse(what: string): CannotRunError {
  return new CannotRunError(`${what}\n\n${USAGE}`);
}
