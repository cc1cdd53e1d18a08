import { describe, expect, test } from "vitest";
import { type ContractOptions, createContract, formatCoverage } from "../../src/contract/index.ts";
import { messagesOf } from "./support.ts";

// How requests and responses of another document travel, where those of Angelcam's do not travel so.

const servers = [{ url: "https://api.example.com" }];
const responses = { 204: { description: "Done." } };

describe("a parameter", () => {
  const get = {
    operationId: "get",
    responses,
    parameters: [
      { name: "ids", in: "query", explode: false, schema: { type: "array", items: { type: "integer" } } },
      { name: "any", in: "query", schema: {} },
      { name: "words", in: "query", schema: { type: "array" } },
      { name: "X-Sizes", in: "header", schema: { type: "array", items: { type: "integer" } } },
      { name: "session", in: "cookie", required: true, schema: { type: "string" } },
    ],
  };
  const broken = (query: string, headers = {}) => brokenBy({ get }, { query, headers });

  test("that is a list by commas may be empty, and not be there twice", () => {
    expect(broken("ids=1,2")).toEqual([]);
    expect(broken("ids=")).toEqual([]);
    expect(broken("ids=1,b")).toEqual(['get request, query ids/1: must be an integer, got "b"']);
    expect(broken("ids=1&ids=2")).toEqual([
      "get request, query ids: is present 2 times. Separate the values by commas",
    ]);
  });

  test("in a header that is a list goes by commas", () => {
    expect(broken("", { "X-Sizes": "1,2" })).toEqual([]);
    expect(broken("", { "X-Sizes": "1,big" })).toEqual([
      'get request, header X-Sizes/1: must be an integer, got "big"',
    ]);
  });

  test("without a type, or a list without one for its items, may be anything", () => {
    expect(broken("any=7&words=a&words=7")).toEqual([]);
  });

  test("in a cookie is not looked for, and does not count as seen", () => {
    const contract = createContract({ document: { servers, paths: { "/thing": { get } } } });
    expect(contract.checkRequest({ method: "GET", url: "https://api.example.com/thing", headers: {} })).toEqual([]);
    expect(contract.coverage().parameters.missing).toContain("get cookie session");
  });
});

describe("the body of a request", () => {
  const form = {
    type: "object",
    required: ["name"],
    properties: { name: { type: "string" }, size: { type: "integer" } },
  };
  const content = { "multipart/form-data": { schema: form }, "text/plain": { schema: { type: "string" } } };
  const post = { operationId: "post", responses, requestBody: { content } };
  const broken = (headers: Record<string, string>, body: string) => brokenBy({ post }, { headers, body });
  const part = (head: string, value: string) => `--line\r\n${head}\r\n\r\n${value}\r\n`;

  test("that is a form in parts is read by its boundary", () => {
    const headers = { "Content-Type": "multipart/form-data; boundary=line" };
    const named = (name: string) => `Content-Disposition: form-data; name="${name}"`;
    expect(broken(headers, `${part(named("name"), "a")}${part(named("size"), "5")}--line--`)).toEqual([]);
    expect(broken(headers, `${part("Content-Disposition: form-data", "a")}--line--`)).toEqual([
      "post request, body /name: is missing",
      expect.stringContaining("(a name of 0 characters): is not in the document"),
    ]);
  });

  test("that is a form in parts names their boundary", () => {
    const headers = { "Content-Type": "multipart/form-data" };
    expect(broken(headers, `${part("", "a")}--line--`)).toEqual(["post request, body: names no boundary"]);
  });

  test("needs a content type", () => {
    expect(broken({}, "name=a")).toEqual([
      "post request, header Content-Type: is missing; it must be multipart/form-data or text/plain",
    ]);
  });

  test("that is neither JSON nor a form is taken as it is", () => {
    expect(broken({ "Content-Type": "text/plain" }, "anything")).toEqual([]);
  });
});

