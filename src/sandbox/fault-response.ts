import type { Sleep } from "./clock.ts";
import type { Fault, SlowFault, StatusFault } from "./fault.ts";
import { retryAfterHeaders } from "./quota.ts";
import { errorResponse } from "./responses.ts";
import { streamOf } from "./stream-of.ts";

const PAGE = "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>";
const JSON_TYPE = { "Content-Type": "application/json" };
const PIECE = 65_536;
const SPACE = 0x20;

/** True for a fault that needs the real response: the request is carried out first. */
export function needsResponse({ kind, when }: Fault): boolean {
  return when === "after" || kind === "cut" || kind === "slow" || kind === "garbage";
}

/**
 * The response with which the fault replaces the real one, or undefined where the real one is kept: for `latency`, and
 * for what only the connection can show (`drop`, `refuse`, `hang`, `cut`).
 */
export function faultResponse(fault: Fault, real: Response | undefined, sleep: Sleep): Response | undefined {
  switch (fault.kind) {
    case "html":
      return new Response(PAGE, { status: fault.status ?? 502, headers: { "Content-Type": "text/html" } });
    case "empty":
      return new Response(null, { status: fault.status ?? 200, headers: JSON_TYPE });
    case "slow":
      return real?.body ? inPieces(real, fault, sleep) : real;
    case "garbage":
      return new Response("this is not gzip", {
        status: real?.status ?? 200,
        headers: { ...JSON_TYPE, "Content-Encoding": "gzip" },
      });
    case "large":
      return new Response(streamOf(filler(fault.bytes ?? 10_485_760)), {
        status: fault.status ?? 500,
        headers: JSON_TYPE,
      });
    case "redirect":
      return new Response(null, { status: fault.status ?? 302, headers: { Location: fault.to } });
    case "body-in-204":
      return new Response(null, { status: 204 });
    case "status":
    case "latency":
    case undefined:
      return "status" in fault ? statusResponse(fault) : undefined;
    default:
      return undefined;
  }
}

function statusResponse({ status, title, detail, body, headers, retryAfter = false }: StatusFault): Response {
  const all = { ...retryAfterHeaders(retryAfter, 0), ...headers };
  if (body !== undefined) return Response.json(body, { status, headers: all });
  return errorResponse(status, { title, detail, headers: all });
}

function inPieces({ body, status, headers }: Response, { bytes = 64, pause = 100 }: SlowFault, sleep: Sleep): Response {
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
