import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { type Document, find, operationsOf, readDocument, resolve, type Schema } from "./document.ts";
import { type Sample, samplesOf, valuesOf } from "./examples.ts";

const document = readDocument();
const samples = samplesOf(document);

describe("examples are valid", () => {
  test.each(["response", "request", "parameter", "header", "schema"] as const)("every %s example", (kind) => {
    const ofKind = samples.filter((sample) => sample.kind === kind);
    expect(ofKind.length).toBeGreaterThan(0);
    expect(violations(document, ofKind)).toEqual([]);
  });

  test("an example with a wrong value would be found", () => {
    const damaged = structuredClone(document);
    Object.assign(find(damaged, "#/components/examples/camera_online/value") as object, { type: "gif" });
    expect(violations(damaged, samplesOf(damaged)).join("\n")).toMatch(
      "GET /v1/cameras/{camera_id}/ 200 online: /type must be equal to one of the allowed values",
    );
  });

  test("every response and every request body has one", () => {
    const bare = operationsOf(document).flatMap(({ name, operation }) => {
      const responses = Object.entries(operation.responses).flatMap(([status, response]) =>
        Object.values(resolve(document, response).content ?? {}).map((part) => ({ where: `${name} ${status}`, part })),
      );
      const requests = Object.values(operation.requestBody?.content ?? {}).map((part) => ({ where: name, part }));
      return [...responses, ...requests].filter(({ part }) => valuesOf(document, part).length === 0);
    });
    expect(bare.map(({ where }) => where)).toEqual([]);
  });
});

describe("the quick start's own values come first", () => {
  test("the tokens", () => {
    expect(firstResponse("/oauth/token/", "post")).toEqual({
      access_token: "1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ",
      refresh_token: "aFBNWhoLnq7hSTEVII5ELd9g20NjxC",
      token_type: "Bearer",
      expires_in: 36000,
      scope: "read write",
    });
  });

  test("the account, with the 12 fields of live responses", () => {
    const account = firstResponse("/v1/me/", "get") as object;
    expect(account).toMatchObject({
      id: 1234,
      email: "user@example.com",
      first_name: "Keyshawn",
      last_name: "Jacobs",
      phone: "+1608494652",
    });
    expect(Object.keys(account)).toHaveLength(12);
    expect(Object.keys(account).sort()).toEqual(
      Object.keys(document.components.schemas.CurrentUser?.properties ?? {}).sort(),
    );
  });

  test("the token request", () => {
    const content = document.paths["/oauth/token/"]?.post?.requestBody?.content;
    const [first] = valuesOf(document, content?.["application/x-www-form-urlencoded"] ?? {});
    expect(first?.[1]).toEqual({
      client_id: "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo",
      grant_type: "password",
      username: "user@example.com",
      password: "secret",
    });
  });

  test("a page of five cameras", () => {
    const page = firstResponse("/v1/cameras/", "get") as ListPage;
    expect(page.next).toBe("https://api.angelcam.com/v1/cameras/?limit=5&offset=5");
    expect(page.results).toHaveLength(5);
  });
});

