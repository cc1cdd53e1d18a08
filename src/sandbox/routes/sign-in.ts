import type { OAuthError } from "../../../generated/schema.ts";
import { RequestError } from "../../http/request-error.ts";
import type { SandboxClient, SandboxGrant } from "../clients.ts";
import { mayAskFor } from "../credentials.ts";
import { oauthError } from "../responses.ts";
import type { Form, FormIdentity, Routes } from "../route-table.ts";
import type { State } from "../state.ts";
import { EVERYTHING } from "../tokens.ts";

type ErrorCode = OAuthError["error"];

/** The endpoints that hand out and take back tokens. */
export function serveSignIn(routes: Routes, state: State): void {
  routes.open(
    "oauth.createToken",
    ({ form }) => createToken(form, state),
    (form) => identifyGrant(form, state),
  );
  routes.open(
    "oauth.revokeToken",
    ({ form }) => revokeToken(form, state),
    ({ token = "" }) => ({
      account: state.tokens.accountOf(token),
      secret: token,
      grant: undefined,
    }),
  );
  routes.open("oauth.authorize", ({ query }) => authorize(query, state));
}

function createToken(form: Form | undefined, state: State): Response {
  if (!form) return oauthError("invalid_request");
  const client = findClient(form, state);
  if (!client) return oauthError("invalid_client");
  const grant = form.grant_type as SandboxGrant;
  if (client.grants && !client.grants.includes(grant)) return oauthError("unauthorized_client");
  const outcome = GRANTS[grant](form, client, state);
  return typeof outcome === "string" ? oauthError(outcome) : Response.json(outcome, { headers: NOT_STORED });
}

/** RFC 6749, section 5.1: the response must not be cached. */
const NOT_STORED = { "Cache-Control": "no-store", Pragma: "no-cache" };

type UseGrant = (form: Form, client: SandboxClient, state: State) => object | ErrorCode;

const GRANTS: Readonly<Record<SandboxGrant, UseGrant>> = {
  password({ username, password, scope }, client, { accounts, tokens }) {
    if (scope && !mayAskFor(scope, client.scopes)) return "invalid_scope";
    const account = accounts.find((candidate) => candidate.username === username);
    if (!account || account.isDeleted || account.password !== password) return "invalid_grant";
    return tokens.signIn({ account, clientId: client.clientId, scope: scope || everythingFor(client) });
  },

  authorization_code({ code = "", redirect_uri }, { clientId }, { tokens }) {
    return tokens.signInWith(code, clientId, redirect_uri) ?? "invalid_grant";
  },

  refresh_token({ refresh_token = "" }, { clientId }, { tokens }) {
    return tokens.refresh(refresh_token, clientId) ?? "invalid_grant";
  },
};

function revokeToken(form: Form | undefined, state: State): Response {
  if (!form) return oauthError("invalid_request");
  const client = findClient(form, state);
  if (!client) return oauthError("invalid_client");
  state.tokens.revoke(form.token ?? "", client.clientId);
  return new Response(null, { status: 200 });
}

/** The page where a user agrees. The sandbox has no user, so the first account agrees at once. */
function authorize(
  query: { client_id: string; redirect_uri: string; scope: string; state?: string },
  { accounts: [account], clients, tokens }: State,
): Response {
  const { client_id: clientId, redirect_uri: redirectUri, scope, state } = query;
  const client = clients.find((candidate) => candidate.clientId === clientId);
  if (!account || !client || (client.redirectUris && !client.redirectUris.includes(redirectUri)))
    throw new RequestError(400);
  const back = new URL(redirectUri);
  if (mayAskFor(scope, client.scopes)) {
    back.searchParams.set("code", tokens.issueCode({ account, clientId, redirectUri, scope }));
  } else {
    back.searchParams.set("error", "invalid_scope");
  }
  if (state !== undefined) back.searchParams.set("state", state);
  return new Response(null, { status: 302, headers: { Location: back.href } });
}

/** The client, if its secret is right or left out; the schema says which grant needs one. */
function findClient({ client_id, client_secret, grant_type }: Form, { clients }: State): SandboxClient | undefined {
  const client = clients.find(({ clientId }) => clientId === client_id);
  const needsSecret = grant_type === "authorization_code" || Boolean(client_secret);
  return client && (!needsSecret || client.clientSecret === client_secret) ? client : undefined;
}

function everythingFor({ scopes }: SandboxClient): string {
  return scopes?.join(" ") ?? EVERYTHING;
}

/** Token requests count to the account as well. */
function identifyGrant(form: Form, { accounts, tokens }: State): FormIdentity {
  const { grant_type: grant, username, code, refresh_token } = form;
  const secret = grant === "password" ? undefined : grant === "authorization_code" ? code : refresh_token;
  const account = accounts.find((one) => grant === "password" && one.username === username);
  return { account: account ?? tokens.accountOf(secret ?? ""), secret, grant };
}
