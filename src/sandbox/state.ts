import type { Account } from "./accounts.ts";
import type { SandboxClient } from "./clients.ts";
import type { TimeSource } from "./clock.ts";
import type { CodeRegistry } from "./code-registry.ts";
import type { FaultList } from "./fault-list.ts";
import type { PersonalTokenRegistry } from "./personal-tokens.ts";
import type { PlaybackRegistry } from "./playback-registry.ts";
import type { QuotaRegistry, RetryAfter } from "./quota.ts";
import type { LogEntry, RequestLog } from "./request-log.ts";
import type { Sleep } from "./sleep.ts";
import type { TokenRegistry } from "./tokens.ts";

/** All that the server knows. Each part of the API looks at the pieces that it needs. */
export interface State {
  readonly clock: TimeSource;
  readonly sleep: Sleep;
  readonly accounts: readonly Account[];
  readonly clients: readonly SandboxClient[];
  readonly tokens: TokenRegistry;
  readonly codes: CodeRegistry;
  readonly personalTokens: PersonalTokenRegistry;
  readonly playbacks: PlaybackRegistry;
  readonly quota: QuotaRegistry;
  /** Counts the events that come with a hash, for each hash. */
  readonly eventQuota: QuotaRegistry;
  readonly retryAfter: RetryAfter;
  readonly faults: FaultList;
  readonly log: RequestLog;
  /** Milliseconds before each response. */
  readonly latency: number;
  readonly onRequest: ((entry: LogEntry) => void | Promise<void>) | undefined;
}
