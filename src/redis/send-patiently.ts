import { type Clock, pause } from "../base/clock.ts";

/** Milliseconds for which a failing command is sent again while a replica takes over, and between two attempts. */
const FAILOVER_PATIENCE = 5_000;
const FAILOVER_PAUSE = 100;

/**
 * Errors of a Redis that is starting or failing over, and has done nothing of the command. Before Redis 7 the error of a
 * command in a script comes at the end of that of the script.
 */
const FAILOVER = /(?:^|: -)(?:READONLY|LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|NOREPLICAS|UNBLOCKED)\b/i;

/** Errors of a client that is not connected at the moment: the command may have been carried out. */
const DISCONNECTED = /ECONN|EPIPE|socket closed|connection is closed/i;

/** How to send a command again. */
export interface Patience {
  readonly clock: Clock;
  /** True for a command that has the same effect a second time: it is sent again after a lost connection too. */
  readonly isIdempotent: boolean;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
}

/** Sends a command again while a replica takes over. */
export async function sendPatiently(
  { clock, isIdempotent, signal }: Patience,
  send: () => Promise<unknown>,
): Promise<unknown> {
  const latest = clock.monotonic() + FAILOVER_PATIENCE;
  for (;;) {
    try {
      return await send();
    } catch (error) {
      const { message = "" } = Object(error) as Partial<Error>;
      const isPassing = FAILOVER.test(message) || (isIdempotent && DISCONNECTED.test(message));
      if (!isPassing || clock.monotonic() + FAILOVER_PAUSE > latest) throw error;
      await pause(clock, FAILOVER_PAUSE, signal);
    }
  }
}
