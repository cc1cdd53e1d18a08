import type fc from "fast-check";
import { document } from "../client/documented-operations.ts";
import { type DocumentedOperation, resolve, type Schema } from "../spec/document.ts";
import { type Damage, damagesOf } from "./faults.ts";
import { valuesOf } from "./schema-values.ts";

/** A documented response that has a body. */
export interface DocumentedResponse {
  readonly place: DocumentedOperation;
  readonly status: number;
  readonly contentType: string;
  readonly schema: Schema;
}

/** Every response of an operation that has a body. */
export function documentedResponses(place: DocumentedOperation): DocumentedResponse[] {
  return Object.entries(place.operation.responses).flatMap(([status, reference]) =>
    Object.entries(resolve(document, reference).content ?? {}).map(([contentType, { schema = {} }]) => {
      return { place, status: Number(status), contentType, schema };
    }),
  );
}

/** Bodies that a response may have, with and without the fields that may be missing. */
export function validBodies({ schema }: DocumentedResponse): fc.Arbitrary<unknown> {
  return valuesOf(schema, "server");
}

/** Every single damage of a body. */
export function damagedBodies({ schema }: DocumentedResponse, body: unknown): Damage[] {
  return damagesOf(schema, body, "server");
}
