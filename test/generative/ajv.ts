import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { document } from "../client/documented-operations.ts";
import type { Schema } from "../spec/document.ts";

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addFormat("decimal", /^-?\d+(\.\d+)?$/);
ajv.addFormat("float", true);
ajv.addFormat("password", true);
ajv.addSchema({ $id: "document", components: document.components });

/** A second opinion, by another library than the one under test: does the value fit the schema? */
export function fitsByAjv(schema: Schema, value: unknown): boolean {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/');
  return ajv.validate(JSON.parse(text) as object, value);
}
