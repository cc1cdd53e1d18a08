import type { OperationId } from "../../generated/operations.ts";
import { suggestion } from "../base/nearest-name.ts";
import { angelcamDocument } from "../openapi/angelcam-document.ts";
import { type OperationRules, rulesFrom } from "../openapi/operation-rules.ts";
import type { Route } from "../openapi/router.ts";

const document = angelcamDocument();

export type { OperationRules };

/** Every operation of Angelcam's document. */
export const operations = rulesFrom(document);

const byId = new Map(operations.map((rules) => [rules.id, rules]));

/** The operation with this id. */
export function rulesFor(id: OperationId): OperationRules {
  const rules = byId.get(id);
  if (!rules) throw new RangeError(`The document has no operation ${id}`);
  return rules;
}

/** The rules of the operation that a request is for. */
export function rulesOf({ operation }: Route): OperationRules {
  return rulesFor(operation.id as OperationId);
}

const signIn = document.resolve<object>({ $ref: "#/components/securitySchemes/OAuth2" }) as {
  readonly flows: Readonly<Record<string, { readonly scopes: object }>>;
};

/**
 * @throws TypeError naming the nearest operation for an id that the document does not have.
 */
export function checkOperation(where: string, id: string): void {
  if (document.operation(id)) return;
  const nearest = suggestion(id, byId.keys()) ?? "";
  throw new TypeError(`${where}: unknown operation ${JSON.stringify(id)}. ${nearest}`.trimEnd());
}

/** Every scope that a token may be given. */
export const scopes: ReadonlySet<string> = new Set(
  Object.values(signIn.flows).flatMap((flow) => Object.keys(flow.scopes)),
);
