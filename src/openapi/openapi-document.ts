import { nearestName } from "../base/nearest-name.ts";
import { isSecret } from "../contract/format-value.ts";
import type { References, Schema } from "../contract/schema.ts";

/** A parameter in the path, in the query or in a header. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required?: boolean;
  readonly schema: Schema;
  readonly style?: string;
  readonly explode?: boolean;
}

/** A body in one content type. */
export interface Content {
  readonly schema: Schema;
}

/** What the document says of one status. */
export interface Answer {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean; readonly schema?: Schema }>>;
  /** Undefined when it has no body. */
  readonly content?: Readonly<Record<string, Content>>;
}

/** A server; its address may hold `{variables}`. */
export interface Server {
  readonly url: string;
}

/** An operation of the document, with its shared parts looked up. */
export interface Operation {
  /** The operationId; method and path where it has none. */
  readonly id: string;
  readonly method: string;
  /** Path template. */
  readonly path: string;
  readonly servers: readonly Server[];
  readonly parameters: readonly Parameter[];
  readonly body: { readonly required: boolean; readonly content: Readonly<Record<string, Content>> } | undefined;
  /** By status, such as `200`, `4XX` or `default`. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** The headers, one of which must carry a credential; empty when the operation wants none. */
  readonly credentialHeaders: readonly string[];
  /** True for a page that a person sees: its answers may be HTML that the document does not describe. */
  readonly isPage: boolean;
}

interface OperationObject {
  readonly operationId?: string;
  readonly servers?: readonly Server[];
  readonly parameters?: readonly Parameter[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Content>> };
  readonly responses?: Readonly<Record<string, Answer>>;
  readonly "x-opened-in-browser"?: boolean;
}

interface PathItem {
  readonly servers?: readonly Server[];
  readonly parameters?: readonly Parameter[];
}

interface SecurityScheme {
  readonly type: string;
  readonly in?: string;
  readonly name?: string;
}

interface DocumentObject {
  readonly servers?: readonly Server[];
  readonly security?: OperationObject["security"];
  readonly paths?: Readonly<Record<string, PathItem & Readonly<Record<string, OperationObject>>>>;
  readonly components?: { readonly securitySchemes?: Readonly<Record<string, SecurityScheme>> };
}

/** Words that tell a credential in a name that the document does not have. */
const SECRET_WORD = /pass|secret|token|credential|signature|auth|key/i;

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** The operations of an OpenAPI document, and what its references point at. */
export class OperationBook implements References {
  readonly operations: readonly Operation[];
  readonly #document: DocumentObject;
  /** What was looked up, for the same few schemas are asked for with every value. */
  readonly #found = new Map<string, object>();
  #secretNames: ReadonlySet<string> | undefined;

  /** @throws TypeError when the document has no operation, for then every check would pass. */
  constructor(document: object) {
    this.#document = document;
    this.operations = Object.entries(this.#document.paths ?? {}).flatMap(([path, item]) =>
      METHODS.flatMap((method) => {
        const operation = item[method];
        return operation ? [this.#read(operation, method.toUpperCase(), path, item)] : [];
      }),
    );
    if (this.operations.length === 0) throw new TypeError("createContract: the document has no operation");
  }

  /** @throws TypeError when the document holds nothing there. */
  resolve<T extends object>(part: T): T {
    const { $ref } = part as { $ref?: string };
    if ($ref === undefined) return part;
    const found = this.#found.get($ref) ?? this.resolve(this.#lookUp($ref));
    this.#found.set($ref, found);
    return found as T;
  }

  #lookUp($ref: string): object {
    const target = $ref
      .split("/")
      .slice(1)
      .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce<unknown>((parent, key) => (parent as Record<string, unknown> | undefined)?.[key], this.#document);
    if (!$ref.startsWith("#/") || typeof target !== "object" || target === null) {
      throw new TypeError(`createContract: the document refers to ${$ref}, and holds nothing there. Bundle it first.`);
    }
    return target;
  }

  isSecretName(name: string): boolean {
    this.#secretNames ??= new Set(secretsIn(this.#document));
    return SECRET_WORD.test(name) || nearestName(name, this.#secretNames) !== undefined;
  }

  #read(operation: OperationObject, method: string, path: string, item: PathItem): Operation {
    const { operationId, responses = {} } = operation;
    const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => this.resolve(one));
    const body = operation.requestBody && this.resolve(operation.requestBody);
    return {
      id: operationId ?? `${method} ${path}`,
      method,
      path,
      servers: operation.servers ?? item.servers ?? this.#document.servers ?? [],
      // An operation's own parameter replaces that of its path.
      parameters: [...new Map(parameters.map((one) => [`${one.in} ${one.name}`, one])).values()],
      body: body && { required: body.required ?? false, content: body.content },
      answers: Object.fromEntries(Object.entries(responses).map(([status, one]) => [status, this.#readAnswer(one)])),
      credentialHeaders: this.#credentialHeaders(operation.security ?? this.#document.security ?? []),
      isPage: "x-opened-in-browser" in operation,
    };
  }

  #readAnswer(reference: Answer): Answer {
    const answer = this.resolve(reference);
    const headers = Object.entries(answer.headers ?? {}).map(([name, header]) => [name, this.resolve(header)]);
    return { ...answer, headers: Object.fromEntries(headers) };
  }

  #credentialHeaders(security: NonNullable<OperationObject["security"]>): string[] {
    if (security.some((way) => Object.keys(way).length === 0)) return [];
    const schemes = security.flatMap((way) => Object.keys(way)).map((name) => this.#scheme(name));
    // A credential in the query or in a cookie is not looked for.
    if (schemes.some((scheme) => scheme?.in === "query" || scheme?.in === "cookie")) return [];
    return [...new Set(schemes.map((scheme) => (scheme?.in === "header" && scheme.name) || "Authorization"))];
  }

  #scheme(name: string): SecurityScheme | undefined {
    const scheme = this.#document.components?.securitySchemes?.[name];
    return scheme && this.resolve(scheme);
  }
}

/** The names of fields and parameters that hold a credential. */
function* secretsIn(value: unknown): Generator<string> {
  if (value === null || typeof value !== "object") return;
  const { name, schema, properties } = value as { name?: unknown; schema?: Schema; properties?: object };
  if (typeof name === "string" && schema && isSecret(schema)) yield name;
  for (const [field, part] of Object.entries(properties ?? {})) if (isSecret(part as Schema)) yield field;
  for (const part of Object.values(value)) yield* secretsIn(part);
}
