import type { OperationId } from "../../generated/operations.ts";
import type { operations } from "../../generated/schema.ts";

type Success = 200 | 201 | 202 | 204;
type Responses<Id extends OperationId> = operations[Id]["responses"];
type Json<Response> = Response extends { content: { "application/json": infer Content } } ? Content : undefined;
type Content<Id extends OperationId> =
  NonNullable<operations[Id]["requestBody"]> extends { content: infer Types } ? Types[keyof Types] : never;

/**
 * The data of a successful call of an operation.
 *
 * @example
 * ```ts
 * function show(camera: ResponseOf<"cameras.get">) {}
 * ```
 */
export type ResponseOf<Id extends OperationId> = {
  [Status in keyof Responses<Id> & Success]: Json<Responses<Id>[Status]>;
}[keyof Responses<Id> & Success];

/** The query parameters of an operation. Read-only lists and objects are accepted, and `undefined` for what is optional. */
export type QueryOf<Id extends OperationId> = Input<NonNullable<operations[Id]["parameters"]["query"]>>;

/** The body of an operation. Read-only lists and objects are accepted, and `undefined` for what is optional. */
export type BodyOf<Id extends OperationId> = Input<Content<Id>>;

/** The arguments that a caller may pass for `T`: the same type, read-only at every depth, with `undefined` for every optional property. */
export type Input<T> = T extends string | number | boolean | null | undefined | Date
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Input<Item>[]
    : { readonly [Name in keyof T]: object extends Pick<T, Name> ? Input<T[Name]> | undefined : Input<T[Name]> };
