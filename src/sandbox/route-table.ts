import type { OperationId } from "../../generated/operations.ts";
import type { operations } from "../../generated/schema.ts";
import type { Account } from "./accounts.ts";
import type { Problems } from "./responses.ts";
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

/** The account that a request without a token counts to, and its entry in the log. */
export interface FormIdentity {
  readonly account: Account | undefined;
  readonly secret: string | undefined;
  readonly grant: string | undefined;
}

/** The credentials that an operation without a token may carry. */
export interface OpenOptions {
  /** Finds out from its form whose request it is. */
  readonly identify?: (form: Form) => FormIdentity;
  /** Its own response to invalid parameters. */
  readonly reject?: (problems: Problems | string) => Response;
}

/** A row of the table: the handler of an operation. */
export interface Route extends OpenOptions {
  // The table holds the handlers of all operations; each is called with what its own operation needs.
  readonly handle: (call: SignedInCall<OperationId>) => Response | object | undefined;
}

/** The operations that the sandbox serves; each part of the API adds its own. */
export class Routes {
  readonly #routes = new Map<OperationId, Route>();

  /** Serves an operation that needs a token. */
  signedIn<Id extends OperationId>(id: Id, handle: (call: SignedInCall<Id>) => ResultOf<Id>): void {
    this.#routes.set(id, { handle: handle as Route["handle"] });
  }

  /** Serves an operation that needs none. */
  open<Id extends OperationId>(
    id: Id,
    handle: (call: ServedCall<Id>) => ResultOf<Id>,
    options: OpenOptions = {},
  ): void {
    this.#routes.set(id, { handle: handle as Route["handle"], ...options });
  }

  get(id: OperationId): Route | undefined {
    return this.#routes.get(id);
  }

  /** The same for an operation that is served for sure. */
  of(id: OperationId): Route {
    const route = this.get(id);
    if (!route) throw new Error(`The sandbox does not serve ${id}`);
    return route;
  }
}
