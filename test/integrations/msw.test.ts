import { setupServer } from "msw/node";
import { createOpenApiHttp } from "openapi-msw";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { paths } from "../../generated/schema.ts";
import { Angelcam, NotFoundError, OAuthSession, passwordGrant, RateLimitError } from "../../src/index.ts";
import { handlers } from "./handlers.ts";

// A test of a team that uses MSW: typed handlers in place of Angelcam, and the client as it is in production.

const server = setupServer(...handlers);
const api = createOpenApiHttp<paths>({ baseUrl: "https://api.angelcam.com" });

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function connect(): Angelcam {
  const grant = passwordGrant({ username: "user@example.com", password: "secret" });
  return new Angelcam({ auth: new OAuthSession({ clientId: "client", grant }), retry: false });
}

test("the client signs in and iterates over pages that typed handlers serve", async () => {
  const names: string[] = [];
  for await (const { name } of connect().cameras.list({ limit: 2 })) names.push(name);
  expect(names).toEqual(["Front door", "Back door", "Yard"]);
});

test("a documented error of a handler is the client's typed error", async () => {
  await expect(connect().cameras.get(999)).rejects.toThrow(NotFoundError);
});

test("a handler for one test simulates an overloaded API", async () => {
  server.use(
    api.get("/v1/cameras/", ({ response }) =>
      response(429).json({
        title: "throttled",
        detail: "Request was throttled. Expected available in 3600 seconds.",
        status: 429,
      }),
    ),
  );
  const list = connect().cameras.list();
  await expect(list).rejects.toThrow(RateLimitError);
});

test("what is not in the document does not compile", () => {
  // @ts-expect-error: the path has a slash at its end
  expect(api.get("/v1/cameras", () => undefined)).toBeDefined();
  // @ts-expect-error: there is no such method on this path
  expect(api.delete("/v1/cameras/", () => undefined)).toBeDefined();
  expect(
    api.get("/v1/me/", ({ response }) =>
      // @ts-expect-error: the e-mail address is a string
      response(200).json({ email: 5 }),
    ),
  ).toBeDefined();
});
