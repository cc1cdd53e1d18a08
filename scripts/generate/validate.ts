import type { Document, Parameter, Schema } from "./document.ts";
import { resolve } from "./document.ts";
import { GenerationError } from "./generation-error.ts";
import { camelCase } from "./naming.ts";
import type { OperationFacts } from "./operation-facts.ts";

// Rejects valid documents that the generated client could not implement.

/** Names that `Angelcam` itself uses, so that no resource may take them. */
const RESERVED = ["api", "quota"];

/** Names that every resource has, and `then`, which would make one look like a promise. */
const RESERVED_EVERYWHERE = ["constructor", "then", "toString"];

/** The names of the generated methods' own arguments. */
const ARGUMENTS = ["query", "body", "options"];

const IDENTIFIER = /^[a-z][A-Za-z0-9]*$/;

/** @throws GenerationError naming the operation, always. */
export function reject(path: string, method: string, problem: string): never {
  throw new GenerationError(`${method.toUpperCase()} ${path}: ${problem}`, pointerTo(path, method));
}

/** The JSON pointer of an operation. */
export function pointerTo(path: string, method: string): string {
  return `#/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1")}/${method}`;
}

/** @throws GenerationError for an operationId that cannot be the name of a method. */
export function checkName(path: string, method: string, id: string): void {
  const names = id.split(".");
  if (names.length < 2 || !names.every((name) => IDENTIFIER.test(name))) {
    reject(path, method, `operationId "${id}" is not a dotted method name such as "cameras.list"`);
  }
  const taken = names.find((name) => RESERVED_EVERYWHERE.includes(name)) ?? RESERVED.find((name) => name === names[0]);
  if (taken) reject(path, method, `operationId "${id}" would hide "${taken}", which the client uses itself`);
}

/** @throws GenerationError for a path without a slash at its end. */
export function checkPath(path: string, method: string): void {
  if (!path.endsWith("/")) reject(path, method, "its path does not end in a slash, as every path of the API does");
}

/** @throws GenerationError for a path parameter that cannot be an argument of a method. */
export function checkArgument(path: string, method: string, { name }: Parameter): void {
  const argument = camelCase(name);
  if (!IDENTIFIER.test(argument) || ARGUMENTS.includes(argument)) {
    reject(path, method, `path parameter {${name}} cannot be an argument of its method: give it another name`);
  }
}

/** @throws GenerationError for a query parameter that the client would encode in another way than described. */
export function checkStyle(document: Document, path: string, method: string, parameter: Parameter): void {
  const type = resolve(document, parameter.schema ?? {}).type;
  if (type === "object") {
    reject(path, method, `query parameter ${parameter.name} is an object, which the API never takes`);
  }
  if (type === "array" && (parameter.explode !== false || (parameter.style ?? "form") !== "form")) {
    reject(path, method, `query parameter ${parameter.name} is a list: describe it as style form, explode false`);
  }
}

/** @throws GenerationError for a paged response without a list in it. */
export function checkPagedList(document: Document, path: string, method: string, schema: Schema | undefined): void {
  const { properties, allOf } = schema ? resolve(document, schema) : {};
  if (!properties?.results && !allOf) reject(path, method, "it is paged, but its response has no list of results");
}

/**
 * Method names must be unique, and a name cannot be a method and a resource at once.
 *
 * @throws GenerationError naming the second of the two.
 */
export function checkUniqueNames(operations: readonly OperationFacts[]): void {
  const seen = new Map<string, OperationFacts>();
  for (const operation of operations) {
    const other = seen.get(operation.id);
    if (other) {
      throw new GenerationError(
        `operationId "${operation.id}" is taken by ${other.method} ${other.path}: two operations cannot share one method name`,
        operation.pointer,
      );
    }
    seen.set(operation.id, operation);
  }
  for (const operation of operations) {
    const other = operation.resource
      .map((_, depth) => seen.get(operation.resource.slice(0, depth + 1).join(".")))
      .find(Boolean);
    if (other) {
      throw new GenerationError(
        `operationId "${operation.id}" needs a resource "${other.id}", but that is already a method`,
        operation.pointer,
      );
    }
  }
}
