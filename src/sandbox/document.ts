import type { OperationId } from "../../generated/operations.ts";
import { suggestion } from "../base/nearest-name.ts";
import { angelcamDocument } from "../openapi/angelcam-document.ts";
import { OperationTable } from "../openapi/operation-rules.ts";

const document = angelcamDocument();

const table = new OperationTable(document);

/** Every operation of Angelcam's document. */
export const operations = table.all;

/** The operation with this id. */
export const rulesFor = (id: OperationId) => table.rulesFor(id);

const signIn = document.resolve<object>({ $ref: "#/components/securitySchemes/OAuth2" }) as {
  readonly flows: Readonly<Record<string, { readonly scopes: object }>>;
};

/** @throws TypeError naming the nearest operation for an id that the document does not have. */
export function checkOperation(where: string, id: string): void {
  if (document.operation(id)) return;
  const ids = operations.map((one) => one.id);
  const nearest = suggestion(id, ids) ?? "";
  throw new TypeError(`${where}: unknown operation ${JSON.stringify(id)}. ${nearest}`.trimEnd());
}

/** Every scope that a token may be given. */
export const scopes: ReadonlySet<string> = new Set(
  Object.values(signIn.flows).flatMap((flow) => Object.keys(flow.scopes)),
);
