import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import document from "../../generated/openapi.json" with { type: "json" };

interface DocumentedResponse {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean; readonly schema: object }>>;
  readonly content?: Readonly<Record<string, unknown>>;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, DocumentedResponse & { readonly $ref?: string }>>;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, "document");

const paths = document.paths as unknown as Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/**
 * The deviations of a response from the document; empty when there are none. It also sees what Prism's proxy lets pass in
 * silence: a status, a content type or a required header that the document does not have.
 */
export async function deviations(operationId: string, response: Response): Promise<string[]> {
  const { path, method, operation } = find(operationId);
  const { status } = response;
  const declared = operation.responses[status];
  if (!declared) return [`${operationId} does not declare ${status}`];
  const expected = declared.$ref ? (lookUp(declared.$ref) as DocumentedResponse) : declared;
  const missing = Object.entries(expected.headers ?? {}).filter(([name, { required }]) => {
    return required && !response.headers.has(name);
  });
  const headers = missing.map(([name]) => `${operationId} ${status} has no header ${name}`);
  const text = await response.text();
  if (!expected.content)
    return [...headers, ...(isPageOrNothing(response, text) ? [] : [`${status} has a body: ${text}`])];
  const type = response.headers.get("Content-Type") ?? "none";
  if (!(type in expected.content))
    return [...headers, `${operationId} ${status} does not declare the content type ${type}`];
  const pointer = declared.$ref ?? `#/paths/${escaped(path)}/${method}/responses/${status}`;
  const validate = ajv.compile({ $ref: `document${pointer}/content/${escaped(type)}/schema` });
  validate(JSON.parse(text));
  return [
    ...headers,
    ...(validate.errors ?? []).map((error) => `${operationId} ${status}${error.instancePath} ${error.message}`),
  ];
}

/** Every operation of the document, and the statuses that it declares. */
export const documented: readonly { readonly id: string; readonly statuses: readonly number[] }[] = Object.values(paths)
  .flatMap((item) => Object.values(item))
  .filter((operation) => operation.operationId)
  .map(({ operationId, responses }) => ({ id: operationId, statuses: Object.keys(responses).map(Number) }));

function find(operationId: string) {
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (operation.operationId === operationId) return { path, method, operation };
    }
  }
  throw new Error(`The document has no operation ${operationId}`);
}

/** Without content in the document there is no body, or a page for a person. */
function isPageOrNothing(response: Response, text: string): boolean {
  return text === "" || response.headers.get("Content-Type") === "text/html";
}

function lookUp(reference: string): unknown {
  return reference
    .split("/")
    .slice(1)
    .reduce<unknown>((parent, key) => (parent as Record<string, unknown>)[key], document);
}

function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}
