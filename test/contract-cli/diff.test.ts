import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import ours from "../../generated/openapi.json" with { type: "json" };
import { compareDocuments } from "../../src/contract-cli/compare-documents.ts";
import type { DiffReport } from "../../src/contract-cli/diff-run.ts";
import { main } from "../../src/contract-cli/main.ts";
import { OpenApiDocument } from "../../src/openapi/openapi-document.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "angelcam-diff-"));
});

afterAll(() => rm(folder, { recursive: true }));

/** A small document; each case changes one thing in it. */
function small() {
  return {
    openapi: "3.1.0",
    servers: [{ url: "https://api.angelcam.com" }],
    paths: {
      "/v1/cameras/": {
        get: {
          operationId: "cameras.list",
          parameters: [{ name: "limit", in: "query", required: false, schema: { type: "integer" } } as Parameter],
          responses: {
            "200": { content: { "application/json": { schema: { $ref: "#/components/schemas/Page" } } } },
            "401": {},
          } as Record<string, object>,
        },
      },
      "/v1/cameras/{camera_id}/": {
        get: {
          operationId: "cameras.get",
          responses: {
            "200": { content: { "application/json": { schema: { $ref: "#/components/schemas/Camera" } } } },
          },
        },
      },
    } as Record<string, unknown> & {
      "/v1/cameras/": { get: { parameters: Parameter[]; responses: Record<string, object> } };
    },
    components: {
      schemas: {
        Page: {
          type: "object",
          properties: { results: { type: "array", items: { $ref: "#/components/schemas/Camera" } } },
        },
        Camera: {
          type: "object",
          required: ["id"],
          properties: {
            id: { type: "integer" },
            name: { type: ["string", "null"] },
            status: { type: "string", enum: ["online", "offline"] },
            created: { type: "string", format: "date-time" },
          } as Record<string, object>,
        },
      },
    },
  };
}

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: object;
}

type Small = ReturnType<typeof small>;

const CASES: readonly [string, (other: Small) => void, object][] = [
  [
    "an operation that only they have",
    (other) => Object.assign(other.paths, { "/v1/zones/": { get: { responses: {} } } }),
    { kind: "operation", location: "GET /v1/zones/", ours: undefined, theirs: "GET /v1/zones/" },
  ],
  [
    "an operation that only we have",
    (other) => delete other.paths["/v1/cameras/{camera_id}/"],
    { kind: "operation", location: "cameras.get", ours: "GET /v1/cameras/{camera_id}/", theirs: undefined },
  ],
  [
    "a parameter that only they have",
    (other) => other.paths["/v1/cameras/"].get.parameters.push({ name: "q", in: "query", required: false, schema: {} }),
    { kind: "parameter", location: "cameras.list query q", ours: undefined, theirs: "q" },
  ],
  [
    "a parameter that they require",
    (other) => Object.assign(other.paths["/v1/cameras/"].get.parameters[0] ?? {}, { required: true }),
    { kind: "parameter_required", location: "cameras.list query limit", ours: "false", theirs: "true" },
  ],
  [
    "a status that only we have",
    (other) => delete other.paths["/v1/cameras/"].get.responses["401"],
    { kind: "status", location: "cameras.list 401", ours: "401", theirs: undefined },
  ],
  [
    "a field that only they have, in two operations",
    (other) => Object.assign(other.components.schemas.Camera.properties, { zone: { type: "string" } }),
    { kind: "field", location: "Camera.zone", ours: undefined, theirs: "zone" },
  ],
  [
    "a field of another type",
    (other) => Object.assign(other.components.schemas.Camera.properties, { id: { type: "string" } }),
    { kind: "type", location: "Camera.id", ours: "integer", theirs: "string" },
  ],
  [
    "a field that is null in ours only",
    (other) => Object.assign(other.components.schemas.Camera.properties, { name: { type: "string" } }),
    { kind: "nullable", location: "Camera.name", ours: "true", theirs: "false" },
  ],
  [
    "a field that they do not promise",
    (other) => Object.assign(other.components.schemas.Camera, { required: [] }),
    { kind: "field_required", location: "Camera.id (response)", ours: "true", theirs: "false" },
  ],
  [
    "an enum with another value",
    (other) =>
      Object.assign(other.components.schemas.Camera.properties, {
        status: { type: "string", enum: ["online", "off"] },
      }),
    { kind: "enum", location: "Camera.status", ours: '"offline", "online"', theirs: '"off", "online"' },
  ],
  [
    "another format",
    (other) =>
      Object.assign(other.components.schemas.Camera.properties, { created: { type: "string", format: "date" } }),
    { kind: "format", location: "Camera.created", ours: "date-time", theirs: "date" },
  ],
  [
    "a path twice, with another name for its parameter: the one like ours is compared",
    (other) => {
      const twin = { get: { responses: {} } };
      other.servers = [{ url: "https://api.angelcam.com/v1" }];
      other.paths = { "/cameras/{mac}/": twin, ...withoutVersion(other) } as unknown as Small["paths"];
    },
    { kind: "operation", location: "GET /cameras/{mac}/", ours: undefined, theirs: "GET /cameras/{mac}/" },
  ],
];

