import { type Document, type DocumentOperation, resolve, type Server } from "../generate/document.ts";

const METHODS = ["get", "put", "post", "delete"] as const;

/** An operation and its location in the document. */
export interface PlacedOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly operation: DocumentOperation;
  readonly servers: readonly Server[];
}

/** A request that the document itself shows, ready to be written as a sample or to be sent. */
export interface SampleRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Fields of a form, in the order of the example. */
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** True where the response is a redirect: its headers matter, and it has no body. */
  readonly redirects: boolean;
  /** True where the response has a JSON body. */
  readonly returnsJson: boolean;
}

/** Every operation of the document, in its order. */
export function operationsOf(document: Document): PlacedOperation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const servers = operation.servers ?? item.servers ?? document.servers ?? [];
      return [{ id: operation.operationId ?? "", method: method.toUpperCase(), path, operation, servers }];
    }),
  );
}

/**
 * The simplest request that an operation takes: its first server, what is required of it, the page size of a list, and
 * the first example of each.
 *
 * @throws Error naming the parameter or body that has no example.
 */
export function sampleRequest(document: Document, location: PlacedOperation): SampleRequest {
  const { operation, path, method } = location;
  const parameters = [...(document.paths?.[path]?.parameters ?? []), ...(operation.parameters ?? [])]
    .map((parameter) => resolve(document, parameter))
    .filter(
      (parameter) => parameter.required || (operation["x-pagination"] !== undefined && parameter.name === "limit"),
    )
    .map((parameter) => ({
      ...parameter,
      value: firstExample(document, parameter, `${location.id} ${parameter.name}`),
    }));
  const inPlace = (where: string) => parameters.filter((parameter) => parameter.in === where);
  const filled = inPlace("path").reduce((url, { name, value }) => url.replace(`{${name}}`, encode(value)), path);
  const query = inPlace("query").map(({ name, value }) => `${name}=${encode(value)}`);
  const headers = inPlace("header").map(({ name, value }) => [name, String(value)] as const);
  const successes = Object.entries(operation.responses ?? {}).filter(([status]) => status.startsWith("2"));
  return {
    method,
    url: `${originOf(location)}${filled}${query.length > 0 ? `?${query.join("&")}` : ""}`,
    headers: { ...authorization(document, location), ...Object.fromEntries(headers) },
    ...bodyOf(document, location),
    redirects: successes.length === 0,
    returnsJson: successes.some(([, response]) => resolve(document, response).content !== undefined),
  };
}

/** The URL of the first server, with the defaults of its variables. */
function originOf({ servers: [server] }: PlacedOperation): string {
  const variables = Object.entries(server?.variables ?? {});
  return variables.reduce((url, [name, { default: value }]) => url.replace(`{${name}}`, value), server?.url ?? "");
}

/** The header of the first security scheme of an operation, with a shell variable in place of the token. */
function authorization(document: Document, { id, operation }: PlacedOperation): Record<string, string> {
  const [name] = Object.keys((operation.security ?? document.security ?? [])[0] ?? {});
  if (name === undefined) return {};
  const scheme = document.components?.securitySchemes?.[name] as { type?: string; scheme?: string } | undefined;
  const isBearer = scheme?.type === "oauth2" || (scheme?.type === "http" && scheme.scheme === "bearer");
  if (!isBearer) throw new Error(`${id}: no sample can be written for the security scheme ${name}`);
  return { Authorization: "Bearer $ACCESS_TOKEN" };
}

function bodyOf(document: Document, { id, operation }: PlacedOperation): Pick<SampleRequest, "form" | "json"> {
  const content = operation.requestBody && resolve(document, operation.requestBody).content;
  if (!content) return {};
  const form = content["application/x-www-form-urlencoded"];
  if (form) {
    const fields = Object.entries(firstExample(document, form, `${id} body`) as Record<string, unknown>);
    return { form: Object.fromEntries(fields.map(([name, value]) => [name, String(value)])) };
  }
  const json = content["application/json"];
  if (!json) throw new Error(`${id}: no sample can be written for a body of type ${Object.keys(content).join(", ")}`);
  return { json: firstExample(document, json, `${id} body`) };
}

function firstExample(document: Document, part: object, name: string): unknown {
  const { example, examples = {} } = part as { example?: unknown; examples?: Record<string, { value?: unknown }> };
  if (example !== undefined) return example;
  const [first] = Object.values(examples);
  const value = first && resolve(document, first).value;
  if (value === undefined) throw new Error(`${name}: it has no example, and a sample needs one`);
  return value;
}

function encode(value: unknown): string {
  return [value].flat().map(String).map(encodeURIComponent).join(",");
}
