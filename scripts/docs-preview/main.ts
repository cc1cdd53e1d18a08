import { once } from "node:events";
import { buildDocs, FOLDER } from "../docs/main.ts";
import { CommandLineError, portOf, readCommandLine } from "../shared/command-line.ts";
import { MissingDocumentError } from "../shared/read-document.ts";
import { stopSignal } from "../shared/stop-signal.ts";
import { serveDocs } from "./serve.ts";

const HELP = `Builds the documentation and shows it to this machine, until Ctrl+C.

  npm run docs:preview -- [options]

  --port N     Port to listen on; 0 for any free one. Default: 8080.
  --help       Show this.`;

const OPTIONS = { port: { type: "string", default: "8080" }, help: { type: "boolean", default: false } } as const;

try {
  const { port, help } = readCommandLine(OPTIONS, HELP);
  if (help) console.log(HELP);
  else await preview(portOf(port, HELP));
} catch (error) {
  process.exitCode = explain(error);
}

async function preview(port: number): Promise<void> {
  const { signal } = stopSignal();
  // A port that is taken is found out before the work is done.
  await using server = await serveDocs(FOLDER, port);
  await buildDocs();
  console.log(`The documentation is on ${server.origin}. Ctrl+C stops it.`);
  if (!signal.aborted) await once(signal, "abort");
}

/** Says what is wrong, and gives the exit code for it. */
function explain(error: unknown): number {
  if (error instanceof CommandLineError) {
    console.error(error.message);
    return 2;
  }
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE") {
    console.error(`Port ${port} is taken by another program. For example: npm run docs:preview -- --port 0`);
    return 1;
  }
  if (!(error instanceof MissingDocumentError)) throw error;
  console.error(error.message);
  return 1;
}
