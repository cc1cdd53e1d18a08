import type { Document } from "../../generate/document.ts";
import { blocks, code } from "./cells.ts";
import { fieldTable } from "./field-table.ts";
import { namedSchema, typeOf } from "./fields.ts";

/** A named schema in Markdown: what it is, and a row for every field. */
export function schemaText(document: Document, name: string, level: number): string {
  const schema = namedSchema(document, name);
  return blocks([
    `${"#".repeat(level)} ${schema.title}`,
    `${code(name)}, ${typeOf(document, schema)}.${schema.enum ? ` One of ${schema.enum.map(code).join(", ")}.` : ""}`,
    schema.description?.trim() ?? "",
    ...fieldTable(document, schema, "linked", "Always"),
  ]);
}
