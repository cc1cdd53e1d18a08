import { pause, systemClock } from "../base/clock.ts";

/** Waits so many milliseconds. */
export type Sleep = (milliseconds: number) => Promise<void>;

/** Waits as long as the machine's clock says. */
export const realSleep: Sleep = (milliseconds) => pause(systemClock, milliseconds, undefined);
