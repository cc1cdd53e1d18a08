import { isDeepStrictEqual } from "node:util";
import { document, isSignedIn, parametersOf } from "../client/documented-operations.ts";
import type { DocumentedOperation } from "../spec/document.ts";
import { resolve } from "../spec/document.ts";
import type { RecordedRequest } from "../support/fake-angelcam.ts";
import { type Exchange, isOpenedInBrowser } from "./carry-out.ts";
import type { PlannedCall } from "./plan.ts";
import { originsOf, routeOf } from "./route.ts";

/** Where the request of a call is not the one that the document requests; nothing when all is well. */
export function requestFaults({ planned, requests, violations }: Exchange): string[] {
  const [request, ...more] = requests;
  if (!request) return ["no request was sent"];
  const faults = new Faults();
  if (more.length > 0) faults.note(`${requests.length} requests were sent`);
  if (violations !== null) faults.note(`the mock found ${violations}`);
  checkTarget(faults, planned, request);
  checkQuery(faults, planned, request);
  checkHeaders(faults, planned, request);
  checkBody(faults, planned, request);
  return faults.lines;
}

/** The first content type that the document names for the body of an operation. */
export function contentTypeOf({ operation }: DocumentedOperation): string | undefined {
  return Object.keys(operation.requestBody?.content ?? {})[0];
}

class Faults {
  readonly lines: string[] = [];

  note(line: string): void {
    this.lines.push(line);
  }

  same(what: string, sent: unknown, due: unknown): void {
    if (!isDeepStrictEqual(sent, due)) this.note(`${what} is ${JSON.stringify(sent)}, due is ${JSON.stringify(due)}`);
  }
}

function checkTarget(faults: Faults, { place, path }: PlannedCall, { method, url }: RecordedRequest): void {
  const route = routeOf(method, url);
  faults.same("operation", route?.place.name, place.name);
  faults.same("path parameters", route?.path, texts(path));
  faults.same("origin", new URL(url).origin, originsOf(place)[0]);
}

function checkQuery(faults: Faults, { place, query }: PlannedCall, { url }: RecordedRequest): void {
  const sent = Object.fromEntries(new URL(url).searchParams);
  // A state is invented where the caller passes none.
  if (isOpenedInBrowser(place) && query.state === undefined) delete sent.state;
  faults.same("query", sent, texts({ ...usualPage(place), ...query }));
}

function checkHeaders(faults: Faults, { place, headers, body }: PlannedCall, request: RecordedRequest): void {
  const sent = request.headers;
  const space = headers["X-Space-Id"];
  faults.same("X-Space-Id", sent.get("X-Space-Id"), space === undefined ? null : String(space));
  faults.same("Content-Type", sent.get("Content-Type"), body === undefined ? null : contentTypeOf(place));
  if (isOpenedInBrowser(place)) return;
  faults.same("Accept", sent.get("Accept"), "application/json");
  faults.same("signed in", /^Bearer \S+$/.test(sent.get("Authorization") ?? ""), isSignedIn(place));
}

function checkBody(faults: Faults, { place, body }: PlannedCall, request: RecordedRequest): void {
  if (body === undefined) {
    faults.same("body", request.body, "");
  } else if (contentTypeOf(place) === "application/x-www-form-urlencoded") {
    faults.same("form", Object.fromEntries(new URLSearchParams(request.body)), texts(body));
  } else {
    faults.same("body", JSON.parse(request.body || "null"), body);
  }
}

/** A list is requested in the biggest legal pages, unless the caller says otherwise. */
function usualPage(place: DocumentedOperation): Record<string, unknown> {
  const limit = parametersOf(place, "query").find(({ name }) => name === "limit");
  if (place.operation["x-pagination"] === undefined || limit === undefined) return {};
  return { limit: resolve(document, limit.schema ?? {}).default };
}

/** Values as they are in a URL or a form: lists with commas. */
function texts(values: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(values as object).map(([name, value]) => [name, String(value)]));
}
