import { Validator } from "@cfworker/json-schema";
import type { Schema } from "../openapi/schema.ts";

/** True when the value satisfies a schema without references. */
export function fits(value: unknown, schema: Schema | boolean | undefined): boolean {
  return new Validator((schema ?? false) as ConstructorParameters<typeof Validator>[0], "2020-12").validate(value)
    .valid;
}
