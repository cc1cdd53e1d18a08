import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { endWithTest } from "../support/end-with-test.ts";

const PRISM = fileURLToPath(new URL("../../node_modules/@stoplight/prism-cli/dist/index.js", import.meta.url));
const DOCUMENT = fileURLToPath(new URL("../../generated/openapi.json", import.meta.url));

/** Prism as a proxy: a response that breaks the document comes out of it as a 500. */
export interface PrismProxy extends AsyncDisposable {
  readonly origin: string;
}

/**
 * Puts Prism in front of a server. It lets every request through, so that the server's own errors are seen, but for
 * requests without a token: those it responds to itself.
 */
export async function startPrismProxy(upstream: string): Promise<PrismProxy> {
  const options = ["--errors", "--no-validate-request", "-p", "0", "-h", "127.0.0.1"];
  const prism = spawn(process.execPath, [PRISM, "proxy", ...options, DOCUMENT, upstream], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  endWithTest(prism);
  const exited = once(prism, "exit");
  const origin = await new Promise<string>((resolve, reject) => {
    let output = "";
    prism.stdout.on("data", (chunk) => {
      output += chunk;
      const found = output.match(/listening on (http:\/\/[\d.]+:\d+)/)?.[1];
      if (found) resolve(found);
    });
    prism.once("exit", (code) => reject(new Error(`Prism ended with code ${code} before it listened:\n${output}`)));
  });
  return {
    origin,
    async [Symbol.asyncDispose]() {
      prism.kill();
      await exited;
    },
  };
}
