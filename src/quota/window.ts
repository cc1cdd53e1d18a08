/** A number of requests in any period of a length: a sliding window. */
export interface QuotaWindow {
  readonly limit: number;
  readonly seconds: number;
}

/** One window and how far it is used. */
export interface QuotaUsage extends QuotaWindow {
  readonly used: number;
  readonly remaining: number;
  /** When the next used slot comes free (UTC), or undefined while none is used. */
  readonly resetsAt: Date | undefined;
}
