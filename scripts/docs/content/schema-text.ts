import type { Document } from "../../generate/document.ts";
import { code } from "./cells.ts";
import { fieldTable, type SchemaLink, titleOf } from "./field-table.ts";
import { flatten, typeOf } from "./fields.ts";

/** A named schema in Markdown: what it is, and a row for every field. */
export function schemaText(document: Document, name: string, level: number, link: SchemaLink): string {
  const reference = { $ref: `#/components/schemas/${name}` };
  const schema = flatten(document, reference);
  const blocks = [
    `${"#".repeat(level)} ${titleOf(document, name)}`,
    `${code(name)}, ${typeOf(document, reference)}.${schema.enum ? ` One of ${schema.enum.map(code).join(", ")}.` : ""}`,
    schema.description?.trim() ?? "",
    ...fieldTable(document, schema, link),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** The names of all schemas, in the order of the alphabet. */
export function schemaNames(document: Document): string[] {
  return Object.keys(document.components?.schemas ?? {}).toSorted();
}
