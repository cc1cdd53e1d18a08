import { resolvePointer } from "../base/json-pointer.ts";
import type {
  OpenApiContent,
  OpenApiOperation,
  OpenApiParameter,
  OpenApiResponse,
  OpenApiServer,
  SecurityRequirement,
} from "./operation.ts";
import { isSecretName, secretNamesIn } from "./secrets.ts";

interface OperationObject {
  readonly operationId?: string;
  readonly servers?: readonly OpenApiServer[];
  readonly parameters?: readonly OpenApiParameter[];
  readonly security?: readonly SecurityRequirement[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, OpenApiContent>> };
  readonly responses?: Readonly<Record<string, OpenApiResponse>>;
}

interface PathItem {
  readonly servers?: readonly OpenApiServer[];
  readonly parameters?: readonly OpenApiParameter[];
}

interface SecurityScheme {
  readonly type: string;
  readonly in?: string;
  readonly name?: string;
}

interface DocumentObject {
  readonly servers?: readonly OpenApiServer[];
  readonly security?: readonly SecurityRequirement[];
  readonly paths?: Readonly<Record<string, PathItem & Readonly<Record<string, OperationObject>>>>;
  readonly components?: { readonly securitySchemes?: Readonly<Record<string, SecurityScheme>> };
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/**
 * An OpenAPI 3.1 document that is read once: its operations, what its `$ref`s lead to, and the names of its secrets.
 * Contract, sandbox and mock take it from here.
 *
 * @example
 * ```ts
 * const document = new OpenApiDocument(json);
 * document.operation("cameras.list")?.path; // "/v1/cameras/"
 * document.resolve({ $ref: "#/components/schemas/Camera" });
 * new Router(document).find("GET", new URL("https://api.angelcam.com/v1/cameras/7/")).route?.path; // { camera_id: "7" }
 * ```
 */
export class OpenApiDocument {
  readonly operations: readonly OpenApiOperation[];
  /** Servers of the document itself; operations may have others. */
  readonly servers: readonly OpenApiServer[];
  readonly #document: DocumentObject;
  readonly #byId: ReadonlyMap<string, OpenApiOperation>;
  /** By `$ref`: the same few schemas are resolved for every value. */
  readonly #resolved = new Map<string, object>();
  #secretNames: ReadonlySet<string> | undefined;

  /** @throws TypeError when the document has no operation, for then every check would pass. */
  constructor(document: object) {
    this.#document = document;
    this.servers = this.#document.servers ?? [];
    this.operations = Object.entries(this.#document.paths ?? {}).flatMap(([path, reference]) => {
      // Beside the paths there may be extensions, and in YAML a path may be left empty.
      if (!path.startsWith("/") || !reference) return [];
      const item = this.resolve(reference);
      return METHODS.flatMap((method) => {
        const operation = item[method];
        return operation ? [this.#readOperation(operation, method.toUpperCase(), path, item)] : [];
      });
    });
    if (this.operations.length === 0) throw new TypeError("The OpenAPI document has no operation.");
    this.#byId = new Map(this.operations.map((operation) => [operation.id, operation]));
  }

  /** The operation with this operationId. */
  operation(id: string): OpenApiOperation | undefined {
    return this.#byId.get(id);
  }

  /** Names of the fields and parameters whose format is `password`. */
  get secretNames(): ReadonlySet<string> {
    this.#secretNames ??= new Set(secretNamesIn(this.#document));
    return this.#secretNames;
  }

  /** True for a name that belongs to a credential, or nearly so. */
  isSecretName(name: string): boolean {
    return isSecretName(name, this.secretNames);
  }

  /**
   * The part itself, or what its `$ref` leads to. A schema that is true or false is the object that says the same.
   *
   * @throws TypeError when it leads nowhere, out of the document, or in a circle.
   */
  resolve<T extends object>(part: T): T {
    const passed = new Set<string>();
    let found: object = asObject(part);
    for (let reference = referenceOf(found); reference !== undefined; reference = referenceOf(found)) {
      if (passed.has(reference)) throw new TypeError(`The OpenAPI document refers from ${reference} back to itself.`);
      passed.add(reference);
      found = this.#resolved.get(reference) ?? this.#lookUp(reference);
    }
    for (const reference of passed) this.#resolved.set(reference, found);
    return found as T;
  }

