import { expect, inject, test } from "vitest";
import {
  Angelcam,
  AngelcamError,
  ApiError,
  AuthenticationError,
  BadRequestError,
  bearerToken,
  NotFoundError,
  OAuthError,
  PermissionDeniedError,
  personalAccessToken,
  RateLimitError,
  ServerError,
} from "../../src/index.ts";
import { testAll } from "../support/test-all.ts";
import {
  bodiesOf,
  callMethod,
  type DocumentedResponse,
  emptyResponsesOf,
  isSignedIn,
  operations,
  preferring,
  responsesOf,
} from "./documented-operations.ts";

const CORE = ["oauth.createToken", "me.get", "cameras.list", "cameras.get"];

const examples = operations.flatMap(responsesOf);
const successes = examples.filter(({ status }) => status < 300);
const failures = examples.filter(({ status }) => status >= 400);
const empty = operations.flatMap(emptyResponsesOf);

/** A client that sends each request once, to the mock. */
function client(): Angelcam {
  return new Angelcam({
    baseUrl: inject("prismOrigin"),
    auth: bearerToken("1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ"),
    retry: false,
  });
}

test("every operation has examples of a success response and of an error response", () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(ids).toEqual(expect.arrayContaining(CORE));
  expect([...new Set(failures.map(({ id }) => id))]).toEqual(ids);
  expect(new Set([...successes, ...empty].map(({ id }) => id))).toEqual(new Set(ids));
  for (const { operation, name } of operations) {
    const shown = [...examples, ...empty].filter(({ id }) => id === operation.operationId).map(({ status }) => status);
    expect([...new Set(shown)].sort(), name).toEqual(Object.keys(operation.responses).map(Number).sort());
  }
});

testAll("the data of each success comes back unchanged", successes, "$id $status $example", async (example) => {
  const { data, response } = await callMethod(client(), example.place, { headers: preferring(example) }).withResponse();
  // A page of a list holds the same as the response.
  expect(Array.isArray(data) ? data : { ...(data as object) }).toEqual(example.value);
  expect(response.status).toBe(example.status);
});

testAll(
  "each empty success comes back as undefined",
  empty.filter(({ status }) => status < 300),
  "$id $status",
  async ({ place, status }) => {
    const { data, response } = await callMethod(client(), place, {
      headers: { Prefer: `code=${status}` },
    }).withResponse();
    expect(data).toBeUndefined();
    expect(response.status).toBe(status);
  },
);

testAll(
  "each empty error rejects with the typed error of its status",
  empty.filter(({ status }) => status >= 400),
  "$id $status",
  async ({ id, place, status }) => {
    const call = callMethod(client(), place, { headers: { Prefer: `code=${status}` } });
    await expect(call).rejects.toThrow(classOf({ status, value: {} }));
    await expect(call).rejects.toMatchObject({ operationId: id, status });
  },
);

testAll(
  "each error rejects with the typed error of its status, with title, detail and fields",
  failures,
  "$id $status $example",
  async (example) => {
    const error = await callMethod(client(), example.place, { headers: preferring(example) }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const { operation, method, path } = example.place;
    expect(error).toBeInstanceOf(AngelcamError);
    expect(error).toBeInstanceOf(classOf(example));
    expect(error).toMatchObject({ operationId: operation.operationId, method, path, status: example.status });
    expect(error).toMatchObject(detailsOf(example));
    expect((error as AngelcamError).message).toContain(operation.operationId);
    expect((error as AngelcamError).retryable).toBe(isRetryable(example));
  },
);

/** The default retry policy in other words: a request that was rejected, or that has the same effect when it is sent twice. */
function isRetryable({ place, status }: DocumentedResponse): boolean {
  const { "x-retry": mode = place.method === "POST" ? "never" : "always" } = place.operation as { "x-retry"?: string };
  if (status === 429 || status === 503) return mode !== "never";
  return mode === "always" && (status === 502 || status === 504 || (status === 500 && place.method === "GET"));
}

const grants = operations.flatMap((place) =>
  place.operation.operationId === "oauth.createToken" ? Object.entries(bodiesOf(place)) : [],
);

test("the document shows each of the three grants", () => {
  const types = grants.map(([, body]) => body.grant_type);
  expect(types).toEqual(expect.arrayContaining(["password", "authorization_code", "refresh_token"]));
});

test.each(grants)("oauth.createToken trades the credentials of %s for tokens", async (_, body) => {
  const angelcam = new Angelcam({ baseUrl: inject("prismOrigin") });
  const place = operations.find(({ operation }) => operation.operationId === "oauth.createToken");
  expect(await callMethod(angelcam, place as NonNullable<typeof place>, {}, body)).toMatchObject({
    access_token: expect.any(String),
    refresh_token: expect.any(String),
    token_type: "Bearer",
    expires_in: expect.any(Number),
  });
});

testAll(
  "every operation takes a personal access token where the document says so",
  operations.filter(isSignedIn),
  "$name",
  async (place) => {
    const angelcam = new Angelcam({ baseUrl: inject("prismOrigin"), auth: personalAccessToken("fe6a3f0c25b8") });
    const schemes = (place.operation.security ?? []).flatMap((alternative) => Object.keys(alternative));
    const call = callMethod(angelcam, place, {}).withResponse();
    if (schemes.includes("PersonalAccessToken")) expect((await call).response.ok).toBe(true);
    else await expect(call).rejects.toThrow(/does not take PersonalAccessToken/);
  },
);

testAll(
  "every operation without a credential is an AuthenticationError",
  operations.filter(isSignedIn),
  "$name",
  async (place) => {
    const angelcam = new Angelcam({ baseUrl: inject("prismOrigin"), retry: false });
    const call = callMethod(angelcam, place, {});
    await expect(call).rejects.toThrow(AuthenticationError);
    await expect(call).rejects.toMatchObject({ status: 401, title: "not_authenticated", code: "not_authenticated" });
  },
);

type ErrorClass = new (...values: never[]) => Error;

/** The error class that the guides promise for a response. */
function classOf({ status, value }: Pick<DocumentedResponse, "status" | "value">): ErrorClass {
  if ("error" in (value as object)) return OAuthError;
  const classes: Record<number, ErrorClass> = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    429: RateLimitError,
  };
  return classes[status] ?? (status >= 500 ? ServerError : ApiError);
}

/** Title, detail and fields of the example. */
function detailsOf({ value }: DocumentedResponse): object {
  const { title, detail, error, error_description: description } = value as Record<string, unknown>;
  if (error) return { title: error, detail: description };
  if (!Array.isArray(detail)) return { title, detail };
  const fields = Object.assign({}, ...detail) as Record<string, string[]>;
  const said = Object.values(fields).flat();
  return { title, fields, detail: expect.stringMatching(new RegExp(said.map(literally).join("[^]*"))) };
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
