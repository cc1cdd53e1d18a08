import type { Account } from "./accounts.ts";
import { movableClock } from "./clock.ts";
import { fetchInProcess } from "./in-process.ts";
import { checkOptions, type SandboxClient, type SandboxOptions } from "./options.ts";
import type { Sandbox } from "./sandbox.ts";
import { createServer } from "./server.ts";
import { makeState } from "./state.ts";

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
  const clock = movableClock(options.clock);
  const state = makeState(options, clock);
  const { accounts, clients, eventQuota, faults, log, quota, tokens } = state;
  // Neither list is empty: the options were checked.
  const [account, client] = [accounts[0] as Account, clients[0] as SandboxClient];
  const serve = createServer(state);
  return {
    ...account.spaces[0].content,
    fetch: fetchInProcess(serve, state, options.baseUrl),
    listen: async (options) => (await import("./listen.ts")).listen(serve, options),
    clock,
    account,
    accounts,
    client,
    clients,
    faults,
    tokens,
    quota: {
      state: ({ username } = account) => quota.state(username),
      reset() {
        quota.reset();
        eventQuota.reset();
      },
    },
    authorize: (options) => tokens.issueCode(options),
    expireAccessTokens: () => tokens.expireAccessTokens(),
    get tokenReuses() {
      return tokens.reuses;
    },
    get requests() {
      return log.entries;
    },
    count: (filter = {}) => log.count(filter),
    clearLog: () => log.clear(),
  };
}
