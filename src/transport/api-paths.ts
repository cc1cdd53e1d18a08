import type { paths } from "../../generated/schema.ts";

/**
 * The paths of the spec as openapi-fetch needs them. Its types map `string & {}`, by which a response enum stays open, to
 * an object with the methods of a string, so that the data would no longer fit `Camera`. Here an open enum is `string`.
 */
export type ApiPaths = {
  [Path in keyof paths]: { [Method in keyof paths[Path]]: WithPlainResponses<paths[Path][Method]> };
};

type WithPlainResponses<Operation> = Operation extends { responses: infer Responses }
  ? { [Name in keyof Operation]: Name extends "responses" ? Plain<Responses> : Operation[Name] }
  : Operation;

type Plain<T> = T extends string
  ? string extends T
    ? string
    : T
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { [Name in keyof T]: Plain<T[Name]> }
      : T;
