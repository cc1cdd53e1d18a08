import type { OperationId } from "../../generated/operations.ts";
import type { operations } from "../../generated/schema.ts";
import type { ResponseOf } from "../client/operation-types.ts";
import type { Account } from "./accounts.ts";
import type { Space } from "./space.ts";

type QueryOf<Id extends OperationId> = NonNullable<operations[Id]["parameters"]["query"]>;
type BodyOf<Id extends OperationId> =
  NonNullable<operations[Id]["requestBody"]> extends { content: infer Types } ? Types[keyof Types] : never;

/** The body of a success, nothing for one without a body, or a whole response: an error, or one with headers of its own. */
export type ResultOf<Id extends OperationId> = Response | undefined | ResponseOf<Id>;

/** The fields of a form. */
export type Form = Readonly<Record<string, string>>;

/** A request whose parameters have passed the schemas of the document. */
export interface ServedCall<Id extends OperationId> {
  /** The requested URL. */
  readonly url: URL;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: QueryOf<Id>;
  /** The form of a request that has one; undefined when it cannot be read. */
  readonly form: Form | undefined;
  /** The JSON of a request that has some, checked by its schema. */
  readonly body: BodyOf<Id>;
}

/** The same with a token that works and has the scopes. */
export interface SignedInCall<Id extends OperationId> extends ServedCall<Id> {
  readonly account: Account;
  /** The space that the request chose, else the default one. */
  readonly space: Space;
}

/** The account that a request without a token counts to, and its entry in the log. */
export interface FormIdentity {
  readonly account: Account | undefined;
  readonly secret: string | undefined;
  readonly grant: string | undefined;
}

/** Finds out from its form whose request it is. */
type Identify = (form: Form) => FormIdentity;

/** A row of the table: the handler of an operation. */
export interface Route {
  // The table holds the handlers of all operations; each is called with what its own operation needs.
  readonly handle: (call: SignedInCall<OperationId>) => Response | object | undefined;
  readonly identify?: Identify | undefined;
}

/** The operations that the sandbox serves; each part of the API adds its own. */
export class Routes extends Map<OperationId, Route> {
  /** Serves an operation that needs a token. */
  signedIn<Id extends OperationId>(id: Id, handle: (call: SignedInCall<Id>) => ResultOf<Id>): void {
    this.set(id, { handle: handle as Route["handle"] });
  }

  /** Serves an operation that needs none. */
  open<Id extends OperationId>(id: Id, handle: (call: ServedCall<Id>) => ResultOf<Id>, identify?: Identify): void {
    this.set(id, { handle: handle as Route["handle"], identify });
  }

  /** The handler of an operation that is served for sure. */
  of(id: OperationId): Route {
    const route = this.get(id);
    if (!route) throw new Error(`The sandbox does not serve ${id}`);
    return route;
  }
}
