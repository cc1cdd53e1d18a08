import { makeAccounts, type SandboxAccount, type SandboxAccountOptions } from "./accounts.ts";
import { DEFAULT_CLIENT, type SandboxClient } from "./clients.ts";
import { MovableClock } from "./clock.ts";
import { CodeRegistry } from "./code-registry.ts";
import { FaultList } from "./fault-list.ts";
import { fetchInProcess } from "./in-process.ts";
import { checkOptions, type SandboxOptions } from "./options.ts";
import { PersonalTokenRegistry } from "./personal-tokens.ts";
import { PlaybackRegistry } from "./playback-registry.ts";
import { ANGELCAM_WINDOWS, EVENT_WINDOWS, QuotaRegistry } from "./quota.ts";
import { Random } from "./random.ts";
import { RequestLog } from "./request-log.ts";
import type { Sandbox, SandboxQuota, SandboxTokens } from "./sandbox.ts";
import { EVERYTHING } from "./scopes.ts";
import { createServer } from "./server.ts";
import { realSleep } from "./sleep.ts";
import { contentOf } from "./space.ts";
import type { State } from "./state.ts";
import { TokenRegistry } from "./tokens.ts";

/**
 * Makes a small Angelcam in memory: accounts, cameras, footage, clips, events, sign-in with refresh tokens that work
 * once, both quota windows, a clock that you can move, and faults on demand. Operations without a memory of their own
 * respond with the examples of the document.
 *
 * @throws RangeError or TypeError for an invalid option.
 * @example
 * ```ts
 * const sandbox = createSandbox({ cameras: 250 });
 * const { username, password } = sandbox.account;
 * const session = new OAuthSession({ clientId: sandbox.client.clientId, grant: passwordGrant({ username, password }) });
 * const angelcam = new Angelcam({ auth: session, fetch: sandbox.fetch });
 * console.log((await angelcam.cameras.list().toArray()).length, sandbox.count({ operation: "cameras.list" })); // 250 3
 * ```
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  checkOptions(options);
  const clock = new MovableClock(options.clock);
  const state = makeState(options, clock);
  const { clients, codes, faults, log } = state;
  const { accounts } = state;
  const [account, client] = [first(accounts), first(clients)];
  const serve = createServer(state);
  const tokens = tokensOf(state, account, client);
  return {
    ...contentOf(account),
    fetch: fetchInProcess(serve, state, options.baseUrl),
    async listen({ port = 0, host = "127.0.0.1" } = {}) {
      const { listen } = await import("./listen.ts");
      return listen(serve, port, host);
    },
    clock,
    account,
    accounts,
    client,
    clients,
    faults,
    tokens,
    quota: quotaOf(state, account),
    authorize: ({ redirectUri, clientId = client.clientId, account: user = account, scope = EVERYTHING }) =>
      codes.issue({ account: known(user, state), clientId, redirectUri, scope }),
    expireAccessTokens: tokens.expireAccessTokens,
    get tokenReuses() {
      return state.tokens.reuses;
    },
    get requests() {
      return log.entries;
    },
    count: (filter = {}) => log.count(filter),
    clearLog: () => log.clear(),
  };
}

function makeState(options: SandboxOptions, clock: MovableClock): State {
  const { seed = 1, cameras = 12, accounts = 1, clients = [DEFAULT_CLIENT], accessTokenLifetime = 36_000 } = options;
  const quota = options.quota || {};
  return {
    clock,
    sleep: options.sleep ?? realSleep,
    accounts: makeAccounts(requested(accounts), { cameras, seed, clock }),
    clients,
    tokens: new TokenRegistry(accessTokenLifetime, clock, new Random(`${seed}/tokens`)),
    codes: new CodeRegistry(clock, new Random(`${seed}/codes`)),
    personalTokens: new PersonalTokenRegistry(new Random(`${seed}/personal-tokens`)),
    quota: new QuotaRegistry(options.quota === false ? [] : (quota.windows ?? ANGELCAM_WINDOWS), clock),
    eventQuota: new QuotaRegistry(options.quota === false ? [] : EVENT_WINDOWS, clock),
    playbacks: new PlaybackRegistry(clock, new Random(`${seed}/playbacks`)),
    retryAfter: quota.retryAfter ?? false,
    faults: new FaultList(),
    log: new RequestLog(),
    latency: options.latency ?? 0,
    onRequest: options.onRequest,
  };
}

function tokensOf(state: State, first: SandboxAccount, { clientId: firstClient }: SandboxClient): SandboxTokens {
  const { tokens, personalTokens } = state;
  return {
    signIn: ({ account = first, scope = EVERYTHING, clientId = firstClient } = {}) =>
      tokens.signIn({ account: known(account, state), scope, clientId }).tokens,
    personalAccessToken: ({ account = first, scope = EVERYTHING } = {}) =>
      personalTokens.issue({ account: known(account, state), scope }),
    revokePersonalAccessToken: (token) => personalTokens.revoke(token),
    expireAccessTokens: () => tokens.expireAccessTokens(),
    expireRefreshTokens: () => tokens.expireRefreshTokens(),
    endSessions: () => tokens.endSessions(),
  };
}

function quotaOf({ quota }: State, first: SandboxAccount): SandboxQuota {
  return {
    state: (account = first) => quota.state(account.username),
    reset: () => quota.reset(),
  };
}

/** The account as the sandbox keeps it. */
function known(wanted: SandboxAccount, { accounts }: State) {
  const account = accounts.find((candidate) => candidate === wanted);
  if (!account) throw new RangeError("This account is not one of sandbox.accounts");
  return account;
}

function requested(accounts: number | readonly SandboxAccountOptions[]): readonly SandboxAccountOptions[] {
  return typeof accounts === "number" ? Array.from({ length: accounts }, () => ({})) : accounts;
}

function first<T>(list: readonly T[]): T {
  const [item] = list;
  if (item === undefined) throw new RangeError("createSandbox: a list of accounts or clients is empty");
  return item;
}
