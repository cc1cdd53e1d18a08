import { type Operation, operations } from "../../generated/operations.ts";
import { nearestName } from "../base/nearest-name.ts";

/** The operations by method and path: `GET /v1/cameras/`. Made for the first call by path, so that the import costs less. */
let byMethodAndPath: ReadonlyMap<string, Operation> | undefined;

/**
 * Looks up an operation.
 *
 * @throws TypeError where the spec has no such operation, with the nearest path that it has.
 */
export function findOperation(method: string, path: string): Operation {
  byMethodAndPath ??= new Map(Object.values(operations).map((row) => [`${row.method} ${row.path}`, row]));
  const operation = byMethodAndPath.get(`${method} ${path}`);
  if (operation) return operation;
  const nearest = nearestName(`${method} ${path}`, byMethodAndPath.keys());
  throw new TypeError(
    `${method} ${path} is not an operation of the API. ${
      nearest
        ? `Did you mean ${nearest}?`
        : "Paths start with /v1/ or /oauth/, end in a slash, and hold names in braces."
    }`,
  );
}
