import { nearestName } from "../base/nearest-name.ts";
import type { Schema } from "./schema.ts";

/** Words that mark a credential in a name that the document does not have. */
const SECRET_WORD = /pass|secret|token|credential|signature|auth|key/i;

/** True for a schema whose value is a credential. */
export function isSecret(schema: Schema | undefined): boolean {
  return schema?.format === "password";
}

/** True for a name in `names`, for one that is nearly there, and for one that sounds like a credential. */
export function isSecretName(name: string, names: ReadonlySet<string>): boolean {
  return SECRET_WORD.test(name) || nearestName(name, names) !== undefined;
}

/** The names of the fields and parameters of a document that hold a credential (format `password`). */
export function* secretNamesIn(value: unknown): Generator<string> {
  if (value === null || typeof value !== "object") return;
  const { name, schema, properties } = value as { name?: unknown; schema?: Schema; properties?: object };
  if (typeof name === "string" && isSecret(schema)) yield name;
  for (const [field, part] of Object.entries(properties ?? {})) if (isSecret(part as Schema)) yield field;
  for (const part of Object.values(value)) yield* secretNamesIn(part);
}
