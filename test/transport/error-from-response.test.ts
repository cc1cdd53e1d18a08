import { describe, expect, it } from "vitest";
import type { Operation } from "../../generated/operations.ts";
import type { Call } from "../../src/transport/call.ts";
import { errorFromResponse } from "../../src/transport/error-from-response.ts";
import { checkData, checkResponse } from "../../src/transport/parse-response.ts";
import { envelope, json } from "../support/fake-angelcam.ts";
import { exampleCall, exampleOperation, exampleRequest } from "./example-call.ts";

// Error messages are part of the public API: each is compared as a whole, with its details.

const once = exampleCall({ operation: exampleOperation({ id: "things.create", method: "POST", retry: "never" }) });
const ofCall = { operationId: "things.get", method: "GET", path: "/v1/things/{thing_id}/", attempts: 1 };

async function shown(response: Response, call = exampleCall()): Promise<Record<string, unknown>> {
  return errorFromResponse(call, response, await response.text()).toJSON();
}

describe("an error response of the API", () => {
  it.each<[number, string, string, boolean, string]>([
    [400, "BadRequestError", "bad_request", false, "Correct what `fields` or `detail` names."],
    [
      401,
      "AuthenticationError",
      "not_authenticated",
      false,
      "The client has no `auth`: pass an OAuthSession, personalAccessToken(…) or bearerToken(…) to new Angelcam().",
    ],
    [403, "PermissionDeniedError", "permission_denied", false, "Request the missing scope or right."],
    [404, "NotFoundError", "not_found", false, "Check the id, the space, and that the service is on."],
    [409, "ApiError", "api_error", false, "See the reference."],
    [429, "RateLimitError", "rate_limited", true, "Wait until `retryAt`, or a minute, and send fewer requests."],
    [499, "ApiError", "api_error", false, "See the reference."],
    [500, "ServerError", "server_error", true, "Try again later."],
    [503, "ServerError", "server_error", true, "Try again later."],
  ])("with status %i says what came, and what to do", async (status, name, code, retryable, advice) => {
    expect(await shown(envelope(status, "refused", "Not like this."))).toEqual({
      ...ofCall,
      name,
      code,
      retryable,
      status,
      title: "refused",
      detail: "Not like this.",
      message: `things.get returned ${status} refused (Not like this.). ${advice}`,
    });
  });

  it("of the token endpoint is an OAuthError, whatever its status", async () => {
    const body = { error: "invalid_grant", error_description: "Wrong password." };
    const advice = "Check the grant, the client id and the secret.";
    const exampleToken = exampleCall({ operation: exampleOperation({ security: [] }) });
    for (const status of [400, 401]) {
      expect(await shown(json(body, status), exampleToken)).toEqual({
        ...ofCall,
        name: "OAuthError",
        code: "oauth_error",
        retryable: false,
        status,
        title: "invalid_grant",
        detail: "Wrong password.",
        message: `things.get returned ${status} invalid_grant (Wrong password.). ${advice}`,
      });
    }
  });

  it.each<[string, Partial<Call>, string]>([
    [
      "a bearer token",
      { history: { attempts: 1, authorization: "Bearer abc123" } },
      "belongs in personalAccessToken(…)",
    ],
    ["no auth", {}, "The client has no `auth`"],
  ])("401 with %s names the likely cause", async (_, changes, cause) => {
    const request = exampleRequest(changes.history ? { Authorization: "Bearer abc123" } : {});
    const call = exampleCall({ request, ...changes });
    expect((await shown(envelope(401, "not_authenticated", "No."), call)).message).toContain(cause);
  });

  it.each<[string, number, Partial<Call>, string]>([
    [
      "401 with a personal access token",
      401,
      { history: { attempts: 1, authorization: "PersonalAccessToken abc123" } },
      "Check the token, or sign in again.",
    ],
    [
      "403 with a bearer token",
      403,
      { history: { attempts: 1, authorization: "Bearer abc123" } },
      "Request the missing scope or right.",
    ],
    ["500 behind a baseUrl with a path", 500, { baseUrl: "https://proxy.example.com/angelcam" }, "Try again later."],
  ])("%s ends with the usual advice", async (_, status, changes, advice) => {
    const request = exampleRequest({ Authorization: changes.history?.authorization ?? "Bearer abc123" });
    const { message } = await shown(envelope(status, "no", "No."), exampleCall({ request, ...changes }));
    expect(message).toBe(`things.get returned ${status} no (No.). ${advice}`);
  });

  it("404 behind a baseUrl with a path names where the request went", async () => {
    const call = exampleCall({ baseUrl: "https://proxy.example.com/angelcam" });
    expect((await shown(envelope(404, "not_found", "No."), call)).message).toContain(
      "The request went to https://proxy.example.com/angelcam/v1/things/{thing_id}/",
    );
  });

  it("that says little has no made-up details", async () => {
    const bare = { ...ofCall, name: "NotFoundError", code: "not_found", retryable: false, status: 404 };
    const advice = "Check the id, the space, and that the service is on.";
    expect(await shown(json({ title: "gone" }, 404))).toEqual({
      ...bare,
      title: "gone",
      message: `things.get returned 404 gone. ${advice}`,
    });
    for (const text of ["", " \r\n"]) {
      expect(await shown(new Response(text, { status: 404 }))).toEqual({
        ...bare,
        message: `things.get returned 404. ${advice}`,
      });
    }
  });

  it("shows the messages of each field, and when to try again", async () => {
    const retryAt = Date.parse("2026-11-24T12:00:30Z");
    const call = exampleCall({ history: { attempts: 2, retryAt } });
    const { fields, detail } = await shown(envelope(400, "invalid", [{ name: ["Too long.", "Taken."] }]), call);
    expect({ fields, detail }).toEqual({ fields: { name: ["Too long.", "Taken."] }, detail: "name: Too long. Taken." });
    expect(await shown(envelope(429, "rate_limited", "x"), call)).toMatchObject({
      attempts: 2,
      retryAt: new Date(retryAt),
    });
  });

  it("that echoes the token shows it nowhere", async () => {
    const call = exampleCall({ request: exampleRequest({ Authorization: "Bearer abc123" }) });
    const error = await shown(envelope(400, "no abc123", [{ token: ["abc123 is odd"], name: ["abc123"] }]), call);
    expect(error).toMatchObject({
      title: "no [secret]",
      detail: "token: [secret] is odd; name: [secret]",
      fields: { token: ["[secret] is odd"], name: ["[secret]"] },
    });
    expect(JSON.stringify(error)).not.toContain("abc123");
    const page = await shown(new Response("<p>abc123</p>", { status: 400 }), call);
    expect(page.detail).toBe("<p>[secret]</p>");
    const edge = await shown(new Response("abc123".padStart(1003, "x"), { status: 400 }), call);
    expect(edge.detail).toBe(`${"x".repeat(997)}[se`);
  });
});