describe("the example pages of a list belong to one list", () => {
  const lists = operationsOf(document).filter(({ operation }) => operation["x-pagination"] === "offset");

  test("there are such lists", () => {
    expect(lists.length).toBeGreaterThan(0);
  });

  test.each(lists)("$name: following next from the first page meets every item once", ({ operation }) => {
    const content = resolve(document, operation.responses["200"] ?? {}).content?.["application/json"] ?? {};
    const pages = new Map(valuesOf(document, content).map(([name, value]) => [name, value as ListPage]));
    const walked = ["first_page", "middle_page", "last_page"].map((name) => pages.get(name));
    const ids = walked.flatMap((page) => page?.results.map(({ id }) => id) ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    let offset = 0;
    let before: number | undefined;
    for (const page of walked) {
      expect(page?.count).toBe(ids.length);
      expect(offsetOf(page?.previous)).toBe(before);
      before = offset;
      offset += page?.results.length ?? 0;
      expect(offsetOf(page?.next)).toBe(page === walked.at(-1) ? undefined : offset);
    }
    expect(pages.get("empty_page")).toEqual({ count: 0, next: null, previous: null, results: [] });
  });
});

describe("the example pages of a list that only follows next agree with each other", () => {
  const lists = operationsOf(document).filter(({ operation }) => operation["x-pagination"] === "next");

  test.each(lists)("$name", ({ operation, path }) => {
    const content = resolve(document, operation.responses["200"] ?? {}).content?.["application/json"] ?? {};
    const pages = new Map(valuesOf(document, content).map(([name, value]) => [name, value as ListPage]));
    const [whole, first, last] = ["page", "first_page", "last_page"].map((name) => pages.get(name));
    expect(whole ?? first).toBeDefined();
    expect(pages.get("empty_page")).toEqual({ count: 0, next: null, previous: null, results: [] });
    if (whole) expect(whole).toMatchObject({ count: whole.results.length, next: null, previous: null });
    if (first) expect(first.results.length).toBeLessThan(first.count);
    if (first && last) {
      expect(last).toMatchObject({ count: first.count, next: null });
      expect(first.results.length + last.results.length).toBe(first.count);
    }
    const address = new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`);
    const links = [first?.next, last?.previous].filter((link) => typeof link === "string");
    for (const link of links) expect(new URL(link).pathname).toMatch(address);
  });
});

test("times are whole seconds in UTC, as live responses have them; only the position of a playback is finer", () => {
  const responses = JSON.stringify(samples.filter(({ kind }) => kind === "response").map(({ value }) => value));
  const times = responses.match(/(?<!"current_(position|time)":")\d{4}-\d\d-\d\dT[^"]*/g) ?? [];
  expect(times.length).toBeGreaterThan(0);
  expect(times.filter((time) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time))).toEqual([]);
});

test("link tokens have the form of live ones: Base64 of JSON with time and timeout, a dot, 64 hexadecimal digits", () => {
  const links = JSON.stringify(samples).match(/https:[^"]*\?token=[^"]*/g) ?? [];
  expect(links.length).toBeGreaterThan(100);
  for (const link of links) {
    expect(link).toMatch(/\?token=[A-Za-z0-9%]+%2E[0-9a-f]{64}$/);
    const [head = ""] = (new URL(link).searchParams.get("token") ?? "").split(".");
    const timeout = /\.m3u8\?/.test(link) ? 3600 : /\/download\//.test(link) ? 1200 : 120;
    expect(JSON.parse(atob(head))).toMatchObject({ time: expect.any(Number), timeout });
  }
});

test("the wait in a 429 example is the wait in its header", () => {
  const waits = samples.filter(({ where }) => / 429 /.test(where));
  const seconds = waits.map(({ kind, value }) =>
    kind === "header" ? value : Number(/(\d+)\s*seconds?/.exec((value as { detail: string }).detail)?.[1]),
  );
  expect(new Set(seconds)).toEqual(new Set([24]));
});

interface ListPage {
  count: number;
  next: string | null;
  previous: string | null;
  results: { id: unknown }[];
}

function firstResponse(path: string, method: "get" | "post"): unknown {
  const response = document.paths[path]?.[method]?.responses["200"];
  return valuesOf(document, response?.content?.["application/json"] ?? {})[0]?.[1];
}

function offsetOf(link: string | null | undefined): number | undefined {
  return link ? Number(new URL(link).searchParams.get("offset") ?? 0) : undefined;
}

/** One line for each example that breaks its schema. */
function violations(spec: Document, checked: readonly Sample[]): string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // The components are read once, whatever the number of examples.
  ajv.addSchema({ $id: "document", components: spec.components });
  const validators = new Map<string, ValidateFunction>();
  const validatorOf = (schema: Schema) => {
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/');
    const validator = validators.get(text) ?? ajv.compile(JSON.parse(text));
    validators.set(text, validator);
    return validator;
  };
  return checked.flatMap(({ where, schema, value }) => {
    const validate = validatorOf(schema);
    const errors = validate(value) ? [] : (validate.errors ?? []);
    return errors.map((error) => `${where}: ${error.instancePath} ${error.message}`);
  });
}
