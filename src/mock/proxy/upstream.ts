import { Agent, type IncomingHttpHeaders, request as sendRequest } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Prism } from "../prism.ts";
import { rejectRequest } from "./validation-error.ts";

/** A request to Prism. */
export interface PrismRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** A response of Prism. */
export interface PrismResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Milliseconds that a request waits for a Prism that is being started; it needs one or two thousand. */
const LONGEST_START = 30_000;

/** Milliseconds after which a Prism that has not responded is stuck; a response takes one, on a busy machine seconds. */
const RESPONSE_TIMEOUT = 30_000;

/** How often a request is sent to a Prism that ends while handling it, because it may have ended for another reason. */
const TRIES = 2;

/** Milliseconds between a lost connection and the `exit` event of its process. */
const NEWS_OF_END = 500;

/** Prism lists what is wrong in a header, which may be longer than the 16 KiB that Node reads. */
const LONGEST_HEADERS = 1_048_576;

/** The Prism behind the proxy. It may end and restart; requests wait for it. */
export class Upstream {
  readonly #agent = new Agent({ keepAlive: true });
  #prism: Prism | undefined;
  #waiting: (() => void)[] = [];

  /** Takes over a Prism that listens. */
  use(prism: Prism): void {
    this.#prism = prism;
    prism.exited.then(() => {
      if (this.#prism === prism) this.#prism = undefined;
    });
    for (const go of this.#waiting.splice(0)) go();
  }

  /**
   * Sends a request to Prism.
   *
   * @throws RejectedRequestError with 502 when Prism ends over the request, and with 503 when it is stuck or does not come back.
   */
  async send(request: PrismRequest): Promise<PrismResponse> {
    for (let tries = 0; tries < TRIES; tries++) {
      const prism = await this.#listening();
      try {
        return await this.#exchange(prism, request);
      } catch (error) {
        if ((error as Error).name === "TimeoutError") {
          await prism.stop();
          rejectRequest(503, `Prism did not respond within ${RESPONSE_TIMEOUT / 1000} seconds. It is started again.`);
        }
        await Promise.race([prism.exited, sleep(NEWS_OF_END)]);
      }
    }
    return rejectRequest(502, "Prism ended over this request. It is started again.");
  }

  /** Ends the connections to Prism. */
  close(): void {
    this.#agent.destroy();
  }

  async #listening(): Promise<Prism> {
    if (!this.#prism) {
      const enough = new AbortController();
      const came = new Promise<void>((go) => this.#waiting.push(go));
      await Promise.race([came, sleep(LONGEST_START, undefined, { signal: enough.signal, ref: false })]);
      enough.abort();
    }
    return this.#prism ?? rejectRequest(503, `Prism did not start within ${LONGEST_START / 1000} seconds.`);
  }

  #exchange({ port }: Prism, { method, target, headers, body }: PrismRequest): Promise<PrismResponse> {
    return new Promise((resolve, reject) => {
      const request = sendRequest(
        {
          host: "127.0.0.1",
          port,
          method,
          path: target,
          headers: { ...headers, ...(body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) }) },
          agent: this.#agent,
          maxHeaderSize: LONGEST_HEADERS,
          signal: AbortSignal.timeout(RESPONSE_TIMEOUT),
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 502, headers: response.headers, body: Buffer.concat(chunks) }),
          );
        },
      );
      request.on("error", (error) => reject(error.cause ?? error));
      request.end(body);
    });
  }
}
