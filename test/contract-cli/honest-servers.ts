import { gzipSync } from "node:zlib";
import type { SandboxOptions } from "../../src/sandbox/options.ts";
import { type Change, inJson, type OutgoingResponse } from "./faulty-server.ts";

/** A correct but unusual server. */
export interface HonestServer {
  readonly what: string;
  readonly sandbox?: SandboxOptions;
  readonly change?: Change;
  readonly options?: readonly string[];
  /** Workflows that are skipped, and why. */
  readonly skipped?: Readonly<Record<string, string>>;
  /** A line that the output has. */
  readonly line?: string;
}

const QUICK = ["--workflow", "quick-start"];
const NO_CAMERA = "the account has no camera";

/** A change to the cameras of every list. */
function inCameras(change: (camera: Record<string, unknown>) => void): Change {
  return (response, request) => {
    if (!request.startsWith("GET /v1/cameras/?") || response.status !== 200) return;
    inJson(({ results }) => (results as Record<string, unknown>[]).forEach(change))(response);
  };
}

/** Each is in the guide, in this order: `faults-guide.test.ts` compares them. */
export const HONEST_SERVERS: readonly HonestServer[] = [
  {
    what: "an empty account",
    sandbox: { cameras: 0 },
    options: ["--write"],
    skipped: { "footage-of-a-day": NO_CAMERA, "clip-life": NO_CAMERA },
  },
  {
    what: "no quota",
    sandbox: { quota: false },
    options: ["--workflow", "quick-start", "--workflow", "too-many-requests"],
    skipped: { "too-many-requests": "31 requests in a row were served, so this server has no quota" },
  },
  {
    what: "cameras without recordings",
    change: (response, request) => {
      if (!request.endsWith("/recordings/")) return;
      inJson((page) => Object.assign(page, { results: [], ...("count" in page ? { count: 0 } : {}) }))(response);
    },
    options: ["--workflow", "quick-start", "--workflow", "footage-of-a-day"],
    skipped: { "footage-of-a-day": "the first camera has no recording" },
  },
  {
    what: "nulls where the document has them",
    change: inCameras((camera) => Object.assign(camera, { live_snapshot: null })),
    options: QUICK,
  },
  {
    what: "new fields",
    change: inCameras((camera) => Object.assign(camera, { firmware: "1.2", tags_v2: [{ id: 1 }] })),
    options: QUICK,
    line: "warning: cameras.list response 200, body /results/0/firmware: is not in the document",
  },
  {
    what: "new values of an enum",
    change: inCameras((camera) => Object.assign(camera, { status: "sleeping" })),
    options: QUICK,
    line: 'warning: cameras.list response 200, body /results/0/status: must be one of "offline", "online", "unknown", got "sleeping"',
  },
  {
    what: "streams and snapshots on other hosts",
    change: inCameras((camera) =>
      Object.assign(camera, {
        live_snapshot: "https://edge.cdn.example/snap.jpg?token=abcdef123456",
        streams: [{ format: "hls", url: "https://edge.cdn.example/live.m3u8?token=abcdef123456" }],
      }),
    ),
    options: QUICK,
  },
  {
    what: "a slow start",
    change: slowStart(6_000),
    options: [...QUICK, "--max-response-time", "5"],
  },
  {
    what: "503 while it starts",
    change: unavailableAtFirst(3),
    options: [...QUICK, "--wait", "30"],
  },
  {
    what: "a 429 without Retry-After whose detail says how long to wait",
    change: (response) => {
      if (response.status === 429) delete response.headers["retry-after"];
    },
    options: ["--workflow", "quick-start", "--workflow", "too-many-requests"],
  },
  {
    what: "content types in capitals and with a charset, and gzip",
    change: (response) => {
      if (response.type === "application/json") response.type = "Application/JSON; charset=UTF-8";
      gzip(response);
    },
    options: QUICK,
  },
  {
    what: "connections that are closed after each response",
    change: ({ headers }) => void Object.assign(headers, { connection: "close" }),
    options: QUICK,
  },
];

/** Only the first response comes late. */
function slowStart(milliseconds: number): Change {
  let isFirst = true;
  return async () => {
    const waits = isFirst;
    isFirst = false;
    if (waits) await new Promise((resolve) => setTimeout(resolve, milliseconds));
  };
}

function unavailableAtFirst(times: number): Change {
  let left = times;
  return (response) => {
    if (left-- > 0) Object.assign(response, { status: 503, body: "", type: "", headers: {} });
  };
}

function gzip(response: OutgoingResponse): void {
  response.headers["content-encoding"] = "gzip";
  delete response.headers["content-length"];
  response.bytes = gzipSync(response.body);
}
