import type { Operation } from "../openapi/openapi-document.ts";
import { CannotRunError } from "./cannot-run-error.ts";
import { mainServers } from "./operations.ts";

/** Milliseconds that the server has to say what it is. */
const PATIENCE = 10_000;

/** Whoever comes with a token that nobody gave out gets 401; only a mock answers what it is told to. */
const QUESTION = { path: "/v1/me/", headers: { Authorization: "Bearer none", Prefer: "code=403" }, answerOfAMock: 403 };

/** Where the requests go. */
export interface Target {
  /** Address of the server that answers, without a slash at its end. */
  readonly baseUrl: string;
  /** True for Angelcam itself: then sign-in has a server of its own. */
  readonly isAngelcam: boolean;
  /** True for a server on this machine: whatever happens to it harms nobody. */
  readonly isLocal: boolean;
  /** True for a mock, which has no state: it says what it is by answering what the header `Prefer` tells it to. */
  readonly isMock: boolean;
}

/**
 * Finds out what is at an address; without one, it is Angelcam.
 *
 * @throws CannotRunError when there is nothing, or when it is not safe to send credentials there.
 */
export async function targetAt(server: string | undefined): Promise<Target> {
  const url = parse(server ?? mainServers[0] ?? "");
  const baseUrl = url.href.replace(/\/$/, "");
  if (mainServers.includes(url.origin)) return { baseUrl, isAngelcam: true, isLocal: false, isMock: false };
  const isLocal = isLoopback(url);
  if (url.protocol === "http:" && !isLocal) {
    throw new CannotRunError(`--server ${baseUrl}: credentials go over https only, but for a server on this machine.`);
  }
  return { baseUrl, isAngelcam: false, isLocal, isMock: await isMockAt(baseUrl) };
}

/** The address of a request at the target; undefined where no credential may go, for the document names no fixed host. */
export function addressAt({ baseUrl, isAngelcam }: Target, pathAndQuery: string, operation: Operation | undefined) {
  if (!isAngelcam) return new URL(`${baseUrl}${pathAndQuery}`);
  const origins =
    operation?.servers.filter(({ url }) => !url.includes("{")).map(({ url }) => new URL(url).origin) ?? [];
  const origin = origins.find((candidate) => candidate === new URL(baseUrl).origin) ?? origins[0];
  return origin === undefined ? undefined : new URL(pathAndQuery, origin);
}

function parse(server: string): URL {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.search && !url.hash) return url;
  throw new CannotRunError(`--server takes the address of a server, such as http://127.0.0.1:4010, not "${server}".`);
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

async function isMockAt(baseUrl: string): Promise<boolean> {
  const { path, headers, answerOfAMock } = QUESTION;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(`${baseUrl}${path}`, { headers, redirect: "manual", signal });
    await response.body?.cancel();
    return response.status === answerOfAMock;
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: string };
    throw new CannotRunError(`Nothing answers at ${baseUrl}${code ? ` (${code})` : ""}. Is the server running?`);
  }
}
