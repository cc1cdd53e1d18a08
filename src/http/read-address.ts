import { RequestError } from "./request-error.ts";

/** Where a request goes, once nothing in it is malformed. */
export interface Address {
  /** `http://127.0.0.1:4010`, as the client wrote it: links lead back here. */
  readonly origin: string;
  /** As it was sent: percent-encoded. */
  readonly pathname: string;
  readonly query: readonly QueryPair[];
  /** All of it. */
  readonly url: URL;
}

/** A name and a value of the query. */
export interface QueryPair {
  readonly name: string;
  readonly value: string;
  /** As it was sent: percent-encoded. */
  readonly raw: string;
}

/** Characters of an address that is longer than any server takes; most stop at 8 KiB. */
const LONGEST_ADDRESS = 8_192;

/** Characters that an address may contain unencoded. Browsers leave `{}|^` and the backtick in a query. */
const ADDRESS = /^[\w\-.~:/?@!$&'()*+,;=%[\]{}|^`]*$/;

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/**
 * Takes the address of a request apart.
 *
 * @param target As it was sent.
 * @throws RequestError naming what is malformed in it.
 */
export function readAddress(target: string, host: string | undefined): Address {
  if (target.length > LONGEST_ADDRESS) {
    reject(414, `The address has ${target.length} characters; at most ${LONGEST_ADDRESS} are read.`);
  }
  const origin = `http://${host}`;
  if (host === undefined || !HOST.test(host) || !URL.canParse(origin)) {
    reject(400, "The Host header is missing or malformed.");
  }
  if (!target.startsWith("/")) reject(400, "The address of the request must be a path that begins with a slash.");
  if (!ADDRESS.test(target)) reject(400, "The address holds a character that must be percent-encoded.");
  const mark = target.indexOf("?");
  const pathname = mark < 0 ? target : target.slice(0, mark);
  const path = decode(pathname);
  if (path === undefined) return reject(400, "The path is not percent-encoded UTF-8.");
  if (hasControl(path)) reject(400, "The path holds a control character.");
  const url = new URL(`${origin}${target}`);
  // A path with "." or ".." segments is in no document, even if it leads to one that is.
  if (url.pathname !== pathname) reject(404, "The document has no such path.");
  return { origin, pathname, query: mark < 0 ? [] : readQuery(target.slice(mark + 1)), url };
}

/** Decodes the text of a form or a query, in which a plus is a space; undefined for what is not UTF-8. */
function decodeForm(text: string): string | undefined {
  return decode(text.replaceAll("+", " "));
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** True for text with a NUL or another character that no name and no value has. */
function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text.replaceAll(/[\t\r\n]/g, ""));
}

function readQuery(text: string): QueryPair[] {
  return text
    .split("&")
    .filter((raw) => raw !== "")
    .map((raw) => {
      const mark = raw.indexOf("=");
      const name = decodeForm(mark < 0 ? raw : raw.slice(0, mark));
      const value = decodeForm(mark < 0 ? "" : raw.slice(mark + 1));
      if (name === undefined) return reject(400, "The name of a query parameter is not percent-encoded UTF-8.");
      if (hasControl(name)) return reject(400, "The name of a query parameter holds a control character.");
      if (value === undefined) return reject(400, "This is not percent-encoded UTF-8.", name);
      if (hasControl(value)) return reject(400, "Control characters are not allowed.", name);
      return { name, value, raw };
    });
}

function reject(status: number, detail: string, parameter?: string): never {
  throw new RequestError(status, parameter === undefined ? detail : { [parameter]: [detail] });
}
