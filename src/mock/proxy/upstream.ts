import { Agent, type IncomingHttpHeaders, request as send } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Prism } from "../prism.ts";
import { refuse } from "./validation-error.ts";

/** A request to Prism. */
export interface Question {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** A response of Prism. */
export interface PrismAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Milliseconds that a request waits for a Prism that is being started; it needs one or two thousand. */
const LONGEST_START = 30_000;

/** Milliseconds after which a Prism that has not answered is stuck. It needs one. */
const LONGEST_ANSWER = 10_000;

/** How often a question is put to a Prism that ends over it. It may have ended for another reason. */
const TRIES = 2;

/** Milliseconds between a lost connection and the news that its process has ended. */
const NEWS_OF_END = 500;

/** Prism lists what is wrong in a header, which may be longer than the 16 KiB that Node reads. */
const LONGEST_HEADERS = 1_048_576;

/** The Prism behind the proxy. It may end and come back; a question waits for it. */
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
   * Asks Prism.
   *
   * @throws RefusedError with 502 when Prism ends over the question, and with 503 when it is stuck or does not come back.
   */
  async ask(question: Question): Promise<PrismAnswer> {
    for (let tries = 0; tries < TRIES; tries++) {
      const prism = await this.#listening();
      try {
        return await this.#exchange(prism, question);
      } catch (error) {
        if ((error as Error).name === "TimeoutError") {
          await prism.stop();
          refuse(503, `Prism did not answer within ${LONGEST_ANSWER / 1000} seconds. It is started again.`);
        }
        await Promise.race([prism.exited, sleep(NEWS_OF_END)]);
      }
    }
    return refuse(502, "Prism ended over this request. It is started again.");
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
    return this.#prism ?? refuse(503, `Prism did not start within ${LONGEST_START / 1000} seconds.`);
  }

  #exchange({ port }: Prism, { method, target, headers, body }: Question): Promise<PrismAnswer> {
    return new Promise((fulfil, reject) => {
      const question = send(
        {
          host: "127.0.0.1",
          port,
          method,
          path: target,
          headers: { ...headers, ...(body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) }) },
          agent: this.#agent,
          maxHeaderSize: LONGEST_HEADERS,
          signal: AbortSignal.timeout(LONGEST_ANSWER),
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("error", reject);
          answer.on("end", () =>
            fulfil({ status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(chunks) }),
          );
        },
      );
      question.on("error", (error) => reject(error.cause ?? error));
      question.end(body);
    });
  }
}