describe("two documents differ in exactly one point:", () => {
  test.each(CASES)("%s", (_, change, difference) => {
    const other = small();
    change(other);
    expect(compareDocuments(new OpenApiDocument(small()), new OpenApiDocument(other))).toEqual([difference]);
  });
});

describe("two documents are the same, although", () => {
  const SAME: readonly [string, (other: Small) => unknown, ((own: Small) => unknown)?][] = [
    ["nothing was changed", () => undefined],
    [
      "a path parameter has another name, the path no slash at its end, and the server a path of its own",
      (other) => {
        other.servers = [{ url: "https://api.angelcam.com/v1" }];
        const { "/v1/cameras/": list, "/v1/cameras/{camera_id}/": get } = other.paths;
        other.paths = { "/cameras": list, "/cameras/{id}": get } as unknown as Small["paths"];
      },
    ],
    [
      "the path of their server is a variable",
      (other) => {
        const variables = { host: { default: "api.angelcam.com" }, version: { default: "v1" } };
        other.servers = [{ url: "https://{host}/{version}/", variables } as Small["servers"][number]];
        other.paths = withoutVersion(other);
      },
    ],
    ...["v1", "./v1/", "/v1", "//api.angelcam.com/v1"].map((url): (typeof SAME)[number] => [
      `the address of their server is ${url}`,
      (other) => {
        other.servers = [{ url }];
        other.paths = withoutVersion(other);
      },
    ]),
    [
      "a header is written in small letters",
      (other) => other.paths["/v1/cameras/"].get.parameters.push(spaceHeader("x-space-id")),
      (own) => own.paths["/v1/cameras/"].get.parameters.push(spaceHeader("X-Space-Id")),
    ],
    [
      "it has headers among its parameters that OpenAPI describes elsewhere",
      (other) =>
        other.paths["/v1/cameras/"].get.parameters.push(
          ...["Authorization", "accept", "Content-Type"].map(spaceHeader),
        ),
    ],
    [
      "a parameter has a content type instead of a schema",
      (other) => {
        const { schema, ...rest } = other.paths["/v1/cameras/"].get.parameters[0] as Parameter;
        other.paths["/v1/cameras/"].get.parameters = [
          { ...rest, content: { "application/json": { schema } } } as unknown as Parameter,
        ];
      },
    ],
    [
      "it has extensions, and parts that are left empty",
      (other) => {
        Object.assign(other.paths, { "x-owner": null, "x-team": "cameras", "/v1/empty/": null });
        Object.assign(other.paths["/v1/cameras/"].get.responses, { "x-cached": "no", 401: null });
      },
    ],
    [
      "null is a branch of its own without a type",
      (other) =>
        Object.assign(other.components.schemas.Camera.properties, {
          name: { oneOf: [{ type: "string" }, { enum: [null] }] },
        }),
    ],
    [
      "nullability is written as OpenAPI 3.0 does",
      (other) =>
        Object.assign(other.components.schemas.Camera.properties, { name: { type: "string", nullable: true } }),
    ],
    [
      "it has one schema for both directions, with fields that only one side sends",
      (other) => {
        const password = { type: "string", writeOnly: true };
        Object.assign(other.components.schemas.Camera.properties, { password });
        const { id, ...rest } = other.components.schemas.Camera.properties;
        const body = { properties: { id: { ...id, readOnly: true }, password, ...rest } };
        Object.assign(other.paths["/v1/cameras/"], { post: postOf(body) });
      },
      (own) => {
        const { id: _, ...rest } = own.components.schemas.Camera.properties;
        const body = { properties: { password: { type: "string" }, ...rest } };
        Object.assign(own.paths["/v1/cameras/"], { post: postOf(body) });
      },
    ],
    [
      "nullability is written beside a $ref",
      (other) =>
        Object.assign(other.components.schemas.Page.properties, {
          first: { $ref: "#/components/schemas/Camera", nullable: true },
        }),
      (own) =>
        Object.assign(own.components.schemas.Page.properties, {
          first: { oneOf: [{ $ref: "#/components/schemas/Camera" }, { type: "null" }] },
        }),
    ],
    [
      "a shared schema is written where it is used",
      (other) =>
        Object.assign(other.components.schemas.Page.properties.results, { items: other.components.schemas.Camera }),
    ],
    [
      "fields come by allOf",
      (other) => {
        const { properties, ...rest } = other.components.schemas.Camera;
        Object.assign(other.components.schemas, { Camera: { ...rest, allOf: [{ type: "object", properties }] } });
      },
    ],
  ];

  test.each(SAME)("%s", (_, change, changeOwn) => {
    const [own, other] = [small(), small()];
    change(other);
    changeOwn?.(own);
    expect(compareDocuments(new OpenApiDocument(own), new OpenApiDocument(other))).toEqual([]);
  });
});

