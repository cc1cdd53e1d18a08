import { RequestError } from "./request-error.ts";

/** Bytes of a body that is longer than any without a file in it: WebRTC offers of some KiB are the longest. */
const LONGEST_BODY = 1_048_576;

/** The same for a body with a file in it, such as a sound in Base64. */
const LONGEST_FILE = 33_554_432;

/** Levels of a body that is deeper than any that the document describes. */
const DEEPEST = 32;

/**
 * Checks what the headers say about a body, before it is read.
 *
 * @param takesFile Whether the operation takes a file.
 * @throws RequestError for a body that is encoded, in other characters than UTF-8, or too long.
 */
export function checkBodyHeaders(headers: Headers, takesFile: boolean): void {
  const encoding = headers.get("Content-Encoding") ?? "identity";
  if (encoding.toLowerCase() !== "identity") {
    throw new RequestError(415, `The body is encoded as "${printable(encoding)}"; send it as it is.`);
  }
  const charset = /;\s*charset="?([\w-]+)/i.exec(headers.get("Content-Type") ?? "")?.[1];
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset)) {
    throw new RequestError(415, "The body must be in UTF-8.");
  }
  checkLength(Number(headers.get("Content-Length") ?? 0), takesFile);
}

/**
 * The text of a body.
 *
 * @param chunks Its bytes, no more of which are taken than are allowed.
 * @param takesFile Whether the operation takes a file.
 * @throws RequestError for one that is too long, not UTF-8, or nested too deep to be read.
 */
export async function readBody(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  takesFile: boolean,
): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new RequestError(400, "The body is not UTF-8.");
    }
  };
  let [text, length] = ["", 0];
  for await (const chunk of chunks) {
    length += chunk.length;
    checkLength(length, takesFile);
    text += decode(chunk);
  }
  text += decode();
  if (depthOf(text) > DEEPEST) {
    throw new RequestError(400, `The body is nested more than ${DEEPEST} levels deep.`);
  }
  return text;
}

/** The bytes of a body as they come; engines differ in whether a stream can be iterated. */
export async function* chunksOf({ body }: Request): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) yield next.value;
}

function checkLength(bytes: number, takesFile: boolean): void {
  const longest = takesFile ? LONGEST_FILE : LONGEST_BODY;
  if (bytes > longest) throw new RequestError(413, `The body is longer than ${longest} bytes.`);
}

/** How deep the brackets of a text are nested at most. A regular expression would overflow the stack over a long string. */
function depthOf(text: string): number {
  let [depth, deepest, isString] = [0, 0, false];
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') isString = !isString;
    else if (isString) index += character === "\\" ? 1 : 0;
    else if (character === "[" || character === "{") deepest = Math.max(deepest, ++depth);
    else if (character === "]" || character === "}") depth--;
  }
  return deepest;
}

/** Text that a client sent, in a form that is safe to send back. */
function printable(text: string): string {
  return text.replaceAll(/[^ -~]/g, "?").slice(0, 60);
}
