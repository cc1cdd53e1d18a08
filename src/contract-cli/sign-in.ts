import type { Credentials } from "./credentials.ts";
import type { Exchange } from "./exchange.ts";
import type { Sender } from "./sender.ts";

/** The header `Authorization`, or the reason why there is none; and the request for it, where one was sent. */
export interface SignInResult {
  readonly authorization?: string;
  readonly fault?: string;
  readonly exchange?: Exchange;
}

/**
 * Gets the header `Authorization` for the requests that need one. With a personal access token no request is sent; else
 * one, for all workflows, because each counts to the quota.
 */
export async function signIn(
  { clientId = "", username = "", password = "", personalAccessToken }: Credentials,
  sender: Sender,
): Promise<SignInResult> {
  if (personalAccessToken) return { authorization: `PersonalAccessToken ${personalAccessToken}` };
  const form = new URLSearchParams({ grant_type: "password", client_id: clientId, username, password });
  const headers = new Headers({ "Content-Type": "application/x-www-form-urlencoded" });
  const body = new TextEncoder().encode(form.toString());
  const request = { method: "POST", pathAndQuery: "/oauth/token/", headers, body };
  const exchange = await sender.send(request, () => true);
  const { access_token: token, error } = fieldsIn(exchange.response?.bodyText ?? "");
  // A token with a line break in it could add a header.
  if (exchange.status === 200 && typeof token === "string" && /^[\x21-\x7e]+$/.test(token)) {
    return { authorization: `Bearer ${token}`, exchange };
  }
  if (exchange.problem) return { fault: "signing in gave no token", exchange };
  const reason = typeof error === "string" ? ` ${error}` : "";
  return { fault: `signing in gave no token: the server returned ${exchange.status}${reason}`, exchange };
}

function fieldsIn(text: string): { readonly access_token?: unknown; readonly error?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
