import { document, emptyResponsesOf, parametersOf, responsesOf } from "../client/documented-operations.ts";
import { type DocumentedOperation, type Exemplified, operationsOf, type Parameter, resolve } from "../spec/document.ts";
import type { RecordedRequest } from "../support/fake-angelcam.ts";
import type { Exchange } from "./carry-out.ts";
import { contentTypeOf } from "./request-faults.ts";
import { routeOf } from "./route.ts";
import { propertiesOf } from "./schema-properties.ts";

/** The parts that are counted, in the document and among the exercised ones. */
export const KINDS = ["operations", "parameters", "responses", "examples of responses", "schema properties"] as const;

/** One of the things that are counted. */
export type Kind = (typeof KINDS)[number];

/** The things of each kind, by name, such as `cameras.list query limit`. */
export type Things = Readonly<Record<Kind, ReadonlySet<string>>>;

/** The parts of the document that were exercised. */
export interface Coverage {
  readonly documented: Things;
  readonly exercised: Things;
}

/**
 * Compares the document with what went out and came back. Only what was seen on the wire counts, not what was planned:
 * an operation counts when a request of its method and path went out, a parameter when it was in one.
 */
export function coverageOf(exchanges: readonly Exchange[]): Coverage {
  const documented = empty();
  for (const place of operationsOf(document)) addDocumented(documented, place);
  const exercised = empty();
  for (const exchange of exchanges) {
    for (const request of exchange.requests) addExercised(exercised, request, exchange);
  }
  return { documented, exercised };
}

/** The parts of the document that were not exercised. */
export function missing({ documented, exercised }: Coverage, kind: Kind): string[] {
  return [...documented[kind]].filter((thing) => !exercised[kind].has(thing));
}

type Collection = Record<Kind, Set<string>>;

function empty(): Collection {
  return Object.fromEntries(KINDS.map((kind) => [kind, new Set<string>()])) as Collection;
}

function addDocumented(things: Collection, place: DocumentedOperation): void {
  const { operation } = place;
  const id = operation.operationId;
  things.operations.add(id);
  for (const parameter of allParameters(place)) things.parameters.add(nameOfParameter(id, parameter));
  for (const status of Object.keys(operation.responses)) things.responses.add(`${id} ${status}`);
  for (const { status, example } of responsesOf(place))
    things["examples of responses"].add(`${id} ${status} ${example}`);
  for (const { status } of emptyResponsesOf(place)) things["examples of responses"].add(`${id} ${status} (empty)`);
  for (const { part, label } of bodies(place)) add(things, propertiesOf(part.schema ?? {}, label));
}

function addExercised(things: Collection, request: RecordedRequest, exchange: Exchange): void {
  const route = routeOf(request.method, request.url);
  if (!route) return;
  const { place, path } = route;
  const id = place.operation.operationId;
  const { searchParams } = new URL(request.url);
  things.operations.add(id);
  for (const parameter of allParameters(place)) {
    const sent = { path: parameter.name in path, query: searchParams.has(parameter.name) }[parameter.in as "path"];
    if (sent ?? request.headers.has(parameter.name)) things.parameters.add(nameOfParameter(id, parameter));
  }
  const { status, received } = exchange;
  things.responses.add(`${id} ${status}`);
  addExamples(things, place, exchange);
  for (const { part, label, kind } of bodies(place)) {
    const value = kind === "request" ? sentBody(place, request) : kind === status ? received : undefined;
    if (value !== undefined) add(things, propertiesOf(part.schema ?? {}, label, { value }));
  }
}

/** The example counts that the response equals; two that are the same cannot be distinguished, and both count. */
function addExamples(things: Collection, place: DocumentedOperation, { status, received }: Exchange): void {
  const id = place.operation.operationId;
  const text = JSON.stringify(received);
  if (text === undefined) things["examples of responses"].add(`${id} ${status} (empty)`);
  for (const one of responsesOf(place)) {
    if (one.status === status && JSON.stringify(one.value) === text) {
      things["examples of responses"].add(`${id} ${status} ${one.example}`);
    }
  }
}

function add(things: Collection, properties: ReadonlySet<string>): void {
  for (const property of properties) things["schema properties"].add(property);
}

interface Content {
  readonly part: Exemplified;
  readonly label: string;
  readonly kind: "request" | number;
}

/** Everything of an operation that has a schema: the body that the client sends, and each response. */
function bodies(place: DocumentedOperation): Content[] {
  const { operation } = place;
  const sent = operation.requestBody?.content[contentTypeOf(place) ?? ""];
  const request: Content[] = sent ? [{ part: sent, label: `${operation.operationId} request`, kind: "request" }] : [];
  const responses = Object.entries(operation.responses).flatMap(([status, reference]) =>
    Object.values(resolve(document, reference).content ?? {}).map((part) => ({
      part,
      label: `${operation.operationId} ${status}`,
      kind: Number(status),
    })),
  );
  return [...request, ...responses];
}

function sentBody(place: DocumentedOperation, { body }: RecordedRequest): unknown {
  if (body === "") return undefined;
  const isForm = contentTypeOf(place) === "application/x-www-form-urlencoded";
  return isForm ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body);
}

function allParameters(place: DocumentedOperation): Parameter[] {
  return (["path", "query", "header"] as const).flatMap((where) => parametersOf(place, where));
}

function nameOfParameter(id: string, parameter: Parameter): string {
  return `${id} ${parameter.in} ${parameter.name}`;
}
