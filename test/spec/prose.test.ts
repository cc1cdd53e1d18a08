import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "../prose/code-blocks.ts";
import { RECIPES } from "../recipes/pages.ts";
import { testAll } from "../support/test-all.ts";
import { type Document, operationsOf, readDocument, resolve, type Schema } from "./document.ts";

const SPEC = new URL("../../spec/", import.meta.url);
const document = readDocument();
const texts = textsOf(document);

describe("everything in the document is explained", () => {
  test.each(["operation", "parameter", "request", "response", "header", "schema", "property", "scheme", "scope"])(
    "every %s has a description that is a sentence",
    (kind) => {
      const ofKind = texts.filter((text) => text.kind === kind);
      expect(ofKind.length).toBeGreaterThan(0);
      expect(ofKind.filter(({ text }) => !/\.$/.test(text?.trim() ?? "")).map(({ where }) => where)).toEqual([]);
    },
  );

  test("a property without a description would be found", () => {
    const damaged = structuredClone(document);
    delete damaged.components.schemas.Stream?.properties?.url?.description;
    expect(textsOf(damaged).filter(({ text }) => !text)).toEqual([{ kind: "property", where: "Stream.url" }]);
  });

  test("every schema has a title of its own", () => {
    const titles = Object.values(document.components.schemas).map(({ title }) => title);
    expect(titles).not.toContain(undefined);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test("every tag has a description, and every operation has one of these tags", () => {
    const names = document.tags.map(({ name }) => name);
    expect(document.tags.filter(({ description }) => !description)).toEqual([]);
    for (const { operation } of operationsOf(document)) expect(names).toContain(operation.tags?.[0]);
  });
});

/** Criticism of sources, and words that the vocabulary replaces. What is not documented is a note: `Undocumented: …`. */
const FORBIDDEN =
  /\b(answer(s|ed)?|journey|spent|whoever|nobody|somebody|older texts?|no (text|source)|texts (of|from)|published|live answers|not documented|stands? (in|behind)|tells?|told|refuse[ds]?)\b/i;

describe("the reference speaks the field's language", () => {
  const reference = { ...document, info: {}, tags: [] };

  test("no summary or description has a forbidden word", () => {
    const found = proseOf(reference).filter(({ text }) => FORBIDDEN.test(withoutCode(text)));
    expect(proseOf(reference).length).toBeGreaterThan(1000);
    expect(found).toEqual([]);
  });

  test("what is not documented is a note of one form", () => {
    const notes = proseOf(reference).filter(({ text }) => /undocumented/i.test(text));
    expect(notes.length).toBeGreaterThan(20);
    expect(notes.filter(({ text }) => !/(^|[.\n]\s*)Undocumented:\s\S/.test(text))).toEqual([]);
  });

  test("a forbidden word would be found", () => {
    const damaged = structuredClone(document);
    Object.assign(damaged.components.schemas.Stream ?? {}, { description: "Older texts call it something else." });
    const found = proseOf(damaged.components).filter(({ text }) => FORBIDDEN.test(text));
    expect(found).toEqual([{ where: "/schemas/Stream/description", text: "Older texts call it something else." }]);
  });
});

describe("guides and samples", () => {
  const guides = readdirSync(new URL("guides/", SPEC), { recursive: true })
    .map(String)
    // test/recipes checks the blocks of the recipes.
    .filter((name) => name.endsWith(".md") && !RECIPES.includes(path.basename(name, ".md")));

  testAll("every code block of a guide is closed and says its language", guides, "$", (name) => {
    const fences = readFileSync(new URL(`guides/${name}`, SPEC), "utf8").match(/^```.*$/gm) ?? [];
    expect(fences.length % 2).toBe(0);
    for (const [index, fence] of fences.entries()) {
      expect(index % 2 === 0 ? LANGUAGES.map((language) => `\`\`\`${language}`) : ["```"]).toContain(fence);
    }
  });

  testAll(
    "every operation has its sample",
    operationsOf(document).map(({ operation }) => operation.operationId),
    "$",
    (operationId) => {
      const sample = readFileSync(new URL(`samples/${operationId}.ts`, SPEC), "utf8");
      expect(sample.trim().split("\n").length).toBeLessThanOrEqual(12);
    },
  );
});

/** Every summary and description, but not what is inside the values of examples. */
function proseOf(part: unknown, where = ""): { where: string; text: string }[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => {
    if (key === "value" || key === "example") return [];
    const place = `${where}/${key}`;
    if ((key === "summary" || key === "description") && typeof value === "string")
      return [{ where: place, text: value }];
    return proseOf(value, place);
  });
}

/** Code in backticks holds names and values, such as the message type `answer` of WebRTC. */
function withoutCode(text: string): string {
  return text.replaceAll(/`[^`]*`/g, "");
}

interface Text {
  kind: string;
  where: string;
  text?: string;
}

/** Every description that a reader may look for, whether it is there or not. */
function textsOf(spec: Document): Text[] {
  const operations = operationsOf(spec).flatMap(({ name, operation }) => [
    text("operation", name, operation),
    ...(operation.parameters ?? []).map((parameter) => {
      const whole = resolve(spec, parameter);
      return text("parameter", `${name} ${whole.name}`, whole);
    }),
    ...(operation.requestBody ? [text("request", name, operation.requestBody)] : []),
    ...Object.entries(operation.responses).flatMap(([status, response]) => {
      const whole = resolve(spec, response);
      const headers = Object.entries(whole.headers ?? {}).map(([header, part]) =>
        text("header", `${name} ${status} ${header}`, resolve(spec, part)),
      );
      return [text("response", `${name} ${status}`, whole), ...headers];
    }),
  ]);
  const schemas = Object.entries(spec.components.schemas).flatMap(([name, schema]) => [
    text("schema", name, schema),
    ...propertyTexts(spec, name, schema),
  ]);
  const schemes = Object.entries(spec.components.securitySchemes).flatMap(([name, scheme]) => [
    text("scheme", name, scheme),
    ...Object.values(scheme.flows ?? {}).flatMap(({ scopes }) =>
      Object.entries(scopes).map(([scope, description]) => text("scope", `${name} ${scope}`, { description })),
    ),
  ]);
  return [...operations, ...schemas, ...schemes];
}

function propertyTexts(spec: Document, where: string, schema: Schema): Text[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
    text("property", `${where}.${name}`, { ...resolve(spec, property), ...property }),
    ...propertyTexts(spec, `${where}.${name}`, property),
  ]);
}

function text(kind: string, where: string, { description }: { description?: string }): Text {
  return description === undefined ? { kind, where } : { kind, where, text: description };
}