it("never advises to look into a detail that it does not have", async () => {
  const responses = [409, 418, 429, 302].map((status) => new Response(null, { status }));
  for (const response of responses) {
    const { detail, message } = await shown(response);
    expect([detail, message]).toEqual([undefined, expect.not.stringContaining("detail")]);
  }
});

describe("a response that the API does not document", () => {
  const unexpected = { ...ofCall, name: "UnexpectedResponseError", code: "unexpected_response" };
  const advice = "A proxy or an outage may be in the way.";

  it.each([
    [400, false],
    [500, true],
    [502, true],
  ])("with status %i is shown by its beginning", async (status, retryable) => {
    const page = "<html>".padEnd(3000, "x");
    expect(await shown(new Response(page, { status }))).toEqual({
      ...unexpected,
      status,
      retryable,
      detail: page.slice(0, 1000),
      message: `things.get returned ${status} with something else than an error of the API. ${advice}`,
    });
  });

  it("is not retryable where the request may have had its effect", async () => {
    expect(await shown(new Response("<html>", { status: 502 }), once)).toMatchObject({ retryable: false });
  });

  it.each<[number, string | undefined, string]>([
    [300, undefined, ""],
    [302, "/elsewhere/?token=abc", " to https://api.example.com"],
    [307, "https://other.example.com/?token=abc", " to https://other.example.com"],
    [399, "https://[", ""],
  ])("as a redirect with status %i names no more than where it leads", async (status, location, where) => {
    const headers: Record<string, string> = location === undefined ? {} : { Location: location };
    expect(await shown(new Response(status === 302 ? "Moved" : null, { status, headers }))).toEqual({
      ...unexpected,
      status,
      retryable: false,
      message: `things.get returned ${status} with a redirect${where}, which is not followed. ${advice}`,
    });
  });

  it("as an opaque redirect of a browser is reported as a redirect", async () => {
    const hidden = Object.defineProperties(new Response(null), {
      type: { value: "opaqueredirect" },
      status: { value: 0 },
      ok: { value: false },
    });
    expect((await shown(hidden)).message).toBe(
      `things.get returned 0 with a redirect, which is not followed. ${advice}`,
    );
  });
});

