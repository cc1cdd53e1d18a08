import { setTimeout as sleep } from "node:timers/promises";
import { isLoopback } from "../base/loopback.ts";
import { CannotRunError } from "./cannot-run-error.ts";
import { mainServers } from "./operations.ts";

/** Milliseconds that the server has to respond to the first request: it may have to wake up. */
const PROBE_TIMEOUT = 60_000;

/** Milliseconds between two tries while a server starts. */
const BETWEEN_TRIES = 250;

/** A token that was never issued gets 401; only a mock responds as `Prefer` says. */
const PROBE = { path: "/v1/me/", headers: { Authorization: "Bearer none", Prefer: "code=403" }, statusOfAMock: 403 };

/** Where the requests go. */
export interface Target {
  /** Address of the server, without a slash at its end. */
  readonly baseUrl: string;
  /** True for Angelcam itself: then signing in (authentication) has a server of its own. */
  readonly isAngelcam: boolean;
  /** True for a server on this machine, which no request can harm. */
  readonly isLocal: boolean;
  /** True for a mock, which has no state: it shows itself by responding as the header `Prefer` says. */
  readonly isMock: boolean;
}

/** How a server is looked for. */
export interface TargetOptions {
  /** Seconds to wait for a server that does not listen yet, or says 502, 503 or 504. @default 0 */
  readonly wait?: number;
  /** The option that named the server, for messages. @default "--server" */
  readonly serverOption?: string;
  /** Aborted when it is not needed any more. */
  readonly stop?: AbortSignal | undefined;
}

/**
 * Finds out what is at an address; without one, it is Angelcam.
 *
 * @throws CannotRunError when there is nothing, or when it is not safe to send credentials there.
 */
export async function targetAt(
  server: string | undefined,
  { wait = 0, serverOption: option = "--server", stop = new AbortController().signal }: TargetOptions = {},
): Promise<Target> {
  const url = parse(server ?? mainServers[0] ?? "", option);
  const baseUrl = url.href.replace(/(?<!\/)\/+$/, "");
  if (mainServers.includes(url.origin)) return { baseUrl, isAngelcam: true, isLocal: false, isMock: false };
  const isLocal = isLoopback(url.hostname);
  if (url.protocol === "http:" && !isLocal) {
    throw new CannotRunError(`${option} ${baseUrl}: credentials go over https only, but for a server on this machine.`);
  }
  return { baseUrl, isAngelcam: false, isLocal, isMock: await isMockAt(baseUrl, Date.now() + wait * 1000, stop) };
}

function parse(server: string, option: string): URL {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash;
  if (isPlain && /^https?:$/.test(url.protocol)) return url;
  // The part between `//` and `@` may be a password, so it is not shown.
  const shown = server.replace(/\/\/[^/]*@/, "//…@");
  throw new CannotRunError(`${option} takes the address of a server, such as http://127.0.0.1:4010, not "${shown}".`);
}

async function isMockAt(baseUrl: string, until: number, stop: AbortSignal): Promise<boolean> {
  const { path, headers, statusOfAMock } = PROBE;
  for (;;) {
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(PROBE_TIMEOUT), stop]);
      const response = await fetch(`${baseUrl}${path}`, { headers, redirect: "manual", signal });
      await response.body?.cancel();
      if (![502, 503, 504].includes(response.status) || Date.now() >= until) return response.status === statusOfAMock;
    } catch (error) {
      if (stop.aborted) throw new CannotRunError(`It was stopped before ${baseUrl} had responded.`);
      const { code } = ((error as Error).cause ?? {}) as { code?: string };
      if (Date.now() >= until) {
        const reason = code ? ` (${code})` : "";
        throw new CannotRunError(
          `No server responds at ${baseUrl}${reason}. Is the server running? --wait 30 waits for it.`,
        );
      }
    }
    await sleep(BETWEEN_TRIES, undefined, { signal: stop }).catch(() => {});
  }
}
