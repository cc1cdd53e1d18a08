import { expect } from "vitest";
import { Angelcam, personalAccessToken } from "../../src/index.ts";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.ts";

/** The moment at which time is frozen in these tests. */
export const START = Date.parse("2026-11-24T12:00:00Z");

export const API = "https://api.angelcam.com";
export const SIGN_IN = "https://my.angelcam.com";

/** A sandbox whose time moves only when the test moves it. */
export function stillSandbox(options: SandboxOptions = {}): Sandbox {
  return createSandbox({ clock: { now: () => START }, ...options });
}

/** Sends a GET with a bearer token. */
export function get(sandbox: Sandbox, path: string, token: string, init: RequestInit = {}): Promise<Response> {
  return sandbox.fetch(API + path, { ...init, headers: { Authorization: `Bearer ${token}` } });
}

/** Sends a form to the token endpoint, for the first client. */
export function postToken(sandbox: Sandbox, fields: Record<string, string>, path = "/oauth/token/"): Promise<Response> {
  const body = new URLSearchParams({ client_id: sandbox.client.clientId, ...fields });
  return sandbox.fetch(SIGN_IN + path, { method: "POST", body });
}

/** Trades a refresh token. */
export function refresh(sandbox: Sandbox, refreshToken: string): Promise<Response> {
  return postToken(sandbox, { grant_type: "refresh_token", refresh_token: refreshToken });
}

/** Signs in with the password of the first account. */
export function signIn(sandbox: Sandbox, fields: Record<string, string> = {}): Promise<Response> {
  const { username, password } = sandbox.account;
  return postToken(sandbox, { grant_type: "password", username, password, ...fields });
}

/** A client of the first account that sends each request once and at once. */
export function clientOf(sandbox: Sandbox, options: { readonly baseUrl?: string } = {}): Angelcam {
  const auth = personalAccessToken(sandbox.tokens.personalAccessToken());
  return new Angelcam({ auth, fetch: sandbox.fetch, quota: false, retry: false, ...options });
}

/** An error of the API with this status and, where it is given, these words. */
export function apiError(status: number, detail?: unknown): object {
  return expect.objectContaining({ status, ...(detail === undefined ? {} : { detail }) });
}
