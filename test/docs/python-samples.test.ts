import { describe, expect, inject, test } from "vitest";
import { python } from "../../scripts/docs/content/python.ts";
import type { Document } from "../../scripts/generate/document.ts";
import { operationsOf, type SampleRequest, sampleRequest } from "../../scripts/shared/sample-request.ts";
import { readDocument } from "../spec/document.ts";
import { pythonVersion, runPython } from "../support/python.ts";
import { testAll } from "../support/test-all.ts";

const document = readDocument() as unknown as Document;
const operations = operationsOf(document);
const GET: SampleRequest = {
  method: "GET",
  url: "https://api.test/v1/me/",
  headers: {},
  redirects: false,
  returnsJson: true,
};

const version = await pythonVersion();
if (version === undefined) {
  console.error("NOT CHECKED: there is no python3 on this machine, so nobody has run the Python samples of the docs.");
}

describe.skipIf(version === undefined)(`with ${version ?? "no python3: NOT CHECKED"}`, () => {
  test("the Python sample of every operation is a program that runs, and a request that the mock accepts", async () => {
    const programs = operations.map((place) => {
      const onMock = { ...place, servers: [{ url: inject("prismOrigin") }] };
      return { id: place.id, source: python(sampleRequest(document, onMock)) };
    });
    const outcomes = await runPython(programs, { ACCESS_TOKEN: "1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ" });
    expect(outcomes.map(({ id }) => id)).toEqual(operations.map(({ id }) => id));
    expect(outcomes.filter(({ error }) => error !== null)).toEqual([]);
    for (const { id, printed } of outcomes) expect(printed.trim(), id).not.toBe("");
  });

  test("a program that fails is told of, and the others run on", async () => {
    const programs = [
      { id: "broken", source: "print(" },
      { id: "whole", source: 'import os\nprint(os.environ["NAME"])' },
    ];
    const [broken, whole] = await runPython(programs, { NAME: "Lena" });
    expect(broken?.error).toMatch(/^SyntaxError/);
    expect(whole).toEqual({ id: "whole", printed: "Lena\n", error: null });
  });

  test("a value arrives in Python as it is in JSON", async () => {
    const json = {
      name: 'It\'s the "front" door \\ {x} 📷',
      on: true,
      off: false,
      none: null,
      tags: ["$5", 1.5],
      deep: { a: [] },
    };
    const source = python({ ...GET, method: "POST", json }).replace(
      /with urlopen[\s\S]*/,
      "print(request.data.decode())",
    );
    const [outcome] = await runPython([{ id: "json", source }], {});
    expect(outcome?.error).toBeNull();
    expect(JSON.parse(outcome?.printed ?? "")).toEqual(json);
  });

  test("the token of the reader goes into the header", async () => {
    const source = python({ ...GET, headers: { Authorization: "Bearer $ACCESS_TOKEN" } }).replace(
      /with urlopen[\s\S]*/,
      'print(request.get_header("Authorization"))',
    );
    const [outcome] = await runPython([{ id: "token", source }], { ACCESS_TOKEN: "my own token" });
    expect(outcome).toMatchObject({ error: null, printed: "Bearer my own token\n" });
  });
});

testAll("the Python sample of each operation needs nothing but the standard library", operations, "$id", (place) => {
  const imports = python(sampleRequest(document, place)).match(/^(?:import|from) [\w.]+/gm) ?? [];
  const standard = ["import json", "import os", "from urllib.parse", "from urllib.request", "from http.client"];
  expect(imports.length).toBeGreaterThan(0);
  for (const line of imports) expect(standard).toContain(line);
});

test.each([
  ["GET", undefined, ""],
  ["DELETE", undefined, 'method="DELETE"'],
  ["POST", undefined, 'method="POST"'],
  ["POST", { name: "x" }, ""],
  ["PUT", { name: "x" }, 'method="PUT"'],
])("the method %s with body %o is named only where urllib would not guess it", (method, json, expected) => {
  const [named = ""] = python({ ...GET, method, ...(json ? { json } : {}) }).match(/method="\w+"/) ?? [];
  expect(named).toBe(expected);
});
