import type { Schema } from "./schema.ts";

/** A parameter in the path, in the query, in a header or in a cookie. */
export interface OpenApiParameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required?: boolean;
  readonly schema: Schema;
  readonly style?: string;
  readonly explode?: boolean;
}

/** A body in one content type. */
export interface OpenApiContent {
  readonly schema: Schema;
  /** By name; each is `{ value }` or a `$ref` to one. */
  readonly examples?: Readonly<Record<string, object>>;
}

/** The response that the document declares for one status. */
export interface OpenApiResponse {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean; readonly schema?: Schema }>>;
  /** By content type; undefined for a response without a body. */
  readonly content?: Readonly<Record<string, OpenApiContent>>;
}

/** A server; its address may hold `{variables}`. */
export interface OpenApiServer {
  readonly url: string;
  readonly variables?: Readonly<Record<string, { readonly default: string }>>;
}

/** One alternative of `security`: the schemes that are needed together, each with its scopes. */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

/** An operation of the document, with the `$ref`s of its own parts resolved (those inside schemas stay). */
export interface OpenApiOperation {
  /** The operationId; method and path where the document has none. */
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** Path template, such as `/v1/cameras/{camera_id}/`. */
  readonly path: string;
  /** Its own servers, else those of its path, else those of the document. */
  readonly servers: readonly OpenApiServer[];
  /** Those of its path included; its own replaces one of the same name and location. */
  readonly parameters: readonly OpenApiParameter[];
  readonly body: { readonly required: boolean; readonly content: Readonly<Record<string, OpenApiContent>> } | undefined;
  /** By status, such as `200`, `4XX` or `default`. */
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
  /** Alternatives, its own or those of the document. Empty when no credential is needed. */
  readonly security: readonly SecurityRequirement[];
  /** Headers, one of which must carry a credential. Empty when none is needed, or when it may travel elsewhere. */
  readonly credentialHeaders: readonly string[];
  /** True for a page that a person sees: its responses may be HTML that the document does not describe. */
  readonly isPage: boolean;
  /** Extension fields, such as `x-pagination`. */
  readonly extensions: Readonly<Record<`x-${string}`, unknown>>;
}
