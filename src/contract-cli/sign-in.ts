import type { Credentials } from "./credentials.ts";

/**
 * The header `Authorization` for the workflows that take one. Without a personal access token it costs a request; one
 * for all workflows, because each counts to the quota.
 *
 * @returns The header, or what is wrong.
 */
export async function signIn(
  { clientId = "", username = "", password = "", personalAccessToken }: Credentials,
  server: string,
): Promise<{ readonly authorization: string } | { readonly fault: string }> {
  if (personalAccessToken) return { authorization: `PersonalAccessToken ${personalAccessToken}` };
  const response = await fetch(`${server}/oauth/token/`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "password", client_id: clientId, username, password }),
  });
  const { access_token: token, error } = (await response.json().catch(() => ({}))) as {
    readonly access_token?: unknown;
    readonly error?: unknown;
  };
  if (response.status === 200 && typeof token === "string") return { authorization: `Bearer ${token}` };
  return {
    fault: `signing in gave no token: answered ${response.status}${typeof error === "string" ? ` ${error}` : ""}`,
  };
}
