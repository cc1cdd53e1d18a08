import { type Schema, Validator } from "@cfworker/json-schema";

/** True when the value satisfies a schema without references. */
export function fits(value: unknown, schema: Schema | boolean | undefined): boolean {
  return new Validator(schema ?? false, "2020-12").validate(value).valid;
}
