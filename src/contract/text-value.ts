import type { OpenApiParameter } from "../openapi/operation.ts";
import { partsOf, type References, type Schema, typesOf } from "../openapi/schema.ts";

/** The value that the texts of a parameter encode. A text that encodes none stays text, which its schema then rejects. */
export function valueOfTexts(texts: readonly string[], parameter: OpenApiParameter, references: References): unknown {
  const { schema } = parameter;
  const [text = ""] = texts;
  if (!typesOf(schema, references)?.includes("array")) return valueOfText(text, schema, references);
  const isExploded =
    parameter.explode ?? (parameter.style ?? (parameter.in === "query" ? "form" : "simple")) === "form";
  const items = partsOf(schema, "", references).find(({ schema: part }) => part.items)?.schema.items ?? {};
  const parts = isExploded ? texts : text === "" ? [] : text.split(",");
  return parts.map((part) => valueOfText(part, items, references));
}

/** The number or boolean that a text encodes where the schema has one. */
export function valueOfText(text: string, schema: Schema, references: References): unknown {
  const types = typesOf(schema, references) ?? [];
  // A larger integer would lose its last digits.
  if (types.includes("integer") && /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  if (types.includes("number") && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (types.includes("boolean") && /^(?:true|false)$/.test(text)) return text === "true";
  return text;
}
