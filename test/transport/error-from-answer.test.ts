import { describe, expect, it } from "vitest";
import { errorFromResponse } from "../../src/transport/error-from-response.ts";
import { parseResponse } from "../../src/transport/parse-response.ts";
import { envelope, json } from "../support/fake-angelcam.ts";
import { exampleCall, exampleOperation, exampleRequest } from "./example-call.ts";

// What an error says is part of the product: each is compared as a whole, words and facts.

const once = exampleCall({ operation: exampleOperation({ id: "things.create", method: "POST", repeatable: false }) });
const ofCall = { operationId: "things.get", method: "GET", path: "/v1/things/{thing_id}/", attempts: 1 };

async function shown(response: Response, call = exampleCall()): Promise<Record<string, unknown>> {
  return errorFromResponse(call, response, await response.text()).toJSON();
}

describe("an error answer of the API", () => {
  it.each<[number, string, string, boolean, string]>([
    [400, "BadRequestError", "bad_request", false, "Correct what `fields` or `detail` names."],
    [401, "AuthenticationError", "not_authenticated", false, "Check the token, or sign in again."],
    [403, "PermissionDeniedError", "permission_denied", false, "Ask for the scope or the right that is missing."],
    [404, "NotFoundError", "not_found", false, "Check the id, the space, and that the service is on."],
    [409, "ApiError", "api_error", false, "See `detail`."],
    [429, "RateLimitError", "rate_limited", true, "Wait until `retryAt`, and send fewer requests."],
    [499, "ApiError", "api_error", false, "See `detail`."],
    [500, "ServerError", "server_error", true, "Try again later."],
    [503, "ServerError", "server_error", true, "Try again later."],
  ])("with status %i says what was answered, and what to do", async (status, name, code, retryable, advice) => {
    expect(await shown(envelope(status, "refused", "Not like this."))).toEqual({
      ...ofCall,
      name,
      code,
      retryable,
      status,
      title: "refused",
      detail: "Not like this.",
      message: `things.get was answered ${status} refused (Not like this.). ${advice}`,
    });
  });

  it("of the token endpoint is an OAuthError, whatever its status", async () => {
    const body = { error: "invalid_grant", error_description: "Wrong password." };
    for (const status of [400, 401]) {
      expect(await shown(json(body, status))).toEqual({
        ...ofCall,
        name: "OAuthError",
        code: "oauth_error",
        retryable: false,
        status,
        title: "invalid_grant",
        detail: "Wrong password.",
        message: `things.get was answered ${status} invalid_grant (Wrong password.). Check the grant, the client id and the secret.`,
      });
    }
  });

  it("that says little has little to show, and nothing made up", async () => {
    const bare = { ...ofCall, name: "NotFoundError", code: "not_found", retryable: false, status: 404 };
    const advice = "Check the id, the space, and that the service is on.";
    expect(await shown(json({ title: "gone" }, 404))).toEqual({
      ...bare,
      title: "gone",
      message: `things.get was answered 404 gone. ${advice}`,
    });
    for (const text of ["", " \r\n"]) {
      expect(await shown(new Response(text, { status: 404 }))).toEqual({
        ...bare,
        message: `things.get was answered 404. ${advice}`,
      });
    }
  });

  it("shows the messages of each field, and tells when to ask again", async () => {
    const retryAt = Date.parse("2026-11-24T12:00:30Z");
    const call = exampleCall({ history: { attempts: 2, retryAt } });
    const { fields, detail } = await shown(envelope(400, "invalid", [{ name: ["Too long.", "Taken."] }]), call);
    expect({ fields, detail }).toEqual({ fields: { name: ["Too long.", "Taken."] }, detail: "name: Too long. Taken." });
    expect(await shown(envelope(429, "rate_limited", "x"), call)).toMatchObject({
      attempts: 2,
      retryAt: new Date(retryAt),
    });
  });

  it("that says the token back shows it nowhere", async () => {
    const call = exampleCall(exampleRequest({ Authorization: "Bearer abc123" }));
    const error = await shown(envelope(400, "no abc123", [{ token: ["abc123 is odd"], name: ["abc123"] }]), call);
    expect(error).toMatchObject({
      title: "no [secret]",
      detail: "token: [secret] is odd; name: [secret]",
      fields: { token: ["[secret] is odd"], name: ["[secret]"] },
    });
    expect(JSON.stringify(error)).not.toContain("abc123");
    const page = await shown(new Response("<p>abc123</p>", { status: 400 }), call);
    expect(page.detail).toBe("<p>[secret]</p>");
    const edge = await shown(new Response("abc123".padStart(203, "x"), { status: 400 }), call);
    expect(edge.detail).toBe(`${"x".repeat(197)}[se`);
  });
});