/** The paths below `/v1/`, which the server has then. */
function withoutVersion({ paths }: Small): Small["paths"] {
  const entries = Object.entries(paths).map(([name, item]) => [name.replace("/v1", ""), item]);
  return Object.fromEntries(entries) as Small["paths"];
}

function postOf(schema: object): object {
  return { operationId: "cameras.create", requestBody: { content: { "application/json": { schema } } }, responses: {} };
}

function spaceHeader(name: string): Parameter {
  return { name, in: "header", required: false, schema: { type: "string" } };
}

test("a schema that holds itself is compared, and ends", () => {
  const recursive = small();
  Object.assign(recursive.components.schemas.Camera.properties, { twin: { $ref: "#/components/schemas/Camera" } });
  const document = new OpenApiDocument(recursive);
  expect(compareDocuments(document, document)).toEqual([]);
});

describe("the command", () => {
  test("finds no drift in our own document, and exits with 0", async () => {
    const { code, lines, report } = await diff(ours);
    expect([code, lines.at(-1)]).toEqual([0, "No drift: 0 new, 0 known, 0 no longer there"]);
    expect(report).toEqual({ passed: true, differences: [], known: [], leftovers: [] });
  });

  test("prints a difference, writes it for programs, and exits with 1; known ones are accepted until they are gone", async () => {
    const other = structuredClone(ours);
    Object.assign(other.components.schemas.Camera.properties, { colour: { type: "string" } });
    const { code, lines, report } = await diff(other);
    expect([code, lines]).toEqual([
      1,
      ["field Camera.colour: only in the other document", "DRIFT: 1 new, 0 known, 0 no longer there"],
    ]);
    expect(report.differences).toEqual([{ kind: "field", location: "Camera.colour", theirs: "colour" }]);

    const known = "- kind: field\n  location: Camera.colour\n  reason: Seen in release 12, never sent.\n";
    const accepted = await diff(other, known);
    expect([accepted.code, accepted.report.known]).toEqual([
      0,
      [expect.objectContaining({ location: "Camera.colour", reason: "Seen in release 12, never sent." })],
    ]);
    const gone = await diff(ours, known);
    expect([gone.code, gone.lines[0]]).toEqual([
      1,
      expect.stringContaining("known, but no longer there: field Camera.colour"),
    ]);
  });

  test("takes a whole family of known differences", async () => {
    const other = structuredClone(ours);
    Object.assign(other.components.schemas.Camera.properties, { colour: {}, size: {} });
    expect((await diff(other, "- location: Camera.*\n  reason: Not ours.\n")).code).toBe(0);
  });

  test.each([
    ["a part that is not there", { $ref: "#/components/schemas/Nothing" }, "refers to #/components/schemas/Nothing"],
    ["a part of another file", { $ref: "camera.yaml" }, "Bundle it first"],
    ["itself", { $ref: "#/components/schemas/Camera" }, "back to itself"],
  ])("cannot begin with a document that refers to %s", async (_, schema, problem) => {
    const other = structuredClone(ours);
    Object.assign(other.components.schemas, { Camera: schema });
    const file = path.join(folder, "refers.json");
    await writeFile(file, JSON.stringify(other));
    const complaints: string[] = [];
    const surroundings = { environment: {}, print: () => {}, complain: (line: string) => complaints.push(line) };
    expect([await main(["diff", file], surroundings), complaints.join()]).toEqual([
      2,
      expect.stringContaining(problem),
    ]);
  });

  test("reads YAML whose anchors are merged, and used 150 times", async () => {
    const { "200": ok, ...errors } = ours.paths["/v1/me/"].get.responses;
    const all = JSON.stringify(ours);
    const written = JSON.stringify(ours.paths["/v1/me/"].get.responses);
    const merged = `{ <<: *errors, "200": ${JSON.stringify(ok)} }`;
    const many = Array.from({ length: 150 }, (_, index) => `"/v1/${index}/": { get: { responses: *errors } }`).join(
      ", ",
    );
    const yaml = `{ x-errors: &errors ${JSON.stringify(errors)}, ${all.slice(1)}`
      .replace(written, merged)
      .replace('"paths":{', `"paths":{ ${many}, `);
    const { lines } = await diff(yaml);
    expect([lines[0], lines.at(-1)]).toEqual([
      "operation GET /v1/0/: only in the other document (GET /v1/0/)",
      "DRIFT: 150 new, 0 known, 0 no longer there",
    ]);
  });

  test("cannot begin with Swagger 2.0, and says so", async () => {
    const file = path.join(folder, "swagger.json");
    await writeFile(file, JSON.stringify({ swagger: "2.0", paths: { "/cameras/": { get: { responses: {} } } } }));
    const complaints: string[] = [];
    const surroundings = { environment: {}, print: () => {}, complain: (line: string) => complaints.push(line) };
    expect([await main(["diff", file], surroundings), complaints]).toEqual([
      2,
      [`${file} cannot be read: it is Swagger 2.0; convert it to OpenAPI 3 first`],
    ]);
  });

  test("cannot begin with a known difference whose location is a number", async () => {
    const [file, known] = ["same.json", "numbers.yaml"].map((name) => path.join(folder, name));
    await writeFile(String(file), JSON.stringify(ours));
    await writeFile(String(known), "- location: 5\n  reason: Not ours.\n");
    const complaints: string[] = [];
    const surroundings = { environment: {}, print: () => {}, complain: (line: string) => complaints.push(line) };
    const code = await main(["diff", String(file), "--known", String(known)], surroundings);
    expect([code, complaints.join()]).toEqual([2, expect.stringContaining("entry 1 has no location")]);
  });

  test.each([
    ["a file that is not there", ["diff", "/no/such.yaml"], "/no/such.yaml cannot be read"],
    ["no file", ["diff"], "diff takes one file"],
    ["an unknown option", ["diff", "a.yaml", "--colour"], "Unknown option '--colour'"],
  ])("cannot begin with %s", async (_, words, problem) => {
    const complaints: string[] = [];
    const code = await main(words, { environment: {}, print: () => {}, complain: (line) => complaints.push(line) });
    expect([code, complaints.join()]).toEqual([2, expect.stringContaining(problem)]);
  });
});

async function diff(document: object | string, known?: string) {
  const [file, json, list] = ["other.json", "report.json", "known.yaml"].map((name) => path.join(folder, name));
  await writeFile(String(file), typeof document === "string" ? document : JSON.stringify(document));
  if (known !== undefined) await writeFile(String(list), known);
  const lines: string[] = [];
  const words = [
    "diff",
    String(file),
    "--json",
    String(json),
    ...(known === undefined ? [] : ["--known", String(list)]),
  ];
  const code = await main(words, {
    environment: {},
    print: (line) => lines.push(line),
    complain: (line) => lines.push(line),
  });
  return { code, lines, report: JSON.parse(await readFile(String(json), "utf8")) as DiffReport };
}
