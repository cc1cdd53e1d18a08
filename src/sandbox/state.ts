import { Random } from "../base/random.ts";
import { makeAccounts } from "./accounts.ts";
import { realSleep, type SandboxClock } from "./clock.ts";
import { FaultList } from "./fault-list.ts";
import { DEFAULT_CLIENT, type SandboxClient, type SandboxOptions } from "./options.ts";
import { playbackRegistry } from "./playback-registry.ts";
import { ANGELCAM_WINDOWS, EVENT_WINDOWS, quotaRegistry } from "./quota.ts";
import { RequestLog } from "./request-log.ts";
import { TokenRegistry } from "./tokens.ts";

/** All that the server knows. Each part of the API looks at the pieces that it needs. */
export type State = ReturnType<typeof makeState>;

/** The state of a new sandbox. */
export function makeState(options: SandboxOptions, clock: SandboxClock) {
  const { seed = 1, cameras = 12, accounts = 1, accessTokenLifetime = 36_000 } = options;
  const clients: readonly SandboxClient[] = options.clients ?? [DEFAULT_CLIENT];
  const { windows = ANGELCAM_WINDOWS, retryAfter = false } = options.quota || {};
  const requested = typeof accounts === "number" ? Array.from({ length: accounts }, () => ({})) : accounts;
  const made = makeAccounts(requested, { cameras, seed, clock });
  return {
    clock,
    sleep: options.sleep ?? realSleep,
    accounts: made,
    clients,
    tokens: new TokenRegistry({ accounts: made, clients, accessTokenLifetime, clock, seed }),
    playbacks: playbackRegistry(clock, new Random(`${seed}/playbacks`)),
    quota: quotaRegistry(options.quota === false ? [] : windows, clock),
    /** Counts the events that come with a hash, for each hash. */
    eventQuota: quotaRegistry(options.quota === false ? [] : EVENT_WINDOWS, clock),
    retryAfter,
    faults: new FaultList(),
    log: new RequestLog(),
    /** Milliseconds before each response. */
    latency: options.latency ?? 0,
    onRequest: options.onRequest,
  };
}
