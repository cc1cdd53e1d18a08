import { Angelcam, bearerToken } from "../../src/index.ts";
import { callMethod, operations, responsesOf } from "../client/documented-operations.ts";
import type { DocumentedOperation } from "../spec/document.ts";
import { jsonFaults } from "./json-faults.ts";
import { type Case, respond } from "./untrusted.ts";

/** Statuses of errors, documented and not. */
const STATUSES = [400, 401, 403, 404, 409, 418, 429, 500, 503];

/** An error in each form that the API documents. */
const ERRORS: readonly unknown[] = [
  { title: "invalid", detail: [{ name: ["Too long."], nested: { deep: ["x"] } }], status: 400 },
  { title: "not_found", detail: "No such camera.", status: 404 },
  { error: "invalid_grant", error_description: "expired" },
];

/** Headers that a server should not send. */
const HEADERS: readonly Record<string, string>[] = [
  { "Retry-After": "soon" },
  { "Retry-After": `${"9".repeat(400)}` },
  { "Retry-After": "-5" },
  { "Content-Type": "text/html" },
  { "Content-Type": "application/json; charset=nonsense" },
  { Date: "yesterday" },
];

/** Every operation against every fault of its success responses, and against errors of every kind. */
export function* operationCases(): Generator<Case> {
  for (const [index, place] of operations.entries()) {
    const { operationId: id } = place.operation;
    const example = responsesOf(place).find(({ status }) => status < 300);
    for (const { name, text } of jsonFaults(example?.value ?? {})) {
      yield caseOf(place, `${id}, ${name}`, () => respond(text, example?.status ?? 200));
    }
    const status = STATUSES[index % STATUSES.length] ?? 400;
    for (const { name, text } of jsonFaults(ERRORS[index % ERRORS.length])) {
      yield caseOf(place, `${id}, status ${status}, ${name}`, () => respond(text, status));
    }
    for (const headers of HEADERS) {
      for (const code of [200, 429]) {
        yield caseOf(place, `${id}, status ${code}, ${JSON.stringify(headers).slice(0, 60)}`, () =>
          respond("{}", code, headers),
        );
      }
    }
  }
}

/** Calls the method of an operation, and reads all of a list. */
function caseOf(place: DocumentedOperation, name: string, response: () => Response): Case {
  const run = async () => {
    const auth = bearerToken("1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ");
    const angelcam = new Angelcam({ auth, fetch: async () => response(), retry: false, quota: false });
    const promise = callMethod(angelcam, place, { serverVariables: { streamer: "e1-eu1" } });
    await ("toArray" in promise ? (promise as { toArray(): Promise<unknown> }).toArray() : promise);
  };
  return { name, operations: [place.operation.operationId], run };
}
