import document from "../../generated/openapi.json" with { type: "json" };

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Operation {
  readonly operationId?: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly object[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly examples?: Readonly<Record<string, object>> }>>;
  };
}

type Values = Readonly<Record<string, unknown>>;

/** A request as the document's own examples have it. */
export interface DocumentedRequest {
  readonly id: string;
  readonly method: string;
  /** True when it wants a token. */
  readonly signedIn: boolean;
  /** The scopes that it wants. */
  readonly scopes: readonly string[];
  /** The first example of its JSON body. */
  readonly body: unknown;
  /** The path with all required parameters; these values go before the examples. */
  path(values?: Values): string;
}

/** Every operation of the document with a request that fits it. */
export const documentedRequests: readonly DocumentedRequest[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item as Readonly<Record<string, Operation>>).flatMap(([method, operation]) =>
    operation.operationId ? [requestOf(operation.operationId, method, path, operation)] : [],
  ),
);

function requestOf(id: string, method: string, template: string, operation: Operation): DocumentedRequest {
  const parameters = (operation.parameters ?? []).map((parameter) => resolved(parameter) as Parameter);
  const security = (operation.security ?? document.security) as readonly { readonly OAuth2?: readonly string[] }[];
  const [example] = Object.values(operation.requestBody?.content["application/json"]?.examples ?? {});
  return {
    id,
    method: method.toUpperCase(),
    signedIn: security.length > 0,
    scopes: security.flatMap(({ OAuth2 = [] }) => OAuth2),
    body: (example && (resolved(example) as { value: unknown }))?.value,
    path(values = {}) {
      const textOf = ({ name, example: one, examples = {} }: Parameter) =>
        encodeURIComponent(String(values[name] ?? one ?? Object.values(examples)[0]?.value));
      const query = parameters
        .filter((parameter) => parameter.in === "query" && (parameter.required || parameter.name in values))
        .map((parameter) => `${parameter.name}=${textOf(parameter)}`);
      const inPath = parameters.filter((parameter) => parameter.in === "path");
      const filled = inPath.reduce((text, one) => text.replace(`{${one.name}}`, textOf(one)), template);
      return query.length > 0 ? `${filled}?${query.join("&")}` : filled;
    },
  };
}

function resolved(value: object): unknown {
  if (!("$ref" in value)) return value;
  return String(value.$ref)
    .split("/")
    .slice(1)
    .reduce<unknown>((parent, key) => (parent as Values)[key], document);
}
