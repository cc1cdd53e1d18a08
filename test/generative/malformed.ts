import fc from "fast-check";
import type { RawRequest } from "./raw-request.ts";

// Requests that no client library would send: broken in their bytes. Each must get a 4xx.

/** Any of them. */
export function malformedRequest(): fc.Arbitrary<RawRequest> {
  return fc.oneof(
    ...Object.entries(FAULTS).map(([fault, arbitrary]) => arbitrary.map((raw) => ({ fault, ends: false, ...raw }))),
  );
}

/** Those for which the mock has to wait before it knows that no more comes. */
export const stalled: readonly RawRequest[] = [
  { fault: "headers that never end", bytes: Buffer.from("GET /v1/me/ HTTP/1.1\r\nHost: x\r\nX-A:"), ends: false },
  { fault: "half a request line", bytes: Buffer.from("GET /v1/"), ends: false },
  { fault: "a body shorter than its length", bytes: post("/v1/cameras/", JSON_TYPE(), "{}", 40), ends: false },
  {
    fault: "a chunk that never ends",
    bytes: Buffer.from(
      `POST /v1/cameras/ HTTP/1.1\r\n${COMMON()}${JSON_TYPE()}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a"`,
    ),
    ends: false,
  },
];

type Raw = Omit<RawRequest, "fault" | "ends"> & Partial<RawRequest>;

const BROKEN_ESCAPES = ["%", "%%%", "%z1", "%4", "%E0%A4%A", "%C0%80", "%FF", "%ED%A0%80", "%00", "%1b"];

const text = fc.string({ unit: fc.constantFrom(..."abcxyz019-_~"), maxLength: 12 });
// The tilde keeps what follows from completing the escape.
const around = fc
  .tuple(text, fc.constantFrom(...BROKEN_ESCAPES), text)
  .map((parts) => `${parts[0]}${parts[1]}~${parts[2]}`);
const jsonObject = fc.dictionary(text, fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 4 });

