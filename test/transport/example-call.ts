import type { Operation } from "../../generated/operations.ts";
import { retryDefaults } from "../../src/errors/retry-policy.ts";
import type { Call, OutgoingRequest } from "../../src/transport/call.ts";
import { recordingFetch } from "../support/fake-angelcam.ts";

// An example operation and call, for steps of the pipeline that are tested by themselves.

/** A GET operation, with the changes that a test needs. */
export function exampleOperation(changes: Partial<Operation> = {}): Operation {
  return {
    id: "things.get",
    method: "GET",
    path: "/v1/things/{thing_id}/",
    pathParameters: { thing_id: { type: "string" } },
    servers: { production: "https://api.example.com" },
    security: ["BearerToken"],
    query: {},
    response: "object",
    ...changes,
  };
}

/** A request with the headers and the body that a test needs. */
export function exampleRequest(
  headers: Record<string, string> = {},
  body?: string,
  url = "https://api.example.com/v1/things/7/",
): OutgoingRequest {
  return { url, headers: new Headers(headers), body, fetchOptions: {} };
}

/** A call of the example operation that has been sent once and has an hour left. */
export function exampleCall(changes: Partial<Call> = {}): Call {
  return {
    request: exampleRequest(),
    operation: exampleOperation(),
    id: "call-1",
    options: {},
    retry: retryDefaults,
    space: undefined,
    baseUrl: "https://api.example.com",
    signal: undefined,
    fetch: recordingFetch(() => new Response("{}")),
    urgent: false,
    deadline: 3_600_000,
    history: { attempts: 1 },
    ...changes,
  };
}
