import { suggestion } from "../base/nearest-name.ts";
import type { Operation, Parameter } from "../openapi/openapi-document.ts";
import { parameterName } from "./coverage.ts";
import { shownName } from "./format-value.ts";
import { inspect } from "./inspect.ts";
import type { Inspection } from "./inspection.ts";
import type { Route } from "./route.ts";
import { typesOf } from "./schema.ts";
import { valueOfTexts } from "./text-value.ts";

/** Holds path, query and headers to the document. Gives the coverage names of the parameters that were there. */
export function checkParameters(
  { operation, path }: Route,
  url: URL,
  headers: Headers,
  inspection: Inspection,
): string[] {
  const seen: string[] = [];
  for (const parameter of operation.parameters) {
    const texts = textsOf(parameter, path, url, headers, inspection);
    if (texts === undefined) continue;
    if (texts.length === 0) {
      if (parameter.required) inspection.note({ kind: "missing", ...spotOf(parameter), text: "is missing" });
      continue;
    }
    seen.push(parameterName(operation, parameter));
    checkRepetition(parameter, texts, inspection);
    const value = valueOfTexts(texts, parameter, inspection.references);
    inspect(parameter.schema, parameter.name, value, spotOf(parameter), inspection);
  }
  checkUnknownQuery(operation, url, inspection);
  checkUnknownHeaders(operation, headers, inspection);
  return seen;
}

/** The values of a parameter as they stand in the request; undefined when nobody can read them. */
function textsOf(
  parameter: Parameter,
  path: Readonly<Record<string, string>>,
  url: URL,
  headers: Headers,
  inspection: Inspection,
): string[] | undefined {
  const { name } = parameter;
  switch (parameter.in) {
    case "path":
      try {
        return [decodeURIComponent(path[name] ?? "")];
      } catch {
        inspection.note({ kind: "unreadable", ...spotOf(parameter), text: "has a broken % escape" });
        return undefined;
      }
    case "query":
      return url.searchParams.getAll(name);
    case "header": {
      const text = headers.get(name);
      return text === null ? [] : [text];
    }
    default:
      return undefined;
  }
}

function checkRepetition(parameter: Parameter, texts: readonly string[], inspection: Inspection): void {
  const isList = typesOf(parameter.schema, inspection.references)?.includes("array") && parameter.explode !== false;
  if (texts.length < 2 || isList) return;
  const hint = parameter.explode === false ? "Separate the values by commas" : undefined;
  inspection.note({ kind: "repeated", ...spotOf(parameter), text: `is there ${texts.length} times`, hint });
}

function checkUnknownQuery({ parameters }: Operation, { searchParams }: URL, inspection: Inspection): void {
  const known = parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
  for (const [name, value] of searchParams) {
    if (known.includes(name)) continue;
    if (inspection.references.isSecretName(name)) inspection.secrets.add(value);
    inspection.note({
      kind: "unknown",
      in: "query",
      pointer: shownName(name),
      text: "is not in the document",
      value: inspection.showUnknown(name, value, known),
      hint: suggestion(name, known),
    });
  }
}

/**
 * A request has many headers that are nobody's business here. One that is nearly a header of the document is a slip.
 */
function checkUnknownHeaders({ parameters }: Operation, headers: Headers, inspection: Inspection): void {
  const known = parameters.filter((parameter) => parameter.in === "header").map(({ name }) => name);
  for (const [name] of headers) {
    if (known.some((one) => one.toLowerCase() === name.toLowerCase())) continue;
    const hint = suggestion(name, known);
    if (hint) inspection.note({ kind: "unknown", in: "header", pointer: name, text: "is not in the document", hint });
  }
}

function spotOf(parameter: Parameter) {
  return { in: parameter.in as "path" | "query" | "header", pointer: parameter.name };
}
