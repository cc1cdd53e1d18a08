import path from "node:path";
import { MissingDocumentError, readDocument } from "./docs/read-document.ts";
import { CommandLineError, portOf, readCommandLine } from "./mock/command-line.ts";
import { introduction } from "./mock/introduction.ts";
import { keepRunning } from "./mock/keep-running.ts";
import { startPrism } from "./mock/prism.ts";
import { PrismError } from "./mock/prism-error.ts";
import { stopSignal } from "./mock/stop-signal.ts";

const ROOT = path.resolve(import.meta.dirname, "..");
const DOCUMENT = path.join(ROOT, "generated/openapi.json");

const HELP = `Serves a mock of the API, made from generated/openapi.json, until Ctrl+C.

  npm run mock -- [options]

  --port N     Port to listen on; 0 for any free one. Default: 4010.
  --verbose    Show what the mock does with each request.
  --help       Show this.`;

const OPTIONS = {
  port: { type: "string", default: "4010" },
  verbose: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

try {
  const { port, verbose, help } = readCommandLine(OPTIONS, HELP);
  if (help) console.log(HELP);
  else await mock(portOf(port, HELP), verbose);
} catch (error) {
  process.exitCode = explain(error);
}

async function mock(wish: number, verbose: boolean): Promise<void> {
  const { signal } = stopSignal();
  const document = await readDocument(DOCUMENT);
  let port = wish;
  let starts = 0;
  const start = () =>
    startPrism({
      document: DOCUMENT,
      port,
      log: verbose ? "info" : "error",
      onOutput: (text) => process.stderr.write(text),
      signal,
    });
  try {
    await keepRunning({
      start,
      signal,
      onListening: (prism) => {
        // A mock that comes back is found where it was.
        port = prism.port;
        console.log(starts++ === 0 ? introduction(document, prism.origin) : `The mock is back on ${prism.origin}`);
      },
      onEnd: (reason, pause) => {
        const delay = pause > 0 ? ` in ${pause / 1000} s` : "";
        console.log(`${reason} It is started again${delay}.`);
      },
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  console.log("\nThe mock has stopped.");
}

/** Says what is wrong, and gives the exit code for it. */
function explain(error: unknown): number {
  if (error instanceof CommandLineError) {
    console.error(error.message);
    return 2;
  }
  if (!(error instanceof PrismError || error instanceof MissingDocumentError)) throw error;
  console.error(error.message);
  if (error instanceof PrismError && error.code === "port-taken")
    console.error("For example: npm run mock -- --port 0");
  return 1;
}
