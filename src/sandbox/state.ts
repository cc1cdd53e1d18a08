import type { Account } from "./accounts.ts";
import type { SandboxClient } from "./clients.ts";
import type { TimeSource } from "./clock.ts";
import type { CodeBook } from "./code-registry.ts";
import type { FaultList } from "./fault-list.ts";
import type { PersonalTokenBook } from "./personal-tokens.ts";
import type { PlaybackBook } from "./playback-registry.ts";
import type { QuotaBook, RetryAfter } from "./quota.ts";
import type { LogEntry, RequestLog } from "./request-log.ts";
import type { Sleep } from "./sleep.ts";
import type { TokenBook } from "./tokens.ts";

/** All that the server knows. Each part of the API looks at the pieces that it needs. */
export interface World {
  readonly clock: TimeSource;
  readonly sleep: Sleep;
  readonly accounts: readonly Account[];
  readonly clients: readonly SandboxClient[];
  readonly tokens: TokenBook;
  readonly codes: CodeBook;
  readonly personalTokens: PersonalTokenBook;
  readonly playbacks: PlaybackBook;
  readonly quota: QuotaBook;
  /** Counts the events that come with a hash, for each hash. */
  readonly eventQuota: QuotaBook;
  readonly retryAfter: RetryAfter;
  readonly faults: FaultList;
  readonly log: RequestLog;
  /** Milliseconds before each answer. */
  readonly latency: number;
  readonly onRequest: ((entry: LogEntry) => void | Promise<void>) | undefined;
}
