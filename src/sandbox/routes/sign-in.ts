import type { OAuthError, OAuthToken } from "../../../generated/schema.ts";
import { RequestError } from "../../http/request-error.ts";
import { mayAskFor } from "../credentials.ts";
import type { SandboxClient, SandboxGrant } from "../options.ts";
import type { Form, Routes } from "../route-table.ts";
import type { State } from "../state.ts";
import { EVERYTHING } from "../tokens.ts";

/** The endpoints that hand out and take back tokens. */
export function serveSignIn(routes: Routes, state: State): void {
  routes.open("oauth.createToken", ({ form = {} }) => {
    const client = clientOf(form, state);
    const grant = form.grant_type as SandboxGrant;
    if (client.grants && !client.grants.includes(grant)) throw rejected("unauthorized_client");
    const tokens = GRANTS[grant](form, client, state);
    if (!tokens) throw rejected("invalid_grant");
    // RFC 6749, section 5.1: the response must not be cached.
    return Response.json(tokens, { headers: { "Cache-Control": "no-store", Pragma: "no-cache" } });
  });
  routes.open("oauth.revokeToken", ({ form = {} }) => {
    state.tokens.revoke(form.token ?? "", clientOf(form, state).clientId);
    return new Response(null, { status: 200 });
  });
  routes.open("oauth.authorize", ({ query }) => authorize(query, state));
}

function rejected(code: OAuthError["error"]): RequestError {
  return new RequestError(code === "invalid_client" ? 401 : 400, code);
}

/** Trades what a form holds for tokens; undefined where it is not valid. */
type UseGrant = (form: Form, client: SandboxClient, state: State) => OAuthToken | undefined;

const GRANTS: Readonly<Record<SandboxGrant, UseGrant>> = {
  password({ username, password, scope }, { clientId, scopes }, { accounts, tokens }) {
    if (scope && !mayAskFor(scope, scopes)) throw rejected("invalid_scope");
    const account = accounts.find((candidate) => candidate.username === username);
    if (!account || account.isDeleted || account.password !== password) return undefined;
    return tokens.signIn({ account, clientId, scope: scope || (scopes?.join(" ") ?? EVERYTHING) });
  },
  authorization_code: ({ code = "", redirect_uri }, { clientId }, { tokens }) =>
    tokens.trade("code", code, clientId, redirect_uri),
  refresh_token: ({ refresh_token = "" }, { clientId }, { tokens }) => tokens.trade("refresh", refresh_token, clientId),
};

/** The page where a user agrees. The sandbox has no user, so the first account agrees at once. */
function authorize(
  query: { client_id: string; redirect_uri: string; scope: string; state?: string },
  { clients, tokens }: State,
): Response {
  const { client_id: clientId, redirect_uri: redirectUri, scope, state } = query;
  const client = clients.find((candidate) => candidate.clientId === clientId);
  if (!client || (client.redirectUris && !client.redirectUris.includes(redirectUri))) throw new RequestError(400);
  const back = new URL(redirectUri);
  if (mayAskFor(scope, client.scopes)) {
    back.searchParams.set("code", tokens.issueCode({ clientId, redirectUri, scope }));
  } else {
    back.searchParams.set("error", "invalid_scope");
  }
  if (state !== undefined) back.searchParams.set("state", state);
  return new Response(null, { status: 302, headers: { Location: back.href } });
}

/** The client, if its secret is right or left out; the schema says which grant needs one. */
function clientOf({ client_id, client_secret, grant_type }: Form, { clients }: State): SandboxClient {
  const client = clients.find(({ clientId }) => clientId === client_id);
  const needsSecret = grant_type === "authorization_code" || Boolean(client_secret);
  if (!client || (needsSecret && client.clientSecret !== client_secret)) throw rejected("invalid_client");
  return client;
}
