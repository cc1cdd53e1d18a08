import path from "node:path";
import { CommandLineError, portOf, readCommandLine } from "../shared/command-line.ts";
import { MissingDocumentError, readDocument } from "../shared/read-document.ts";
import { stopSignal } from "../shared/stop-signal.ts";
import { introduction } from "./introduction.ts";
import { keepRunning } from "./keep-running.ts";
import { type Prism, startPrism } from "./prism.ts";
import { PrismError } from "./prism-error.ts";
import { startFront } from "./proxy/proxy.ts";
import { RuleBook } from "./proxy/rules.ts";
import { Upstream } from "./proxy/upstream.ts";
import { watchDocument } from "./watch-document.ts";

// Two things answer like Angelcam, and each is for something else. The mock answers each operation by itself, with the
// examples of the document, and refuses all that the document does not know: it is for the form of requests and answers.
// It remembers nothing: a camera that was created is not in the list. The sandbox (`npx angelcam-sandbox`) has state:
// accounts, tokens that run out, quota, clips that become ready. It is for the behaviour over several calls.

const ROOT = path.resolve(import.meta.dirname, "../..");
const DOCUMENT = path.join(ROOT, "generated/openapi.json");

const HELP = `Serves a mock of the API, made from generated/openapi.json, until Ctrl+C.

It answers every operation with the examples of the document and refuses, naming the
field, whatever the document does not know: for the form of requests and answers. It
remembers nothing. For behaviour over several calls, such as tokens that run out, a
camera that stays created or a quota, use the sandbox: npx angelcam-sandbox

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
  let book = new RuleBook(await readDocument(DOCUMENT));
  const upstream = new Upstream();
  const tell = (line: string) => console.error(line);
  await using front = await startFront({
    port: wish,
    book: () => book,
    upstream,
    onAnswer: verbose ? tell : undefined,
    onFault: (error) => console.error(error),
  });
  let current: Prism | undefined;
  let starts = 0;
  using _watch = watchDocument(DOCUMENT, async (document) => {
    console.log("The document has changed.");
    book = new RuleBook(document);
    await current?.stop();
  });
  try {
    await keepRunning({
      start: () =>
        startPrism({
          document: DOCUMENT,
          log: verbose ? "info" : "error",
          onOutput: (text) => process.stderr.write(text),
          signal,
        }),
      signal,
      onListening: (prism) => {
        current = prism;
        upstream.use(prism);
        const { origin } = front;
        console.log(starts++ === 0 ? introduction(book.document, origin) : `The mock is back on ${origin}`);
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
