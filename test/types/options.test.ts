import { describe, expectTypeOf, test } from "vitest";
import {
  Angelcam,
  type AngelcamError,
  type AngelcamOptions,
  type ApiError,
  type Auth,
  type AuthenticationError,
  authorizationCodeGrant,
  type BadRequestError,
  bearerToken,
  type CreateClipOptions,
  type ErrorCode,
  type Grant,
  OAuthSession,
  type OAuthSessionOptions,
  passwordGrant,
  personalAccessToken,
  refreshTokenGrant,
  type ServerName,
  type TokenStore,
} from "../../src/index.ts";
import { createSandbox, type SandboxOptions } from "../../src/sandbox/index.ts";

// Checked by the compiler, never run.

describe("new Angelcam", () => {
  test("takes each way to sign in", () => {
    expectTypeOf(personalAccessToken).returns.toEqualTypeOf<Auth>();
    expectTypeOf(bearerToken).returns.toEqualTypeOf<Auth>();
    expectTypeOf<OAuthSession>().toExtend<Auth>();
    new Angelcam({ auth: bearerToken(async () => "1CP9xR6tqp") });
    new Angelcam();
  });

  test("knows the servers of the document by name", () => {
    expectTypeOf<ServerName>().toEqualTypeOf<"production" | "test">();
    new Angelcam({ server: "test" });
    // @ts-expect-error there is no such server
    new Angelcam({ server: "staging" });
  });

  test("takes undefined for each option of a call, and for a header", () => {
    const angelcam = new Angelcam();
    const maybe = undefined as string | undefined;
    angelcam.me.get({ cache: undefined, credentials: undefined, keepalive: undefined, mode: undefined });
    angelcam.me.get({ headers: { "X-Trace": maybe } });
    // @ts-expect-error no mode of the cache
    angelcam.me.get({ cache: "never" });
  });

  test("rejects options that it does not know, or of another type", () => {
    // @ts-expect-error the option is called baseUrl
    new Angelcam({ baseURL: "https://example.com" });
    // @ts-expect-error milliseconds are a number
    new Angelcam({ timeout: "30s" });
    // @ts-expect-error a token says of which kind it is
    new Angelcam({ auth: "fe6a3f0c25b8" });
  });
});

describe("new OAuthSession", () => {
  const grant = passwordGrant({ username: "user@example.com", password: "secret" });

  test("takes each grant", () => {
    expectTypeOf(grant).toEqualTypeOf<Grant>();
    expectTypeOf(authorizationCodeGrant({ code: "a", redirectUri: "b" })).toEqualTypeOf<Grant>();
    expectTypeOf(refreshTokenGrant({ refreshToken: "a" })).toEqualTypeOf<Grant>();
    new OAuthSession({ clientId: "a", grant });
  });

  test("needs client id and grant, and each field of the grant", () => {
    // @ts-expect-error the client id is missing
    new OAuthSession({ grant });
    // @ts-expect-error the grant is missing
    new OAuthSession({ clientId: "a" });
    // @ts-expect-error the password is missing
    passwordGrant({ username: "user@example.com" });
    // @ts-expect-error the redirect URI is missing
    authorizationCodeGrant({ code: "a" });
    // @ts-expect-error the refresh token is missing
    refreshTokenGrant({});
    // @ts-expect-error a grant is made by one of the three functions
    new OAuthSession({ clientId: "a", grant: { type: "password", username: "b", password: "c" } });
  });
});

describe("a function of the program", () => {
  const save = async (_: unknown) => "OK";
  const list: unknown[] = [];
  const grant = refreshTokenGrant({ refreshToken: "a" });

  test("may return what a database returns, or nothing, or a promise of either", () => {
    const store: TokenStore = {
      read: async () => null,
      write: (tokens) => save(tokens),
      lock: (work) => work({ read: async () => undefined, write: save, verify: () => save("select 1") }),
    };
    new OAuthSession({ clientId: "a", grant, store, onTokens: (next) => save(next), onSaveFailure: save });
    new OAuthSession({ clientId: "a", grant, onTokens: (next) => list.push(next), onSaveFailure: () => {} });
    new Angelcam({ onEvent: save });
    new Angelcam({ onEvent: (event) => list.push(event) });
    createSandbox({ onRequest: (entry) => list.push(entry) });
  });

  // typescript-eslint's no-misused-promises rejects an async function where `void` is to be returned.
  test("returns unknown and not void where its promise is waited for, or its rejection is caught", () => {
    expectTypeOf<ReturnType<NonNullable<OAuthSessionOptions["onTokens"]>>>().toEqualTypeOf<unknown>();
    expectTypeOf<ReturnType<NonNullable<OAuthSessionOptions["onSaveFailure"]>>>().toEqualTypeOf<unknown>();
    expectTypeOf<ReturnType<NonNullable<AngelcamOptions["onEvent"]>>>().toEqualTypeOf<unknown>();
    expectTypeOf<ReturnType<NonNullable<CreateClipOptions["onCreated"]>>>().toEqualTypeOf<unknown>();
    expectTypeOf<ReturnType<NonNullable<SandboxOptions["onRequest"]>>>().toEqualTypeOf<unknown>();
  });
});

describe("an error", () => {
  test("has typed details", () => {
    expectTypeOf<AngelcamError["code"]>().toEqualTypeOf<ErrorCode>();
    expectTypeOf<AngelcamError["retryable"]>().toBeBoolean();
    expectTypeOf<AngelcamError["status"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<AngelcamError["fields"]>().toEqualTypeOf<Readonly<Record<string, readonly string[]>> | undefined>();
    expectTypeOf<AngelcamError["retryAt"]>().toEqualTypeOf<Date | undefined>();
    expectTypeOf<AngelcamError["operationId"]>().toEqualTypeOf<string | undefined>();
  });

  test("of the API always has a status", () => {
    expectTypeOf<ApiError["status"]>().toEqualTypeOf<number>();
    expectTypeOf<BadRequestError>().toExtend<ApiError>();
    expectTypeOf<AuthenticationError>().toExtend<ApiError>();
    expectTypeOf<ApiError>().toExtend<AngelcamError>();
    expectTypeOf<AngelcamError>().toExtend<Error>();
  });
});
