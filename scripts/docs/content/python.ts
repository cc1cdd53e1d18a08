import type { SampleRequest } from "../../shared/sample-request.ts";

/**
 * Writes a request as a Python program that needs nothing beyond the standard library.
 *
 * @example
 * ```python
 * import json
 * import os
 * from urllib.request import Request, urlopen
 *
 * request = Request(
 *     "https://api.angelcam.com/v1/cameras/?limit=5",
 *     headers={"Authorization": f"Bearer {os.environ['ACCESS_TOKEN']}"},
 * )
 * with urlopen(request) as response:
 *     print(json.dumps(json.load(response), indent=2))
 * ```
 */
export function python(request: SampleRequest): string {
  // urlopen follows redirects, and here the redirect is the result.
  return request.redirects ? redirect(request) : call(request);
}

function call({ method, url, headers, form, json, returnsJson }: SampleRequest): string {
  const hasBody = form !== undefined || json !== undefined;
  const allHeaders = { ...headers, ...(json === undefined ? {} : { "Content-Type": "application/json" }) };
  const options = [
    literal(url),
    ...(form === undefined ? [] : [`data=urlencode(${literal(form, 1)}).encode()`]),
    ...(json === undefined ? [] : [`data=json.dumps(${literal(json, 1)}).encode()`]),
    ...(Object.keys(allHeaders).length === 0 ? [] : [`headers={${headersOf(allHeaders)}}`]),
    // Without it urllib sends GET, and POST where there is a body.
    ...(method === (hasBody ? "POST" : "GET") ? [] : [`method=${literal(method)}`]),
  ];
  const modules = [
    ...(json !== undefined || returnsJson ? ["import json"] : []),
    ...(usesToken(headers) ? ["import os"] : []),
    ...(form === undefined ? [] : ["from urllib.parse import urlencode"]),
    "from urllib.request import Request, urlopen",
  ];
  return `${modules.join("\n")}

request = Request(
${options.map((option) => `    ${option},`).join("\n")}
)
with urlopen(request) as response:
    print(${returnsJson ? "json.dumps(json.load(response), indent=2)" : "response.status"})`;
}

function redirect({ method, url, headers }: SampleRequest): string {
  const { protocol, host, pathname, search } = new URL(url);
  const connection = protocol === "http:" ? "HTTPConnection" : "HTTPSConnection";
  const withHeaders = Object.keys(headers).length === 0 ? "" : `, headers={${headersOf(headers)}}`;
  return `${usesToken(headers) ? "import os\n" : ""}from http.client import ${connection}

connection = ${connection}(${literal(host)})
connection.request(${literal(method)}, ${literal(pathname + search)}${withHeaders})
response = connection.getresponse()
print(response.status, response.headers["Location"])`;
}

function usesToken(headers: SampleRequest["headers"]): boolean {
  return Object.values(headers).some((value) => value.includes("$ACCESS_TOKEN"));
}

function headersOf(headers: SampleRequest["headers"]): string {
  return Object.entries(headers)
    .map(([name, value]) => `${literal(name)}: ${withVariables(value)}`)
    .join(", ");
}

/** `$NAME` is read from the environment. */
function withVariables(text: string): string {
  if (!/\$[A-Z_]+/.test(text)) return literal(text);
  const quoted = literal(text.replaceAll(/[{}]/g, "$&$&"));
  return `f${quoted.replaceAll(/\$([A-Z_]+)/g, "{os.environ['$1']}")}`;
}

/** A value as Python writes it, on as few lines as fit. */
function literal(value: unknown, depth = 0): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  // The strings and numbers of JSON are those of Python.
  if (typeof value !== "object") return JSON.stringify(value);
  const [open, close, parts] = Array.isArray(value)
    ? ["[", "]", value.map((item) => literal(item, depth + 1))]
    : ["{", "}", Object.entries(value).map(([name, item]) => `${literal(name)}: ${literal(item, depth + 1)}`)];
  const line = `${open}${parts.join(", ")}${close}`;
  if (line.length <= 60 && !line.includes("\n")) return line;
  const indent = "    ".repeat(depth + 1);
  return `${open}\n${parts.map((part) => `${indent}${part},\n`).join("")}${"    ".repeat(depth)}${close}`;
}
