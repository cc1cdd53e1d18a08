import { RequestError } from "../http/request-error.ts";
import type { Sleep } from "./clock.ts";
import { type Fault, type FaultKind, type FaultOf, kindOf } from "./fault.ts";
import { retryAfterHeaders } from "./quota.ts";
import { errorResponse, streamOf } from "./responses.ts";

const PAGE = "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>";
const JSON_TYPE = { "Content-Type": "application/json" };
const PIECE = 65_536;
const SPACE = 0x20;

/** The response with which a fault of its own kind replaces the real one; undefined where the real one is kept. */
type Replace = (fault: never, real: Response | undefined, sleep: Sleep) => Response | undefined;

/** For `latency`, and for what only the connection can show, the real response is kept. */
const keep = () => undefined;

/** The effect of each kind of fault on the response. */
const REPLACEMENTS: Readonly<Record<FaultKind, Replace>> = {
  status: statusResponse,
  html: ({ status = 502 }: FaultOf<"html" | "empty">) =>
    new Response(PAGE, { status, headers: { "Content-Type": "text/html" } }),
  empty: ({ status = 200 }: FaultOf<"html" | "empty">) => new Response(null, { status, headers: JSON_TYPE }),
  slow: (fault: FaultOf<"slow">, real, sleep) => (real?.body ? inPieces(real, fault, sleep) : real),
  garbage: (_, { status } = new Response()) =>
    new Response("this is not gzip", { status, headers: { ...JSON_TYPE, "Content-Encoding": "gzip" } }),
  large: ({ status = 500, bytes = 10_485_760 }: FaultOf<"large">) =>
    new Response(streamOf(filler(bytes)), { status, headers: JSON_TYPE }),
  redirect: ({ status = 302, to }: FaultOf<"redirect">) => new Response(null, { status, headers: { Location: to } }),
  "body-in-204": () => new Response(null, { status: 204 }),
  ...{ latency: keep, cut: keep, drop: keep, refuse: keep, hang: keep },
};

/** The kinds of faults. */
export const KINDS: readonly string[] = Object.keys(REPLACEMENTS);

/** True for a fault that needs the real response: the request is carried out first. */
export function needsResponse({ kind, when }: Fault): boolean {
  return when === "after" || kind === "cut" || kind === "slow" || kind === "garbage";
}

/** The response with which the fault replaces the real one; undefined where the real one is kept. */
export function faultResponse(fault: Fault, real: Response | undefined, sleep: Sleep): Response | undefined {
  return REPLACEMENTS[kindOf(fault)](fault as never, real, sleep);
}

function statusResponse({ status, title, detail, body, headers, retryAfter = false }: FaultOf<"status">): Response {
  const all = { ...retryAfterHeaders(retryAfter, 0), ...headers };
  if (body !== undefined) return Response.json(body, { status, headers: all });
  return errorResponse(new RequestError(status, detail, all), title);
}

function inPieces(
  { body, status, headers }: Response,
  { bytes = 64, pause = 100 }: FaultOf<"slow">,
  sleep: Sleep,
): Response {
  const slowly = new TransformStream<Uint8Array, Uint8Array>({
    async transform(chunk, out) {
      for (let start = 0; start < chunk.length; start += bytes) {
        out.enqueue(chunk.slice(start, start + bytes));
        await sleep(pause);
      }
    },
  });
  return new Response(body?.pipeThrough(slowly) ?? null, { status, headers });
}

async function* filler(bytes: number): AsyncGenerator<Uint8Array> {
  for (let left = bytes; left > 0; left -= PIECE) yield new Uint8Array(Math.min(left, PIECE)).fill(SPACE);
}
