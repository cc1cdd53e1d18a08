import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { onTestFinished } from "vitest";
import { gate } from "../node/support.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { TokenServer } from "../support/token-server.ts";

/** The token rules of Angelcam over HTTP, for processes of their own. It counts what comes, and when. */
export class HttpAngelcam {
  readonly angelcam = new TokenServer(new ManualClock());
  /** When requests came in, in milliseconds of this server's own clock, token requests included. */
  readonly arrivals: number[] = [];
  /** Calls that returned 200. */
  served = 0;
  /**
   * The access token ends whenever so many calls have been served. Not before every process has been served with the last
   * one: a process that sleeps through two ends has its call rejected twice, and a call is retried once.
   */
  expireAt: readonly number[] = [];
  /** Processes that have not been served since the last end. */
  #behind = new Set<string>();
  /** Calls that were rejected and have not come again. */
  readonly #rejected = new Set<string>();
  /** The calls that each process still has to make. */
  readonly #left = new Map<string, number>();
  readonly #callsEach: number;
  readonly #processes: number;
  readonly #started = new Set<string>();
  readonly #everybody = gate();
  readonly #server: Server;

  /** How many processes come, and how many calls each makes. It names itself in `X-Process`. */
  constructor({ processes, callsEach }: { processes: number; callsEach: number }) {
    this.#processes = processes;
    this.#callsEach = callsEach;
    this.#server = createServer(async (request, response) => {
      this.arrivals.push(performance.now());
      await this.#startTogether(request);
      const result = await this.angelcam.fetch(`http://localhost${request.url}`, {
        method: request.method ?? "GET",
        headers: { Authorization: request.headers.authorization ?? "" },
        body: await bodyOf(request),
      });
      if (request.url === "/v1/me/")
        this.#count(String(request.headers["x-process"]), String(request.headers["x-call"]), result.ok);
      response.writeHead(result.status, Object.fromEntries(result.headers));
      response.end(await result.text());
    });
  }

  /** Its origin. It ends with the test. */
  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    onTestFinished(() => {
      this.#server.closeAllConnections();
      this.#server.close();
    });
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  }

  /** A process is no more: nothing of it will come again. */
  forget(process: number): void {
    this.#left.set(String(process), 0);
    this.#behind.delete(String(process));
    for (const call of this.#rejected) if (call.startsWith(`${process}:`)) this.#rejected.delete(call);
  }

  /** How many token requests were rejected for a refresh token that works no more. */
  get reuses(): number {
    return this.angelcam.reuses;
  }

  tokenRequests(grant: string): number {
    return this.angelcam.tokenRequests(grant).length;
  }

  /** Where tokens end, no process may have made its calls before the last one has started. */
  async #startTogether({ url, headers }: IncomingMessage): Promise<void> {
    if (url !== "/v1/me/" || this.expireAt.length === 0) return;
    this.#started.add(String(headers["x-process"]));
    if (this.#started.size >= this.#processes) this.#everybody.open();
    await this.#everybody.opened;
  }

  #count(process: string, call: string, served: boolean): void {
    if (!served) {
      this.#left.set(process, this.#left.get(process) ?? this.#callsEach);
      this.#rejected.add(`${process}:${call}`);
      return;
    }
    this.served++;
    this.#behind.delete(process);
    this.#rejected.delete(`${process}:${call}`);
    this.#left.set(process, (this.#left.get(process) ?? this.#callsEach) - 1);
    const [next = Number.POSITIVE_INFINITY, ...later] = this.expireAt;
    if (this.served < next || this.#behind.size + this.#rejected.size > 0 || this.#left.size < this.#processes) return;
    this.expireAt = later;
    this.#behind = new Set([...this.#left].filter(([, left]) => left > 0).map(([name]) => name));
    this.angelcam.expire();
  }
}

/** The most that fell into any window of so many milliseconds, both ends counted. */
export function mostIn(times: readonly number[], milliseconds: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.max(
    ...sorted.map((start) => sorted.filter((time) => time >= start && time - start <= milliseconds).length),
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  return body;
}