it("a response without status and target is not taken for a redirect", async () => {
  const error = await shown(Response.error());
  expect(error).toMatchObject({ name: "ApiError", code: "api_error", status: 0, retryable: false });
});

describe("a success response that is not what the operation documents", () => {
  const advice = "A proxy or an outage may be in the way.";
  const unexpected = (what: string, call = exampleCall()) => ({
    name: "UnexpectedResponseError",
    message: `${call.operation.id} returned 200 with ${what}. ${advice}`,
    retryable: call.operation.retry !== "never",
    operationId: call.operation.id,
  });

  it.each<[string, string]>([
    ["text/html", "<html>"],
    ["application/jsonp", "{}"],
    ["text/plain", '{"id":7}'],
  ])("of type %s is an UnexpectedResponseError that names the type", (type, text) => {
    expect(() => checkResponse(exampleCall(), { response: typed(type), text })).toThrow(
      expect.objectContaining(unexpected(`${type} in place of JSON`)),
    );
  });

  it.each(["application/json", "application/json; charset=utf-8", "application/problem+json", "Application/JSON"])(
    "of type %s is JSON",
    (type) => {
      expect(() => checkResponse(exampleCall(), { response: typed(type), text: '{"id":7}' })).not.toThrow();
    },
  );

  it("without a content type is read as JSON", () => {
    expect(() => checkResponse(exampleCall(), { response: new Response(null), text: "[7]" })).not.toThrow();
  });

  it.each<[string, Partial<Operation>, unknown, string]>([
    ["nothing for an object", {}, undefined, "no data in place of complete JSON"],
    ["null for an object", {}, null, "null in place of an object"],
    ["an array for an object", {}, [], "an array in place of an object"],
    ["a number for an object", {}, 5, "the number 5 in place of an object"],
    ["a string for an object", {}, "x", "a string in place of an object"],
    ["an object for an array", { response: "array" }, {}, "an object in place of an array"],
    ["a boolean for an array", { response: "array" }, false, "the boolean false in place of an array"],
  ])("with %s is an UnexpectedResponseError", (_, operation, data, what) => {
    const call = exampleCall({ operation: exampleOperation(operation) });
    expect(() => checkData(call, json({}), data)).toThrow(expect.objectContaining(unexpected(what, call)));
  });

  it("is not retryable where a second request could do harm", () => {
    expect(() => checkData(once, json({}), undefined)).toThrow(
      expect.objectContaining(unexpected("no data in place of complete JSON", once)),
    );
  });

  it.each<[string, Partial<Operation>, unknown]>([
    ["an object", {}, { id: 7 }],
    ["an array", { response: "array" }, [7]],
    ["nothing where the operation may return nothing", { mayBeEmpty: true }, undefined],
    ["nothing where the operation never returns data", { response: "empty" }, undefined],
    ["anything where the operation never returns data", { response: "empty" }, "done"],
  ])("is accepted with %s", (_, operation, data) => {
    const call = exampleCall({ operation: exampleOperation(operation) });
    expect(() => checkData(call, json({}), data)).not.toThrow();
  });
});

function typed(type: string): Response {
  return new Response(null, { headers: { "Content-Type": type } });
}
