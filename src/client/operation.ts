import type { operations } from "../../generated/schema.ts";
import { createPagePromise, type PagePromise } from "./pagination/page-promise.ts";
import type { RequestOptions } from "./request-options.ts";

export type { PagePromise, RequestOptions };

/** The id of an operation, which is the name of its method: `cameras.list`. */
export type OperationId = keyof operations;

/** A security scheme of the spec. */
export type SecurityScheme = "OAuth2" | "BearerToken" | "PersonalAccessToken";

/** A row of the generated operation table. */
export interface Operation {
  readonly id: string;
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Path template: `/v1/cameras/{camera_id}/`. */
  readonly path: string;
  /** The names in its path, in their order: `camera_id`. */
  readonly pathNames: readonly string[];
  /** The servers that answer it. */
  readonly servers: Servers;
  /** The security schemes that it accepts; empty when it takes no credential. */
  readonly security: readonly SecurityScheme[];
  /** How its list is paged, and the biggest legal page. */
  readonly paging: { readonly kind: "offset" | "next"; readonly limit?: number | undefined } | undefined;
  /** What a caller hands in beside path parameters and options. */
  readonly input: "query" | "body" | undefined;
  /** Content type of the body. */
  readonly contentType: "application/json" | "application/x-www-form-urlencoded" | undefined;
  readonly bodyRequired: boolean;
  /** True when a success answer may come without data. */
  readonly mayBeEmpty: boolean;
  /** True when callers who ask for the same at the same moment may share one answer. */
  readonly shareable: boolean;
  /** True when sending it twice does no harm; `refused` when only after an answer that says that nothing was done. */
  readonly repeatable: boolean | "refused";
  /** True for a page that a person opens: it is no method. */
  readonly openedInBrowser: boolean;
  /** Bounds of numeric parameters by name; of those, an operation has the ones that its path and query name. */
  readonly numbers: Readonly<Record<string, NumberBounds>>;
}

/**
 * URLs by the names that the spec gives them; the first one answers unless another is named. A variable stands in braces
 * with its default: `https://{streamer=rec-streamer-eu-central-1}.angelcam.com`.
 */
export type Servers = Readonly<Record<string, string>>;

/** What a numeric parameter may be. */
export interface NumberBounds {
  /** As an error says it: `whole number from 1 to 100`. */
  readonly kind: string;
  readonly whole: boolean;
  /** NaN where there is no bound: no number is below or above it. */
  readonly minimum: number;
  /** As `minimum`. */
  readonly maximum: number;
}

type Success = 200 | 201 | 202 | 204;
type Answers<Id extends OperationId> = operations[Id]["responses"];
type Json<Answer> = Answer extends { content: { "application/json": infer Content } } ? Content : undefined;
type Content<Id extends OperationId> =
  NonNullable<operations[Id]["requestBody"]> extends { content: infer Types } ? Types[keyof Types] : never;

/** What a successful call of the operation gives back. */
export type ResponseOf<Id extends OperationId> = {
  [Status in keyof Answers<Id> & Success]: Json<Answers<Id>[Status]>;
}[keyof Answers<Id> & Success];

/** The query parameters of the operation. */
export type QueryOf<Id extends OperationId> = NonNullable<operations[Id]["parameters"]["query"]>;

/** The body of the operation. */
export type BodyOf<Id extends OperationId> = Content<Id>;

/** What goes into a request beside the operation itself. */
export interface Parameters {
  readonly path: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly header?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
}

/** Data together with the answer that it came in. The body of the response has been read. */
export interface WithResponse<T> {
  data: T;
  response: Response;
}

/** A call under way: a promise of its data. */
export interface ApiPromise<T> extends Promise<T> {
  /** The data together with the raw `Response`, for its status and headers. */
  withResponse(): Promise<WithResponse<T>>;
}

/** Sends the request of an operation and reads the answer; the generated methods know nothing else of HTTP. */
export interface Caller {
  send(
    operation: Operation,
    parameters: Parameters,
    options: RequestOptions | undefined,
  ): Promise<WithResponse<unknown>>;
}

/**
 * Makes the class behind every resource of the client: `new Resources(caller).cameras.clips.list(…)`. The generated
 * interfaces tell its shape; a method takes its path parameters, then query or body, then options of the call.
 */
export function resourcesOf<Resources>(
  operations: Readonly<Record<OperationId, Operation>>,
): new (
  caller: Caller,
) => Resources {
  return class {
    constructor(caller: Caller) {
      for (const operation of Object.values(operations)) {
        if (operation.openedInBrowser) continue;
        const names = operation.id.split(".");
        const verb = names.pop() as string;
        let resource = this as Record<string, unknown>;
        for (const name of names) {
          resource[name] ??= {};
          resource = resource[name] as Record<string, unknown>;
        }
        resource[verb] = methodOf(caller, operation);
      }
    }
  } as unknown as new (
    caller: Caller,
  ) => Resources;
}

function methodOf(caller: Caller, operation: Operation) {
  const { pathNames, input, paging } = operation;
  return (...values: unknown[]) => {
    const path: Record<string, string | number> = {};
    let index = 0;
    for (const name of pathNames) path[name] = values[index++] as string | number;
    const parameters: Parameters = input ? { path, [input]: values[index++] } : { path };
    const options = values[index] as RequestOptions | undefined;
    return paging
      ? createPagePromise(caller, operation, parameters, options)
      : callOf(caller.send(operation, parameters, options));
  };
}

function callOf<T>(answer: Promise<WithResponse<T>>): ApiPromise<T> {
  return Object.assign(
    answer.then(({ data }) => data),
    {
      withResponse(this: Promise<T>) {
        // The caller now watches `answer`; a failure must not be reported a second time as unhandled.
        this.catch(() => {});
        return answer;
      },
    },
  );
}
