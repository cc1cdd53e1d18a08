import { angelcamDocument } from "../openapi/angelcam-document.ts";
import { HAR_MASK, type Har, type HarEntry, type HarPair } from "../openapi/har.ts";
import type { Exchange, ReceivedResponse } from "./exchange.ts";
import { SCHEME, type Secrets } from "./secrets.ts";
import type { RunResult } from "./session.ts";

/** Headers whose value is a credential. */
const SECRET_HEADERS: ReadonlySet<string> = new Set(["authorization", "cookie", "set-cookie", "proxy-authorization"]);

/** Headers that describe how a body was sent, and not the body that is recorded. */
const NOT_RECORDED: ReadonlySet<string> = new Set(["content-encoding", "content-length", "transfer-encoding"]);

/** The traffic of a run as an HTTP Archive, without credentials. Requests that were not sent are left out. */
export function harOf(traffic: RunResult | undefined): Har {
  const { exchanges = [], secrets } = traffic ?? {};
  const entries = secrets ? exchanges.flatMap((exchange) => entryOf(exchange, secrets)) : [];
  return { log: { version: "1.2", creator: { name: "angelcam-contract", version: "1" }, entries } };
}

function entryOf(exchange: Exchange, secrets: Secrets): HarEntry[] {
  const { method, request, response, startedAt, duration, operationId, violations } = exchange;
  if (!request) return [];
  const url = maskUrl(request.url, secrets);
  const mimeType = new Headers(request.headers).get("Content-Type") ?? "";
  const text = request.bodyText ? maskBody(request.bodyText, secrets) : undefined;
  return [
    {
      startedDateTime: new Date(startedAt).toISOString(),
      time: duration,
      request: {
        ...{
          method,
          url,
          httpVersion: "HTTP/1.1",
          cookies: [],
          headers: headersOf(new Headers(request.headers), secrets),
        },
        queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
        ...(text === undefined ? {} : { postData: { mimeType, text } }),
        ...{ headersSize: -1, bodySize: text?.length ?? 0 },
      },
      response: responseOf(response, secrets),
      cache: {},
      timings: { send: 0, wait: duration, receive: 0 },
      ...(operationId === undefined ? {} : { _operationId: operationId }),
      _violations: violations.map(({ message }) => secrets.mask(message)),
    },
  ];
}

function responseOf(response: ReceivedResponse | undefined, secrets: Secrets): HarEntry["response"] {
  const headers = response ? headersOf(response.headers, secrets) : [];
  const mimeType = response?.headers.get("Content-Type") ?? "";
  const size = response?.body.length ?? 0;
  const content =
    response === undefined || size === 0
      ? {}
      : response.bodyText === undefined
        ? { text: Buffer.from(response.body).toString("base64"), encoding: "base64" }
        : { text: maskBody(response.bodyText, secrets) };
  return {
    ...{ status: response?.status ?? 0, statusText: "", httpVersion: "HTTP/1.1", cookies: [], headers },
    content: { size, mimeType, ...content },
    redirectURL: secrets.mask(response?.headers.get("Location") ?? ""),
    ...{ headersSize: -1, bodySize: size },
  };
}

function headersOf(headers: Headers, secrets: Secrets): HarPair[] {
  return [...headers]
    .filter(([name]) => !NOT_RECORDED.has(name))
    .map(([name, value]) => {
      if (!SECRET_HEADERS.has(name) && !secrets.isKeyOfLink(name)) return { name, value: secrets.mask(value) };
      const [first = ""] = value.split(/\s/);
      return { name, value: SCHEME.test(first) ? `${first} ${HAR_MASK}` : HAR_MASK };
    });
}

/** A body by its structure: fields and form fields that are secret, links, and credentials that were seen elsewhere. */
function maskBody(text: string, secrets: Secrets): string {
  try {
    return JSON.stringify(maskJson(JSON.parse(text), "", secrets));
  } catch {
    const masked = NAMED_VALUES.reduce(
      (safe, pattern) =>
        safe.replaceAll(pattern, (all, before: string, name: string) =>
          secrets.isKeyOfLink(name) ? `${before}${HAR_MASK}` : all,
        ),
      maskParts(text, secrets),
    );
    return secrets.mask(masked);
  }
}

/** A multipart form without the content of its secret parts; any other text as it is. */
function maskParts(text: string, secrets: Secrets): string {
  const [boundary] = /^--[^\r\n]{1,80}/.exec(text) ?? [];
  if (boundary === undefined) return text;
  const parts = text.split(boundary).map((part) => {
    const [head = "", ...content] = part.split("\r\n\r\n");
    const name = /\bname="([^"]{1,80})"/.exec(head)?.[1] ?? "";
    return content.length > 0 && secrets.isKeyOfLink(name) ? `${head}\r\n\r\n${HAR_MASK}\r\n` : part;
  });
  return parts.join(boundary);
}

/** Names with their values in a body that is no JSON: in a form, and in JSON that is cut off. */
const NAMED_VALUES = [/((?:^|&)([\w.-]+)=)[^&\s"'<>]+/g, /("([\w.-]+)"\s*:\s*)(?:"[^"\\]*(?:\\.[^"\\]*)*"?|[\d.]+)/g];

function maskJson(value: unknown, name: string, secrets: Secrets): unknown {
  if (typeof value === "string") {
    if (angelcamDocument().secretNames.has(name)) return HAR_MASK;
    return /^https?:\/\//.test(value) && URL.canParse(value) ? maskUrl(value, secrets) : secrets.mask(value);
  }
  if (typeof value === "number" && angelcamDocument().secretNames.has(name)) return HAR_MASK;
  if (Array.isArray(value)) return value.map((item) => maskJson(item, name, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, part]) => [field, maskJson(part, field, secrets)]));
}

/** A link: also one that was never followed lets in anyone who has it. */
function maskUrl(text: string, secrets: Secrets): string {
  const url = new URL(text);
  url.username = "";
  url.password = "";
  for (const name of new Set(url.searchParams.keys())) {
    if (secrets.isKeyOfLink(name)) url.searchParams.set(name, HAR_MASK);
  }
  return secrets.mask(url.href);
}
