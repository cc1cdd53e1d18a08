import type { Parameter } from "../openapi/openapi-document.ts";
import { partsOf, type References, type Schema, typesOf } from "./schema.ts";

/** The value that the texts of a parameter stand for; a text that stands for none is left for the schema to refuse. */
export function valueOfTexts(texts: readonly string[], parameter: Parameter, references: References): unknown {
  const { schema } = parameter;
  const [text = ""] = texts;
  if (!typesOf(schema, references)?.includes("array")) return valueOfText(text, schema, references);
  const isExploded =
    parameter.explode ?? (parameter.style ?? (parameter.in === "query" ? "form" : "simple")) === "form";
  const items = partsOf(schema, "", references).find(({ schema: part }) => part.items)?.schema.items ?? {};
  const parts = isExploded ? texts : text === "" ? [] : text.split(",");
  return parts.map((part) => valueOfText(part, items, references));
}

/** The number or truth value that a text stands for where the schema wants one. */
export function valueOfText(text: string, schema: Schema, references: References): unknown {
  const types = typesOf(schema, references) ?? [];
  if (types.includes("integer") && /^-?\d+$/.test(text)) return Number(text);
  if (types.includes("number") && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (types.includes("boolean") && /^(?:true|false)$/.test(text)) return text === "true";
  return text;
}
