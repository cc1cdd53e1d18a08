import type { IncomingMessage } from "node:http";
import { rejectRequest } from "./validation-error.ts";

/** Bytes of a body that is longer than any the API takes: WebRTC offers of some KiB are the longest. */
const LONGEST_BODY = 1_048_576;

/** Milliseconds in which a body must have come. */
export const LONGEST_WAIT = 10_000;

/** Levels of a body that is deeper than any that the document describes. */
const DEEPEST = 32;

/**
 * Reads a body as text, empty when there is none. Prism and Node stop at some bodies; those are rejected here.
 *
 * @throws RejectedRequestError naming what is malformed.
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const { "content-encoding": encoding = "identity", "content-type": type = "" } = request.headers;
  if (encoding.toLowerCase() !== "identity") {
    rejectRequest(415, `The body is encoded as "${printable(encoding)}"; send it as it is.`);
  }
  const charset = /;\s*charset="?([\w-]+)/i.exec(type)?.[1];
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset)) rejectRequest(415, "The body must be in UTF-8.");
  const text = decodeUtf8(await readBytes(request));
  if (depthOf(text) > DEEPEST) rejectRequest(400, `The body is nested more than ${DEEPEST} levels deep.`);
  return text;
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared > LONGEST_BODY) rejectLong();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += (chunk as Buffer).length;
    if (length > LONGEST_BODY) rejectLong();
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function rejectLong(): never {
  return rejectRequest(413, `The body is longer than ${LONGEST_BODY} bytes.`);
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return rejectRequest(400, "The body is not UTF-8.");
  }
}

/** How deep the brackets of a text are nested at most, also inside strings. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [bracket] of text.replaceAll(/"(?:[^"\\]|\\.)*(?:"|\\?$)/gs, "").matchAll(/[[{}\]]/g)) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Text that a client sent, in a form that is safe to send back. */
function printable(text: string): string {
  return text.replaceAll(/[^ -~]/g, "?").slice(0, 60);
}
