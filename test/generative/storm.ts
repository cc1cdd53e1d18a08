import fc from "fast-check";
import { type DocumentedOperation, operationsOf, readDocument, resolve } from "../spec/document.ts";
import { malformedRequest } from "./malformed.ts";
import { type RawRequest, sendRaw } from "./raw-request.ts";
import { type GeneratedRequest, type Mutation, messageOf, mutations, validRequests } from "./requests.ts";

// The requests that are sent to the mock, and the responses that must come back.

/** Milliseconds after which a request that has no response hangs. The mock itself waits ten seconds for a slow sender. */
const HANG = 120_000;

/** How many requests are under way at a time. */
const AT_ONCE = 24;

/** A request, and a check of its response, which returns the fault. */
export type Shot = () => Promise<string | undefined>;

const document = readDocument();
const operations = operationsOf(document);

/** Requests that are broken in their bytes. Each must be rejected in the form that the document has for errors. */
export function malformedShots(origin: string, count: number, seed: number): Shot[] {
  return fc.sample(malformedRequest(), { seed, numRuns: count }).map((raw) => malformedShot(origin, raw));
}

/** The same for one. */
export function malformedShot(origin: string, raw: RawRequest): Shot {
  return async () => {
    const { status, headers, body } = await sendRaw(origin, raw, HANG);
    const wrong = wrongWithRefusal(status, headers.get("content-type"), body);
    return wrong && `${raw.fault}: ${wrong}\n${JSON.stringify(raw.bytes.toString("latin1").slice(0, 300))}`;
  };
}

/** Valid requests, some for each operation. Each must get a documented success. */
export function validShots(origin: string, each: number, seed: number): Shot[] {
  return operations.flatMap((place) =>
    fc.sample(validRequests(place), { seed, numRuns: each }).map((request) => async () => {
      const { response, text } = await send(request, origin);
      const isFine = response.status < 400 && String(response.status) in place.operation.responses;
      return isFine ? undefined : `is rejected: ${describe(request, response, text)}`;
    }),
  );
}

/** Every single mutation of some valid requests. Each must be rejected with the field at fault, and no other. */
export function mutationShots(origin: string, each: number, seed: number): Shot[] {
  return operations.flatMap((place) =>
    fc
      .sample(validRequests(place), { seed, numRuns: each })
      .flatMap(mutations)
      .map((mutation) => async () => {
        const { response, text } = await send(mutation.request, origin);
        if (isRedirected(mutation, response)) return undefined;
        const isEmpty = hasNoBody(place, response.status) && text === "";
        const wrong =
          (isEmpty ? undefined : wrongWithRefusal(response.status, response.headers.get("content-type"), text)) ??
          wrongWithFields(mutation, response, text);
        return wrong && `${mutation.field} ${mutation.fault}: ${wrong}: ${describe(mutation.request, response, text)}`;
      }),
  );
}

/** Fires all shots, some at a time: what was wrong with their responses, a lost or missing response included. */
export async function fire(shots: readonly Shot[]): Promise<string[]> {
  const faults: string[] = [];
  const waiting = shots.values();
  const one = async () => {
    for (const shot of waiting) {
      const fault = await shot().catch((error: unknown) => `no response: ${error}`);
      if (fault !== undefined) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return faults;
}

/** True where the document has the status for the operation, and no body for it. */
function hasNoBody({ operation: { responses } }: DocumentedOperation, status: number): boolean {
  const response = responses[status];
  return response !== undefined && resolve(document, response).content === undefined;
}

function wrongWithRefusal(status: number, type: string | null | undefined, body: string): string | undefined {
  if (status < 400 || status > 499) return `the status is ${status}: ${body.slice(0, 200)}`;
  if (type !== "application/json") return `the content type is ${type}`;
  const { title, detail, status: again, error, error_description } = JSON.parse(body);
  const isApi = typeof title === "string" && (typeof detail === "string" || isList(detail)) && again === status;
  const isOAuth = typeof error === "string" && typeof error_description === "string";
  return isApi || isOAuth ? undefined : `the envelope is ${body}`;
}

function isList(detail: unknown): boolean {
  return Array.isArray(detail) && detail.length > 0 && detail.every((one) => Object.values(one).flat().length > 0);
}

/** The statuses of faults in the request as a whole; any other fault is 400. */
const STATUSES: Readonly<Record<string, number>> = { "missing slash": 404, "wrong content type": 415 };

/** A GET without the slash at its end is redirected to the path with the slash, and a header says so. */
function isRedirected({ fault, request }: Mutation, response: Response): boolean {
  if (fault !== "missing slash" || request.place.method !== "GET") return false;
  return response.status === 301 && response.headers.has("X-Hint") && response.headers.has("Location");
}

function wrongWithFields(mutation: Mutation, response: Response, text: string): string | undefined {
  const { fault, field } = mutation;
  // An id that cannot be one is an object that does not exist.
  const isInPath = mutation.in === "path";
  const status = STATUSES[fault] ?? (isInPath ? 404 : 400);
  if (response.status !== status) return `the status is not ${status}`;
  if (fault in STATUSES || field === "") return undefined;
  // A JSON pointer, in the manner of the API: dots for slashes, and no places in lists.
  const name = field
    .replace(/^\//, "")
    .replaceAll(/\/\d+(?=\/|$)/g, "")
    .replaceAll("/", ".");
  const named = text === "" ? [name] : fieldsIn(JSON.parse(text));
  if (named.join() !== name) return `it names "${named}"`;
  // Prism writes the names of headers small.
  const violations = response.headers.get("sl-violations")?.toLowerCase() ?? "";
  return violations.includes(name.split(".").at(-1)?.toLowerCase() ?? "")
    ? undefined
    : "sl-violations does not name it";
}

/** The fields that a rejection names, in any form: a list, or sentences of the API or of OAuth 2.0. */
function fieldsIn(error: { detail?: string | object[]; error_description?: string }): string[] {
  const { error_description = "", detail = error_description } = error;
  if (Array.isArray(detail)) return detail.flatMap((one) => Object.keys(one));
  return [...detail.matchAll(/(?:^|\. )([\w.-]+): /g)].map(([, name = ""]) => name);
}

async function send(request: GeneratedRequest, origin: string): Promise<{ response: Response; text: string }> {
  const { method, url, headers, bodyText } = messageOf(request, origin);
  const body = bodyText === "" ? {} : { body: bodyText };
  const signal = AbortSignal.timeout(HANG);
  const response = await fetch(url, { method, headers, redirect: "manual", signal, ...body });
  return { response, text: await response.text() };
}

function describe(request: GeneratedRequest, { status }: Response, text: string): string {
  const { method, url, bodyText } = messageOf(request, "");
  return `${status} ${text}\n${method} ${url} ${bodyText.slice(0, 300)}`;
}