  /**
   * A copy of a part with every `$ref` in it replaced by what it leads to; fields beside the `$ref` win.
   *
   * @throws TypeError for a schema that holds itself, which has no such copy.
   */
  dereference(part: unknown): unknown {
    return this.#dereference(part, []);
  }

  #dereference(part: unknown, passed: readonly string[]): unknown {
    if (Array.isArray(part)) return part.map((item) => this.#dereference(item, passed));
    if (part === null || typeof part !== "object") return part;
    const { $ref, ...rest } = part as { readonly $ref?: string };
    const own = Object.entries(rest).map(([name, value]) => [name, this.#dereference(value, passed)]);
    if ($ref === undefined) return Object.fromEntries(own);
    if (passed.includes($ref)) throw new TypeError(`${$ref} holds itself and cannot be written out.`);
    const target = this.#dereference(this.#lookUp($ref), [...passed, $ref]) as object;
    return { ...target, ...Object.fromEntries(own) };
  }

  #lookUp($ref: string): object {
    const target = $ref.startsWith("#/") ? asObject(resolvePointer(this.#document, $ref)) : undefined;
    if (typeof target !== "object" || target === null) {
      throw new TypeError(`The OpenAPI document refers to ${$ref}, and has nothing there. Bundle it first.`);
    }
    return target;
  }

  #readOperation(operation: OperationObject, method: string, path: string, item: PathItem): OpenApiOperation {
    const { operationId, responses = {} } = operation;
    const declared = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => this.resolve(one));
    const parameters = declared.filter((one) => !isIgnored(one)).map((one) => ({ ...one, schema: one.schema ?? {} }));
    const body = operation.requestBody && this.resolve(operation.requestBody);
    const security = operation.security ?? this.#document.security ?? [];
    const extensions = Object.entries(operation).filter(([name]) => name.startsWith("x-"));
    return {
      id: operationId ?? `${method} ${path}`,
      method,
      path,
      servers: operation.servers ?? item.servers ?? this.servers,
      parameters: [...new Map(parameters.map((one) => [`${one.in} ${one.name}`, one])).values()],
      body: body && { required: body.required ?? false, content: body.content },
      responses: Object.fromEntries(
        Object.entries(responses)
          .filter(([status]) => !status.startsWith("x-"))
          .map(([status, one]) => [status, this.#readResponse(one ?? {})]),
      ),
      security,
      credentialHeaders: this.#credentialHeaders(security),
      isPage: "x-opened-in-browser" in operation,
      extensions: Object.fromEntries(extensions),
    };
  }

  #readResponse(reference: OpenApiResponse): OpenApiResponse {
    const response = this.resolve(reference);
    const headers = Object.entries(response.headers ?? {}).map(([name, header]) => [name, this.resolve(header)]);
    return { ...response, headers: Object.fromEntries(headers) };
  }

  #credentialHeaders(security: readonly SecurityRequirement[]): string[] {
    if (security.some((requirement) => Object.keys(requirement).length === 0)) return [];
    const schemes = security.flatMap((requirement) => Object.keys(requirement)).map((name) => this.#scheme(name));
    // A credential in the query or in a cookie is not checked.
    if (schemes.some((scheme) => scheme?.in === "query" || scheme?.in === "cookie")) return [];
    return [...new Set(schemes.map((scheme) => (scheme?.in === "header" && scheme.name) || "Authorization"))];
  }

  #scheme(name: string): SecurityScheme | undefined {
    const scheme = this.#document.components?.securitySchemes?.[name];
    return scheme && this.resolve(scheme);
  }
}

/** True for the headers that OpenAPI describes elsewhere: "the parameter definition shall be ignored" (4.8.12.2). */
function isIgnored({ in: location, name }: OpenApiParameter): boolean {
  return location === "header" && /^(?:accept|content-type|authorization)$/i.test(name);
}

/** The schemas that say the same as true and as false. */
const [ANYTHING, NOTHING] = [{}, { not: {} }];

function asObject<T>(part: T): Exclude<T, boolean> | object {
  return part === true ? ANYTHING : part === false ? NOTHING : (part as Exclude<T, boolean>);
}

function referenceOf(part: object): string | undefined {
  return (part as { readonly $ref?: string }).$ref;
}
