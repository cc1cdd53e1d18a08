import type { Operation } from "../../src/client/operation.ts";
import type { Call, OutgoingRequest } from "../../src/transport/call.ts";
import { recordingFetch } from "../support/fake-angelcam.ts";

// An operation and a call of no API, for steps of the pipeline that are tested by themselves.

/** An operation that reads, with whatever a test needs otherwise. */
export function exampleOperation(changes: Partial<Operation> = {}): Operation {
  return {
    id: "things.get",
    method: "GET",
    path: "/v1/things/{thing_id}/",
    pathNames: ["thing_id"],
    servers: { production: "https://api.example.com" },
    security: ["BearerToken"],
    paging: undefined,
    input: "query",
    contentType: undefined,
    bodyRequired: false,
    mayBeEmpty: false,
    shareable: true,
    repeatable: true,
    openedInBrowser: false,
    numbers: {},
    ...changes,
  };
}

/** A request with the headers and the body that a test needs. */
export function exampleRequest(
  headers: Record<string, string> = {},
  body?: string,
  url = "https://api.example.com/v1/things/7/",
): OutgoingRequest {
  const operation = exampleOperation({ method: body === undefined ? "GET" : "POST" });
  return { operation, url, headers: new Headers(headers), body };
}

/** A call of the example operation that has been sent once and has an hour left. */
export function exampleCall(changes: Partial<Call> = {}): Call {
  return {
    ...exampleRequest(),
    options: {},
    signal: undefined,
    fetch: recordingFetch(() => new Response("{}")),
    urgent: false,
    deadline: Date.parse("2026-11-24T13:00:00Z"),
    history: { attempts: 1 },
    ...changes,
  };
}
