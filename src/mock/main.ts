// Node only: what the command `angelcam-mock` does.
import { fileURLToPath } from "node:url";
import { COMMON_OPTIONS, formatOptions, packageVersion, readOptions, wholeNumber } from "../http/command-options.ts";
import { hostOf } from "../http/http-server.ts";
import { introduction } from "./introduction.ts";
import { keepRunning } from "./keep-running.ts";
import { type Prism, startPrism } from "./prism.ts";
import { PrismError } from "./prism-error.ts";
import { MockDocument } from "./proxy/operations.ts";
import { startProxy } from "./proxy/proxy.ts";
import { Upstream } from "./proxy/upstream.ts";
import { readDocument, summariesOf } from "./read-document.ts";
import { watchDocument } from "./watch-document.ts";

// Two programs respond like Angelcam, for different purposes. The mock responds to each operation by itself, with the
// examples of the document: it is for the form of requests and responses, and remembers nothing. The sandbox
// (`npx angelcam-sandbox`) has state: it is for the behaviour over several calls.

const DOCUMENT = fileURLToPath(new URL("../../generated/openapi.json", import.meta.url));

const OPTIONS = {
  port: { type: "string", default: "4010", value: "PORT", help: "the port; 0 for a free one" },
  host: { type: "string", default: "127.0.0.1", value: "HOST", help: "the interface; 0.0.0.0 for all of a container" },
  verbose: { type: "boolean", default: false, help: "print what the mock does with each request" },
  ...COMMON_OPTIONS,
} as const;

const HELP = `Usage: angelcam-mock [options]

Serves a mock of the API, made from its OpenAPI document by Prism, until Ctrl+C.

It responds to every operation with the examples of the document and rejects, naming the
field, whatever the document does not know: for the form of requests and responses. It
remembers nothing. For behaviour over several calls, such as tokens that expire, a
camera that stays created or a quota, use the sandbox: npx angelcam-sandbox

${formatOptions(OPTIONS)}`;

/** Exit codes: done, it did not work, it was called wrongly. */
const [DONE, FAILED, MISUSED] = [0, 1, 2];

/** The environment of the command: its output, and the signal that ends it. */
export interface Surroundings {
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
  /** Ends the mock when it aborts. */
  readonly signal: AbortSignal;
}

/**
 * Runs the command.
 *
 * @param words The words behind its name.
 * @returns The exit code.
 */
export async function main(words: string[], surroundings: Surroundings): Promise<number> {
  const { print, printError } = surroundings;
  let settings: Settings;
  try {
    const { values } = readOptions(words, OPTIONS);
    if (values.help || values.version) {
      print(values.help ? HELP : packageVersion());
      return DONE;
    }
    settings = { ...values, host: hostOf(values.host), port: wholeNumber("port", values.port, 0, 65_535) };
  } catch (error) {
    printError(`${(error as Error).message}\n\n${HELP}`);
    return MISUSED;
  }
  try {
    await serve(settings, surroundings);
    return DONE;
  } catch (error) {
    if (!(error instanceof PrismError)) throw error;
    printError(error.message);
    if (error.code === "port-taken") printError("For example: npx angelcam-mock --port 0");
    return FAILED;
  }
}

interface Settings {
  readonly port: number;
  readonly host: string;
  readonly verbose: boolean;
}

async function serve({ port, host, verbose }: Settings, { print, printError, signal }: Surroundings): Promise<void> {
  const json = await readDocument(DOCUMENT);
  let document = new MockDocument(json);
  const upstream = new Upstream();
  await using proxy = await startProxy({
    port,
    host,
    document: () => document,
    upstream,
    onResponse: verbose ? printError : undefined,
    onFault: (error) => printError(String((error as Error).stack)),
  });
  let current: Prism | undefined;
  let starts = 0;
  using _watch = watchDocument(DOCUMENT, async (changed) => {
    print("The document has changed.");
    document = new MockDocument(changed);
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
        const { origin } = proxy;
        print(
          starts++ === 0 ? introduction(document.document, summariesOf(json), origin) : `The mock is back on ${origin}`,
        );
      },
      onEnd: (reason, pause) => {
        const delay = pause > 0 ? ` in ${pause / 1000} s` : "";
        print(`${reason} It is started again${delay}.`);
      },
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  print("\nThe mock has stopped.");
}
