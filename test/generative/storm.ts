import fc from "fast-check";
import { operationsOf, readDocument } from "../spec/document.ts";
import { malformedRequest } from "./malformed.ts";
import { mutationsOf } from "./mutations.ts";
import { type RawRequest, sendRaw } from "./raw-request.ts";
import { validRequest, written } from "./requests.ts";

// What is thrown at the mock, and what must come back.

/** Milliseconds after which a request that has no answer hangs. The mock itself waits ten seconds for a slow sender. */
export const HANG = 30_000;

/** How many requests are under way at a time. */
const AT_ONCE = 24;

/** A request, and a judge of its answer: it gives what is wrong with it. */
export type Shot = () => Promise<string | undefined>;

const document = readDocument();
const operations = operationsOf(document);

/** Requests that are broken in their bytes. Each must be refused in the form that the document has for errors. */
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

/** Valid requests, some for each operation. Each must be answered with a documented success. */
export function validShots(origin: string, each: number, seed: number): Shot[] {
  return operations.flatMap((place) =>
    fc.sample(validRequest(document, place), { seed, numRuns: each }).map((request) => async () => {
      const { url, init } = written(origin, request);
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(HANG) });
      const text = await response.text();
      const isFine = response.status < 400 && String(response.status) in place.operation.responses;
      return isFine ? undefined : `${place.name} is refused: ${response.status} ${text}\n${url} ${init.body}`;
    }),
  );
}

/** Every single mutation of some valid requests. Each must be refused with the field at fault, and no other. */
export function mutationShots(origin: string, each: number, seed: number): Shot[] {
  return operations.flatMap((place) =>
    fc
      .sample(validRequest(document, place), { seed, numRuns: each })
      .flatMap((request) => mutationsOf(document, request))
      .map(({ field, what, request }) => async () => {
        const { url, init } = written(origin, request);
        const response = await fetch(url, { ...init, signal: AbortSignal.timeout(HANG) });
        const text = await response.text();
        const wrong = wrongWithRefusal(response.status, response.headers.get("content-type"), text);
        const named = wrong === undefined ? fieldsIn(JSON.parse(text)).join(", ") : "";
        // Prism writes the names of headers small.
        const header = response.headers.get("sl-violations")?.toLowerCase() ?? "";
        const isNamed = named === field && header.includes(field.split(".").at(-1)?.toLowerCase() ?? "");
        if (wrong === undefined && response.status === 400 && isNamed) return undefined;
        return `${place.name}, ${field} ${what}: ${wrong ?? `names "${named}"`} ${response.status} ${text}\n${url} ${init.body}`;
      }),
  );
}

/** Fires all shots, some at a time: what was wrong with their answers, a lost or missing answer included. */
export async function fire(shots: readonly Shot[]): Promise<string[]> {
  const faults: string[] = [];
  const waiting = shots.values();
  const one = async () => {
    for (const shot of waiting) {
      const fault = await shot().catch((error: unknown) => `no answer: ${error}`);
      if (fault !== undefined) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return faults;
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

/** The fields that a refusal names, in either form. */
function fieldsIn(refusal: { detail?: string | object[]; error_description?: string }): string[] {
  const { detail, error_description = "" } = refusal;
  if (Array.isArray(detail)) return detail.flatMap((one) => Object.keys(one));
  return [...error_description.matchAll(/(?:^|\. )(\w+): /g)].map(([, name = ""]) => name);
}