describe("an answer that the API does not document", () => {
  const unexpected = { ...ofCall, name: "UnexpectedResponseError", code: "unexpected_response" };
  const advice = "A proxy or an outage may be in the way. See `detail`.";

  it.each([
    [400, false],
    [500, true],
    [502, true],
  ])("with status %i is shown by its beginning", async (status, retryable) => {
    const page = "<html>".padEnd(300, "x");
    expect(await shown(new Response(page, { status }))).toEqual({
      ...unexpected,
      status,
      retryable,
      detail: page.slice(0, 200),
      message: `things.get was answered ${status} with text in place of an error of the API. ${advice}`,
    });
  });

  it("is not worth another try where the request may have done its work", async () => {
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
      message: `things.get was answered ${status} with a redirect${where}, which is not followed. ${advice}`,
    });
  });

  it("as a redirect in a browser, which hides where it leads, is known for one", async () => {
    const hidden = Object.defineProperties(new Response(null), {
      type: { value: "opaqueredirect" },
      status: { value: 0 },
      ok: { value: false },
    });
    expect((await shown(hidden)).message).toBe(
      `things.get was answered 0 with a redirect, which is not followed. ${advice}`,
    );
  });
});

it("an answer that shows neither status nor target is not taken for a redirect", async () => {
  const error = await shown(Response.error());
  expect(error).toMatchObject({ name: "ApiError", code: "api_error", status: 0, retryable: false });
});

describe("a success that brings no data", () => {
  const advice = "A proxy or an outage may be in the way. See `detail`.";
  const read = (response: Response, text: string, mayBeEmpty = false) =>
    parseResponse(exampleCall({ operation: exampleOperation({ mayBeEmpty }) }), { response, text });
  const html = { headers: { "Content-Type": "text/html" } };

  it.each<[string, Response, string, string]>([
    ["an empty 200", json({}), "", "no data"],
    ["a 204", new Response(null, { status: 204 }), "", "no data"],
    ["a page", new Response(null, html), "<html>", "text/html"],
    ["a type that only begins like JSON", typed("application/jsonp"), "{}", "application/jsonp"],
    ["half of an answer", json({}), '{"id":', "application/json"],
    ["no JSON, and no type to tell", new Response(null), "<html>", "text"],
  ])("is an error that says so: %s", (_, response, text, what) => {
    expect(() => read(response, text)).toThrow(
      expect.objectContaining({
        name: "UnexpectedResponseError",
        message: `things.get was answered ${response.status} with ${what} in place of complete JSON. ${advice}`,
        retryable: true,
      }),
    );
  });

  it("may have done its work, so that it is not worth another try where that does harm", () => {
    expect(() => parseResponse(once, { response: json({}), text: "" })).toThrow(
      expect.objectContaining({ retryable: false, operationId: "things.create" }),
    );
  });

  it("is undefined where no data is due and none has come", () => {
    expect(read(json({}), "", true)).toBeUndefined();
    expect(read(new Response(null, { status: 204 }), "", true)).toBeUndefined();
    expect(read(json({}), '{"id":7}', true)).toEqual({ id: 7 });
  });

  it.each(["application/json", "application/json; charset=utf-8", "application/problem+json", "Application/JSON"])(
    "is none of it: %s is JSON",
    (type) => {
      expect(read(typed(type), '{"id":7}')).toEqual({ id: 7 });
    },
  );

  it("is none of it: JSON without a type", () => {
    expect(read(new Response(null), "[7]")).toEqual([7]);
  });
});

function typed(type: string): Response {
  return new Response(null, { headers: { "Content-Type": type } });
}
