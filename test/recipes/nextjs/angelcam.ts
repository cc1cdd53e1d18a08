import { Angelcam, OAuthSession, refreshTokenGrant } from "angelcam-client";

/** One client for each user. On `globalThis`, so that reloads in development keep the clients. */
const shared = globalThis as typeof globalThis & { angelcamClients?: Map<string, Promise<Angelcam | undefined>> };
shared.angelcamClients ??= new Map();
const clients = shared.angelcamClients;

/** Your database: where the refresh token of each linked account is kept. */
export interface Accounts {
  refreshTokenOf(user: string): Promise<string | undefined>;
  saveRefreshToken(user: string, refreshToken: string): Promise<void>;
}

/** The client of a user, or undefined for a user who has linked no account. */
export function angelcamOf(user: string, accounts: Accounts): Promise<Angelcam | undefined> {
  const known = clients.get(user);
  if (known) return known;
  const created = createClient(user, accounts);
  clients.set(user, created);
  // The next request tries again after a failure of the database.
  created.catch(() => clients.delete(user));
  return created;
}

/** For a user whose session has ended: after the account is linked again, the client starts with its new refresh token. */
export function forgetAngelcamOf(user: string): void {
  clients.delete(user);
}

async function createClient(user: string, accounts: Accounts): Promise<Angelcam | undefined> {
  const refreshToken = await accounts.refreshTokenOf(user);
  if (refreshToken === undefined) {
    clients.delete(user);
    return undefined;
  }
  const session = new OAuthSession({
    clientId: process.env.ANGELCAM_CLIENT_ID ?? "",
    grant: refreshTokenGrant({ refreshToken }),
    // A refresh token works once: the new one is saved before any call uses the new tokens.
    onTokens: (next) => accounts.saveRefreshToken(user, next.refreshToken ?? refreshToken),
  });
  return new Angelcam({ auth: session });
}