const FAULTS: Readonly<Record<string, fc.Arbitrary<Raw>>> = {
  "a form with a broken escape": fc
    .tuple(
      fc.constantFrom("/oauth/token/", "/oauth/token-revoke/"),
      fc.constantFrom("", "grant_type=password&x="),
      around,
    )
    .map(([path, start, broken]) => ({ bytes: post(path, FORM_TYPE, start + broken) })),
  "a path with a broken escape": fc
    .tuple(fc.constantFrom("/v1/cameras/", "/v1/", "/oauth/", "/"), around, fc.constantFrom("", "/", "/clips/"))
    .map((parts) => ({ bytes: get(parts.join("")) })),
  "a query with a broken escape": fc
    .tuple(fc.constantFrom("limit=", "", "limit=5&", "offset=1&tags="), around)
    .map((parts) => ({ bytes: get(`/v1/cameras/?${parts.join("")}`) })),
  "JSON that was cut": jsonObject
    .chain((value) => {
      const whole = JSON.stringify(value);
      return fc.integer({ min: 1, max: whole.length - 1 }).map((length) => whole.slice(0, length));
    })
    .map((body) => ({ bytes: post("/v1/cameras/", JSON_TYPE(), body) })),
  "no JSON at all": fc
    .oneof(
      fc.constantFrom("{bad", "{'a':1}", '{"a":1,}', "\0", '{"a":NaN}', "<a/>", "a=1", "\u2028", "[", "{}{}"),
      fc.string({ minLength: 1 }),
    )
    .filter((body) => !isJsonObject(body))
    .map((body) => ({ bytes: post("/v1/cameras/", JSON_TYPE(), body) })),
  "JSON that is no object": fc
    .oneof(fc.constant(null), fc.boolean(), fc.double(), fc.string(), fc.array(fc.jsonValue()))
    .map((value) => ({ bytes: post("/v1/cameras/", JSON_TYPE(), JSON.stringify(value)) })),
  "a body that is not UTF-8": fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => ({
    bytes: post(
      "/v1/cameras/",
      JSON_TYPE(),
      Buffer.concat([Buffer.from('{"name":"'), bytes, Buffer.from('\xff"}', "latin1")]),
    ),
  })),
  "JSON that is very deep": fc
    .integer({ min: 33, max: 20_000 })
    .map((depth) => ({ bytes: post("/v1/cameras/", JSON_TYPE(), `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`) })),
  "a length that is too small": fc
    .integer({ min: 1, max: 9 })
    .map((length) => ({ bytes: post("/v1/cameras/", JSON_TYPE(), '{"name":"x"}', length) })),
  "a length that is too big": fc
    .integer({ min: 13, max: 1_000_000 })
    .map((length) => ({ bytes: post("/v1/cameras/", JSON_TYPE(), '{"name":"x"}', length), ends: true })),
  "a length that is none": fc
    .constantFrom("-1", "abc", "1e3", "0x10", "", " ", "1, 2", "99999999999999999999", "5.5", "+5")
    .map((length) => ({ bytes: post("/v1/cameras/", JSON_TYPE(), "{}", length) })),
  "two lengths": fc.constantFrom("5", "2", "0").map((length) => ({
    bytes: post("/v1/cameras/", `${JSON_TYPE()}Content-Length: ${length}\r\n`, '{"name":1}'),
  })),
  "an encoding of the transfer that is broken": fc
    .constantFrom(
      "zz\r\n{}\r\n0\r\n\r\n",
      "-1\r\n{}\r\n",
      "2\r\n{}xx\r\n0\r\n\r\n",
      "fffffffffffffffff\r\n{}",
      "\r\n\r\n",
      "2;\0\r\n{}\r\n0\r\n\r\n",
    )
    .map((chunks) => ({ bytes: rawPost(`${JSON_TYPE()}Transfer-Encoding: chunked\r\n`, chunks), ends: true })),
  "an encoding of the transfer that does not exist": fc
    .constantFrom("gzip", "identity", "chunked, gzip", "xchunked", "chunked\r\nContent-Length: 2")
    .map((encoding) => ({ bytes: rawPost(`${JSON_TYPE()}Transfer-Encoding: ${encoding}\r\n`, "{}"), ends: true })),
  "an encoding of the body": fc
    .tuple(fc.constantFrom("gzip", "br", "deflate", "x", "gzip, gzip", "zstd"), fc.uint8Array())
    .map(([encoding, bytes]) => ({
      bytes: post("/v1/cameras/", `${JSON_TYPE()}Content-Encoding: ${encoding}\r\n`, Buffer.from(bytes)),
    })),
  "a content type that is not taken": fc
    .constantFrom(
      "text/plain",
      "application/xml",
      "image/png",
      "application/json; charset=utf-16",
      "",
      ";;;",
      "json",
      "multipart/form-data",
      "application/x-www-form-urlencoded",
    )
    .map((type) => ({ bytes: post("/v1/cameras/", `Content-Type: ${type}\r\n`, '{"name":"x"}') })),
  "no content type": fc.constant({ bytes: post("/v1/cameras/", "", '{"name":"x"}') }),
  "multipart that is broken": fc
    .tuple(fc.constantFrom("", "; boundary=", "; boundary=b", '; boundary="b', "; boundary=b; boundary=c"), fc.string())
    .map(([parameters, body]) => ({
      bytes: post("/oauth/token/", `Content-Type: multipart/form-data${parameters}\r\n`, `--b\r\n${body}`),
    })),
  "an address that is too long": fc
    .integer({ min: 8_200, max: 60_000 })
    .map((length) => ({ bytes: get(`/v1/cameras/?tags=${"a".repeat(length)}`) })),
  "headers that are too long": fc
    .integer({ min: 66_000, max: 200_000 })
    .map((length) => ({ bytes: get("/v1/me/", `X-Long: ${"a".repeat(length)}\r\n`) })),
  "an address with forbidden bytes": fc
    .tuple(text, fc.constantFrom("\0", "\x01", "\x7f", "\xe9", '"', "<", "\\", "#", " ", "\t"), text)
    .map(([before, bad, after]) => ({ bytes: get(`/v1/cameras/${before}${bad}${after}/`), ends: true })),
  "a method that is not allowed": fc
    .constantFrom("PATCH", "TRACE", "CONNECT", "PROPFIND", "OPTIONS", "PUT", "DELETE", "QUERY")
    .map((method) => ({ bytes: Buffer.from(`${method} /v1/cameras/ HTTP/1.1\r\n${COMMON()}\r\n`) })),
  "a method that does not exist": fc
    .constantFrom("get", "FOO", "G\0T", "GETT", "%47ET", "ÄÖ", "123")
    .map((method) => ({ bytes: Buffer.from(`${method} /v1/cameras/ HTTP/1.1\r\n${COMMON()}\r\n`), ends: true })),
  "a version that does not exist": fc
    .constantFrom("HTTP/9.9", "HTTP/1", "HTTQ/1.1", "HTTP/2.0", "http/1.1", "")
    .map((version) => ({ bytes: Buffer.from(`GET /v1/me/ ${version}\r\n${COMMON()}\r\n`), ends: true })),
  "a host that is none": fc
    .constantFrom("", "Host: \r\n", "Host: a b\r\n", "Host: http://x\r\n", "Host: x:99999999\r\n", "Host: x/y\r\n")
    .map((host) => ({ bytes: Buffer.from(`GET /v1/me/ HTTP/1.1\r\n${host}Authorization: Bearer x\r\n\r\n`) })),
  "an address that is no path": fc
    .constantFrom("*", "http://angelcam.example/v1/me/", "v1/me/", "angelcam.example:80", "?limit=5")
    .map((target) => ({ bytes: get(target), ends: true })),
  "a path that leads out": fc
    .constantFrom(
      "/v1/cameras/../me/",
      "/v1/./cameras/",
      "/v1/cameras/%2e%2e/",
      "//v1/me/",
      "/v1//me/",
      "/../../etc/passwd",
      "/v1/me/..%2f",
    )
    .map((target) => ({ bytes: get(target) })),
  "headers that are broken": fc
    .constantFrom("No-Colon\r\n", "Bad Name: x\r\n", ": x\r\n", "X: a\0b\r\n", "X\x01: a\r\n", "\r \r\n", "Ä: x\r\n")
    .map((header) => ({ bytes: get("/v1/me/", header), ends: true })),
  "an unknown expectation": fc
    .constantFrom("200-ok", "coffee")
    .map((expectation) => ({ bytes: get("/v1/me/", `Expect: ${expectation}\r\n`) })),
  "an response that there is not": fc
    .constantFrom(
      "Accept: text/html",
      "Accept: image/*",
      "Prefer: code=599",
      "Prefer: example=none",
      "Prefer: code=abc",
      "Prefer: code=-1",
      "Prefer: code=200, example=none",
    )
    .map((header) => ({ bytes: get("/v1/cameras/", `${header}\r\n`) })),
  "another protocol": fc
    .constantFrom(
      "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      "SSH-2.0-OpenSSH_9.6\r\n",
      "EHLO x\r\n",
      "\0\0\0\0",
    )
    .map((start) => ({ bytes: Buffer.from(start, "latin1"), ends: true })),
  "random bytes": fc
    .uint8Array({ minLength: 1, maxLength: 300 })
    .filter((bytes) => bytes.some((byte) => byte !== 10 && byte !== 13))
    .map((bytes) => ({ bytes: Buffer.from(bytes), ends: true })),
  "a request with a byte changed": fc
    .tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff))
    .map(([index, byte]) => {
      const bytes = get("/v1/cameras/20311/clips/?created_by=1");
      bytes[index] = byte;
      return { bytes, ends: true };
    }),
};

const FORM_TYPE = "Content-Type: application/x-www-form-urlencoded\r\n";

function JSON_TYPE(): string {
  return "Content-Type: application/json\r\n";
}

function COMMON(): string {
  return "Host: 127.0.0.1\r\nAuthorization: Bearer x\r\n";
}

function get(target: string, headers = ""): Buffer {
  return Buffer.from(`GET ${target} HTTP/1.1\r\n${COMMON()}${headers}\r\n`, "latin1");
}

function post(path: string, headers: string, body: string | Buffer, length?: number | string): Buffer {
  const bytes = Buffer.from(body as string);
  const head = `POST ${path} HTTP/1.1\r\n${COMMON()}${headers}Content-Length: ${length ?? bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

/** A body with no length of its own. */
function rawPost(headers: string, body: string): Buffer {
  return Buffer.from(`POST /v1/cameras/ HTTP/1.1\r\n${COMMON()}${headers}\r\n${body}`, "latin1");
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
