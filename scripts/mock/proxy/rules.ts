import { type Document, type Parameter, resolve, type Schema } from "../../generate/document.ts";
import { operationsOf, type PlacedOperation } from "../../shared/sample-request.ts";
import { type Book, bookOf } from "./pages.ts";
import type { Envelope } from "./validation-error.ts";

/** What the front asks the document about an operation. */
export interface Rules {
  readonly id: string;
  readonly method: string;
  /** Path template, such as `/v1/cameras/{camera_id}/`. */
  readonly path: string;
  readonly envelope: Envelope;
  readonly parameters: readonly Parameter[];
  /** Names that stand in the links of its pages, declared or not. */
  readonly linkNames: readonly string[];
  readonly body: BodyRules | undefined;
  /** All items of a list that comes in pages. */
  readonly book: Book | undefined;
}

/** What the document says of a body. */
export interface BodyRules {
  readonly required: boolean;
  /** Media types, such as `application/json`. */
  readonly types: readonly string[];
  /** The document gives all media types of an operation the same schema. */
  readonly schema: Schema;
}

/** Any part of a path but `.` and `..`. */
const PARAMETER = "(?!\\.{1,2}(?:/|$))[^/]+";

/** The operations of the document, to be found by address. */
export class RuleBook {
  readonly document: Document;
  readonly #entries: readonly { readonly pattern: RegExp; readonly rules: Rules }[];

  constructor(document: Document) {
    this.document = document;
    // A name in a path goes before a parameter in the same place.
    this.#entries = operationsOf(document)
      .map((place) => ({ pattern: patternOf(place.path), rules: rulesOf(document, place) }))
      .sort((one, other) => openness(one.rules.path) - openness(other.rules.path));
  }

  /** The operations of a path, one for each method; none where the document does not know the path. */
  at(pathname: string): Rules[] {
    const byMethod = new Map<string, Rules>();
    for (const { pattern, rules } of this.#entries) {
      if (!byMethod.has(rules.method) && pattern.test(pathname)) byMethod.set(rules.method, rules);
    }
    return [...byMethod.values()];
  }
}

function rulesOf(document: Document, place: PlacedOperation): Rules {
  const { operation, path, method, id } = place;
  const parameters = [...(document.paths?.[path]?.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) =>
    resolve(document, parameter),
  );
  const book = bookOf(document, operation);
  return {
    id,
    method,
    path,
    envelope: envelopeOf(document, place),
    parameters,
    linkNames: book?.linkNames ?? [],
    body: bodyOf(document, place),
    book,
  };
}

function bodyOf(document: Document, { operation }: PlacedOperation): BodyRules | undefined {
  const body = operation.requestBody && resolve(document, operation.requestBody);
  const [first] = Object.values(body?.content ?? {});
  if (!body || !first?.schema) return undefined;
  return { required: body.required ?? false, types: Object.keys(body.content), schema: first.schema };
}

/** The document shows the form of an operation's refusals in its 400. */
function envelopeOf(document: Document, { operation }: PlacedOperation): Envelope {
  const response = operation.responses?.[400];
  const schema = response && resolve(document, response).content?.["application/json"]?.schema;
  return schema && "error" in (resolve(document, schema).properties ?? {}) ? "oauth" : "api";
}

function patternOf(path: string): RegExp {
  const source = path
    .split("/")
    .map((part) => (isParameter(part) ? PARAMETER : part.replaceAll(".", "\\.")))
    .join("/");
  return new RegExp(`^${source}$`);
}

/** How many parameters a path has. */
function openness(path: string): number {
  return path.split("/").filter(isParameter).length;
}

function isParameter(part: string): boolean {
  return part.startsWith("{");
}
