import { Quota, type QuotaRequest, type QuotaSlot } from "angelcam-client";

/** A quota that also counts the requests in its queue. */
export class WatchedQuota extends Quota {
  waiting = 0;

  override async acquire(request: QuotaRequest = {}): Promise<QuotaSlot> {
    let waits = false;
    const onWait = (until: number) => {
      waits = true;
      this.waiting++;
      request.onWait?.(until);
    };
    try {
      return await super.acquire({ ...request, onWait });
    } finally {
      if (waits) this.waiting--;
    }
  }
}
