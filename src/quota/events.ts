/** A request waits for a slot of the quota. */
export interface QuotaWaitEvent {
  readonly type: "quota_wait";
  /** The same in every event of one call. */
  readonly callId: string;
  readonly operationId: string;
  /** When the request is expected to be sent (UTC). */
  readonly until: Date;
  /** Milliseconds until then. */
  readonly milliseconds: number;
}
