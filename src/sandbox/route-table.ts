import type { OperationId } from "../../generated/operations.ts";
import type { operations } from "../../generated/schema.ts";
import type { Account } from "./accounts.ts";
import type { Space } from "./space.ts";

type QueryOf<Id extends OperationId> = NonNullable<operations[Id]["parameters"]["query"]>;
type BodyOf<Id extends OperationId> =
  NonNullable<operations[Id]["requestBody"]> extends { content: infer Types } ? Types[keyof Types] : never;

type SuccessOf<Responses> = Responses extends { 200: infer Response } | { 201: infer Response } ? Response : never;

/** The body of a success, nothing for one without a body, or a whole response: an error, or one with headers of its own. */
export type ResultOf<Id extends OperationId> =
  | Response
  | undefined
  | (SuccessOf<operations[Id]["responses"]> extends { content: { "application/json": infer Body } } ? Body : never);

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

/** Handles an operation. The table holds all of them; each is called with what its own operation needs. */
export type Handle = (call: SignedInCall<OperationId>) => Response | object | undefined;

/** The operations that the sandbox serves; each part of the API adds its own. */
export class Routes extends Map<OperationId, Handle> {
  /** Serves an operation that needs a token. */
  signedIn<Id extends OperationId>(id: Id, handle: (call: SignedInCall<Id>) => ResultOf<Id>): void {
    this.set(id, handle as Handle);
  }

  /** Serves an operation that needs none. */
  open<Id extends OperationId>(id: Id, handle: (call: ServedCall<Id>) => ResultOf<Id>): void {
    this.set(id, handle as Handle);
  }

  /** The handler of an operation that is served for sure. */
  of(id: OperationId): Handle {
    const handle = this.get(id);
    if (!handle) throw new Error(`The sandbox does not serve ${id}`);
    return handle;
  }
}
