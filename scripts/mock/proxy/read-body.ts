import type { IncomingMessage } from "node:http";
import { decodeForm, hasControl } from "./read-address.ts";
import type { BodyRules } from "./rules.ts";
import { RefusedError, refuse, type Violation } from "./validation-error.ts";

/** A body that can be read: a form is an object too. */
export interface ReadBody {
  readonly kind: "json" | "form";
  readonly value: Readonly<Record<string, unknown>>;
}

/** Bytes of a body that is longer than any the API takes: WebRTC offers of some KiB are the longest. */
const LONGEST_BODY = 1_048_576;

/** Milliseconds in which a body must have come. */
export const LONGEST_WAIT = 10_000;

/** Levels of a body that is deeper than any that the document describes. */
const DEEPEST = 32;

const FORM = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data";

/**
 * Reads a body and makes sure that nothing in it is malformed.
 *
 * @param rules What the operation takes; undefined for one that takes nothing.
 * @throws RefusedError naming what is malformed.
 */
export async function readBody(request: IncomingMessage, rules: BodyRules | undefined): Promise<ReadBody | undefined> {
  const { "content-type": contentType, "content-encoding": encoding = "identity" } = request.headers;
  if (encoding.toLowerCase() !== "identity") {
    refuse(415, `The body is encoded as "${printable(encoding)}"; send it as it is.`);
  }
  const bytes = await readBytes(request);
  if (bytes.length === 0) {
    if (rules?.required) refuse(400, `The body is missing. It must be ${rules.types.join(" or ")}.`);
    return undefined;
  }
  const types = rules?.types ?? ["application/json", FORM, MULTIPART];
  const type = mediaType(contentType, types);
  if (type === MULTIPART) return { kind: "form", value: await readMultipart(bytes, contentType ?? "") };
  const text = decodeUtf8(bytes);
  return type === FORM ? { kind: "form", value: readForm(text) } : { kind: "json", value: readJson(text) };
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared > LONGEST_BODY) refuseLong();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += (chunk as Buffer).length;
    if (length > LONGEST_BODY) refuseLong();
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function refuseLong(): never {
  return refuse(413, `The body is longer than ${LONGEST_BODY} bytes.`);
}

/** The media type of a body, if the operation takes it. */
function mediaType(contentType: string | undefined, types: readonly string[]): string {
  const wanted = `Send ${types.join(" or ")}.`;
  if (contentType === undefined) refuse(415, `The Content-Type header is missing. ${wanted}`);
  const [type = "", ...parameters] = contentType.toLowerCase().split(";");
  const trimmed = type.trim();
  if (!types.includes(trimmed)) refuse(415, `"${printable(trimmed)}" is not taken. ${wanted}`);
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith("charset="));
  if (charset && !/^charset="?(utf-?8|us-ascii)"?$/.test(charset)) refuse(415, "The body must be in UTF-8.");
  return trimmed;
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse(400, "The body is not UTF-8.");
  }
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  const value = parse(text);
  if (value === null || typeof value !== "object" || Array.isArray(value))
    refuse(400, "The body must be a JSON object.");
  if (isDeeper(value, DEEPEST)) refuse(400, `The body is nested more than ${DEEPEST} levels deep.`);
  return value as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the body, which may hold a password.
    return refuse(400, "The body is not JSON.");
  }
}

function readForm(text: string): Readonly<Record<string, string>> {
  return fromPairs(
    text
      .split("&")
      .filter((pair) => pair !== "")
      .map((pair) => {
        const mark = pair.indexOf("=");
        const name = decodeForm(mark < 0 ? pair : pair.slice(0, mark));
        if (name === undefined) return refuse(400, "The name of a form field is not percent-encoded UTF-8.");
        const value = decodeForm(mark < 0 ? "" : pair.slice(mark + 1));
        if (value === undefined) return refuseField(name, "This is not percent-encoded UTF-8.");
        return [name, value];
      }),
  );
}

async function readMultipart(bytes: Buffer, contentType: string): Promise<Readonly<Record<string, string>>> {
  // Buffers of Node are never shared memory; their type leaves that open.
  const body = new Response(bytes as Buffer<ArrayBuffer>, { headers: { "Content-Type": contentType } });
  const form = await body.formData().catch(() => refuse(400, "The body is not multipart/form-data."));
  return fromPairs(
    [...form].map(([name, value]) =>
      typeof value === "string" ? [name, value] : refuseField(name, "A text is required, not a file."),
    ),
  );
}

function fromPairs(pairs: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  const fields = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (hasControl(name)) refuse(400, "The name of a form field holds a control character.");
    if (hasControl(value)) refuseField(name, "Control characters are not allowed.");
    if (fields.has(name)) refuseField(name, "This field was sent twice.");
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

function refuseField(name: string, message: string): never {
  const violation: Violation = { location: ["request", "body", name], severity: "Error", code: "malformed", message };
  throw new RefusedError({ status: 400, detail: new Map([[name, [message]]]), violations: [violation] });
}

function isDeeper(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== "object") return false;
  return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}

/** What a client sent, in a form that is safe to send back. */
function printable(text: string): string {
  return text.replaceAll(/[^ -~]/g, "?").slice(0, 60);
}