describe("the headers of a response", () => {
  const limits = { "X-Left": { required: true, schema: { type: "integer" } }, "X-Free": {} };
  const get = { operationId: "get", responses: { 204: { headers: limits } } };
  const broken = (headers: Record<string, string>) => {
    const request = { method: "GET", url: "https://api.example.com/thing", headers: {} };
    const contract = createContract({ document: { servers, paths: { "/thing": { get } } } });
    return messagesOf(contract.checkResponse(request, { status: 204, headers }));
  };

  test("are there where they must be", () => {
    expect(broken({})).toEqual(["get response 204, header X-Left: is missing"]);
    expect(broken({ "X-Left": "few" })).toEqual(['get response 204, header X-Left: must be an integer, got "few"']);
  });

  test("may be anything where the document has no schema for them", () => {
    expect(broken({ "X-Left": "5", "X-Free": "anything" })).toEqual([]);
  });
});

describe("a credential is not requested", () => {
  const securitySchemes = {
    header: { type: "apiKey", in: "header", name: "X-Key" },
    query: { type: "apiKey", in: "query", name: "code" },
  };
  const broken = (security: object[]) =>
    brokenBy({ get: { operationId: "get", responses, security } }, {}, { components: { securitySchemes } });

  test("where the operation may be called without one", () => {
    expect(broken([{ header: [] }])).toEqual(["get request, header X-Key: is missing: the operation needs a token"]);
    expect(broken([{ header: [] }, {}])).toEqual([]);
  });

  test("where it may be in the query", () => {
    expect(broken([{ header: [] }, { query: [] }])).toEqual([]);
  });
});

describe("the address of a request", () => {
  const get = { operationId: "get", responses };
  const at = (url: string, document: object, options: ContractOptions = {}) =>
    messagesOf(
      createContract({ ...options, document: { paths: { "/thing": { get } }, ...document } }).checkRequest({
        method: "GET",
        url,
        headers: {},
      }),
    );

  test("has no slash at its end where the document has none", () => {
    expect(at("https://api.example.com/thing/", { servers })).toEqual([
      "get request, url /thing/: has a slash at its end that the document does not have. Use /thing",
    ]);
  });

  test("may have any host where the document names no server", () => {
    expect(at("http://127.0.0.1:4010/thing", {})).toEqual([]);
  });

  test("is where baseUrl says for a server without a host", () => {
    const relative = { servers: [{ url: "/base" }] };
    const baseUrl = "http://127.0.0.1:4010/base";
    expect(at("http://127.0.0.1:4010/base/thing", relative, { baseUrl })).toEqual([]);
    expect(at("http://127.0.0.1:4011/base/thing", relative, { baseUrl })).toEqual([
      expect.stringContaining("is neither below http://127.0.0.1:4010/base nor on a server of the document"),
    ]);
  });
});

test("a document without paths is rejected, for nothing would be checked", () => {
  expect(() => createContract({ document: { openapi: "3.1.0" } })).toThrow("The OpenAPI document has no operation");
});

test("the table of a coverage has a dash for a kind that the document has none of, and lists all of a few", () => {
  const paths = { "/thing": { get: { operationId: "get", responses }, put: { operationId: "put", responses } } };
  const contract = createContract({ document: { servers, paths } });
  contract.checkRequest({ method: "GET", url: "https://api.example.com/thing", headers: {} });
  const lines = formatCoverage(contract.coverage()).split("\n");
  expect(lines).toContain("| operations | 1         | 2          | 50.0 |");
  expect(lines).toContain("| fields     | 0         | 0          | -    |");
  expect(lines).toContain("Missing operations: `put`");
});

function brokenBy(item: object, { query = "", headers = {}, body = "" } = {}, document = {}): string[] {
  const contract = createContract({ document: { servers, paths: { "/thing": item }, ...document } });
  const [method = ""] = Object.keys(item);
  const url = `https://api.example.com/thing?${query}`;
  return messagesOf(contract.checkRequest({ method, url, headers, bodyText: body }));
}
