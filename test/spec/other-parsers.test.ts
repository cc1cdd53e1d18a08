import SwaggerParser from "@apidevtools/swagger-parser";
import { validate } from "@scalar/openapi-parser";
import { convertV2 } from "openapi-to-postmanv2";
import { describe, expect, test } from "vitest";
import { type Document, operationsOf, readDocument } from "./document.ts";

const document = readDocument();

/** The parsers by name; each returns the problems that it finds in a document. */
const PARSERS: Readonly<Record<string, (document: Document) => Promise<string[]>>> = {
  async "@apidevtools/swagger-parser"(spec) {
    const text = JSON.parse(JSON.stringify(spec));
    const result = await SwaggerParser.validate(text).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    return result === undefined ? [] : [result];
  },
  async "@scalar/openapi-parser"(spec) {
    const { valid, errors = [] } = await validate(structuredClone(spec) as unknown as Record<string, unknown>);
    return valid ? [] : ["not valid", ...errors.map(({ message }) => message)];
  },
  async "openapi-to-postmanv2"(spec) {
    const { result, reason } = await convert(spec).catch((error: unknown) => ({
      result: false,
      reason: String(error),
    }));
    return result ? [] : [reason ?? "no reason given"];
  },
};

describe.each(Object.entries(PARSERS))("%s", (_name, problemsOf) => {
  test("accepts the document", async () => {
    expect(await problemsOf(document)).toEqual([]);
  });

  test("rejects a document without info", async () => {
    const { info: _, ...broken } = document;
    expect(await problemsOf(broken as Document)).not.toEqual([]);
  });
});

test("swagger-parser rejects an unknown key of a server variable", async () => {
  const broken = structuredClone(document) as unknown as { paths: Record<string, { servers?: ServerWithVariables[] }> };
  const variable = broken.paths["/recording/streams/{stream_id}/"]?.servers?.[0]?.variables?.streamer;
  Object.assign(variable ?? {}, { description: "Not in the first JSON Schema of OpenAPI 3.1." });
  expect(await PARSERS["@apidevtools/swagger-parser"]?.(broken as unknown as Document)).not.toEqual([]);
});

test("openapi-to-postmanv2 makes one request of each operation", async () => {
  const { output } = await convert(document);
  expect(requestsIn(output?.[0]?.data as PostmanItem)).toBe(operationsOf(document).length);
});

interface ServerWithVariables {
  variables?: Record<string, object>;
}

interface PostmanItem {
  request?: object;
  item?: PostmanItem[];
}

interface Conversion {
  readonly result: boolean;
  readonly reason?: string;
  readonly output?: readonly { readonly data: unknown }[];
}

function convert(spec: Document): Promise<Conversion> {
  return new Promise((resolve, reject) => {
    convertV2({ type: "json", data: JSON.parse(JSON.stringify(spec)) }, {}, (error, result) =>
      result ? resolve(result as Conversion) : reject(error),
    );
  });
}

function requestsIn({ request, item = [] }: PostmanItem = {}): number {
  return item.reduce((count, one) => count + requestsIn(one), request ? 1 : 0);
}
