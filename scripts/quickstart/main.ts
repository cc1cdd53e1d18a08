import path from "node:path";
import { styleText } from "node:util";
import { startPrism } from "../../src/mock/prism.ts";
import { PrismError } from "../../src/mock/prism-error.ts";
import { GenerationError } from "../generate/generation-error.ts";
import { CommandLineError, readCommandLine } from "../shared/command-line.ts";
import { readDocument } from "../shared/read-document.ts";
import { stopSignal } from "../shared/stop-signal.ts";
import { credentialsFrom, credentialsOfExample, MissingCredentialsError } from "./credentials.ts";
import { regenerate } from "./regenerate.ts";
import { threeCalls } from "./three-calls.ts";

const DOCUMENT = path.resolve(import.meta.dirname, "../../generated/openapi.json");

const HELP = `Runs the quick start: signs in, checks the account, lists the cameras.

  npm start               on a mock that is made from the spec
  npm start -- --live     on Angelcam, with credentials from the environment`;

const OPTIONS = { live: { type: "boolean", default: false }, help: { type: "boolean", default: false } } as const;

const { signal, exitCode } = stopSignal();
try {
  const { live, help } = readCommandLine(OPTIONS, HELP);
  if (help) console.log(HELP);
  else await (live ? quickStartLive() : quickStartOnMock());
} catch (error) {
  process.exitCode = explain(error);
}

async function quickStartOnMock(): Promise<void> {
  console.log(styleText("bold", "Quick start, on a mock"));
  const written = await regenerate();
  signal.throwIfAborted();
  console.log(`\nGenerated  ${written.length > 0 ? written.join(", ") : "all up to date with spec/"}`);
  const document = await readDocument(DOCUMENT);
  await using prism = await startPrism({ document: DOCUMENT, signal });
  console.log(`Mock       ${prism.origin}, made from generated/openapi.json`);
  await threeCalls({
    document,
    credentials: credentialsOfExample(document),
    mock: prism.origin,
    print: console.log,
    signal,
  });
  console.log(`
${styleText("bold", "It works. How to go on:")}

   npm run mock             keep a mock running, for your own code or for curl
   npm run docs             build the documentation: dist/docs/index.html
   npm start -- --live      the same three calls, to Angelcam with your own account`);
}

async function quickStartLive(): Promise<void> {
  const credentials = credentialsFrom(process.env);
  console.log(styleText("bold", "Quick start, on Angelcam"));
  await threeCalls({ document: await readDocument(DOCUMENT), credentials, print: console.log, signal });
}

/** Prints the failure and returns its exit code. */
function explain(error: unknown): number {
  if (signal.aborted) {
    console.error("\nStopped.");
    return exitCode();
  }
  if (!isExpected(error)) throw error;
  console.error(`\n${error.message}`);
  return error instanceof CommandLineError || error instanceof MissingCredentialsError ? 2 : 1;
}

/** True for an error whose message is enough for the user; any other error is a bug and keeps its stack. */
function isExpected(error: unknown): error is Error {
  return (
    error instanceof CommandLineError ||
    error instanceof MissingCredentialsError ||
    error instanceof GenerationError ||
    error instanceof PrismError ||
    // An AngelcamError, whose class may not be loaded yet.
    (error instanceof Error && "retryable" in error)
  );
}
