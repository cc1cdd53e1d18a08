import type { OpenApiContent, OpenApiOperation } from "../openapi/operation.ts";
import { partsOf, type References, type Schema } from "../openapi/schema.ts";
import { isForm, isJson, mediaTypeOf, readForm, readJson } from "./body.ts";
import { formatName } from "./format-value.ts";
import { inspect } from "./inspect.ts";
import type { Inspection } from "./inspection.ts";
import { valueOfText } from "./text-value.ts";

/** Checks the body of a request. */
export function checkRequestBody(
  operation: OpenApiOperation,
  headers: Headers,
  text: string,
  inspection: Inspection,
): void {
  const { body } = operation;
  const location = { in: "body", pointer: "" } as const;
  if (!body) {
    if (text !== "") inspection.note({ kind: "body", ...location, text: "must be empty: the operation takes no body" });
    return;
  }
  if (text === "") {
    if (body.required) inspection.note({ kind: "missing", ...location, text: "is missing" });
    return;
  }
  const mediaType = mediaTypeOf(headers);
  const content = body.content[mediaType ?? ""];
  if (mediaType === undefined || !content) {
    noteContentType(Object.keys(body.content), mediaType, inspection);
    return;
  }
  const value = isForm(mediaType)
    ? formValue(content, text, headers, inspection)
    : isJson(mediaType)
      ? jsonValue(text, inspection)
      : undefined;
  if (value !== undefined) inspect(content.schema, `${operation.id} request`, value, location, inspection);
}

function noteContentType(known: readonly string[], mediaType: string | undefined, inspection: Inspection): void {
  inspection.note({
    kind: "content_type",
    in: "header",
    pointer: "Content-Type",
    text: mediaType === undefined ? `is missing; it must be ${known.join(" or ")}` : `must be ${known.join(" or ")}`,
    value: mediaType,
  });
}

function jsonValue(text: string, inspection: Inspection): unknown {
  const read = readJson(text);
  if ("value" in read) return read.value;
  inspection.note({ kind: "unreadable", in: "body", pointer: "", text: read.problem });
  return undefined;
}

/** The fields of a form, as numbers and booleans where their schemas have these. */
function formValue({ schema }: OpenApiContent, text: string, headers: Headers, inspection: Inspection): unknown {
  const fields = readForm(text, headers);
  if ("problem" in fields) {
    inspection.note({ kind: "unreadable", in: "body", pointer: "", text: fields.problem });
    return undefined;
  }
  const value = new Map<string, unknown>();
  for (const [name, part] of fields) {
    if (value.has(name)) {
      inspection.note({
        kind: "repeated",
        in: "body",
        pointer: `/${formatName(name)}`,
        text: "is present more than once",
      });
    }
    const property = propertyOf(schema, name, inspection.references);
    value.set(name, property ? valueOfText(part, property, inspection.references) : part);
  }
  return Object.fromEntries(value);
}

/** The schema of a field, in any branch. */
function propertyOf(schema: Schema, name: string, references: References): Schema | undefined {
  for (const { schema: part } of partsOf(schema, "", references)) {
    const branches = [...(part.oneOf ?? []), ...(part.anyOf ?? [])];
    const { properties = {} } = part;
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const found = own ?? branches.map((one) => propertyOf(one, name, references)).find((one) => one);
    if (found) return found;
  }
  return undefined;
}
