import { DAY, MINUTE } from "../base/time.ts";
import { type Credentials, TOKEN_VARIABLE, VARIABLES } from "./credentials.ts";

/** Values for the inputs of workflows, by name. */
export type Inputs = Readonly<Record<string, string>>;

/**
 * The inputs of our workflows, without `authorization`, which may take a request. Times go by the clock of this machine:
 * the day is the last 24 hours, and the clip is five minutes of the last quarter of an hour.
 *
 * @param now Milliseconds since 1970 (UTC).
 */
export function inputsOf({ clientId, username, password }: Credentials, now: number): Inputs {
  const given = Object.entries({ clientId, username, password }).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(given) as Inputs),
    dayStart: instant(now - DAY),
    dayEnd: instant(now),
    clipStart: instant(now - 15 * MINUTE),
    clipEnd: instant(now - 10 * MINUTE),
  };
}

/** Where the value of an input comes from. */
export function sourceOf(input: string): string {
  if (input === "authorization") return `${TOKEN_VARIABLE}, or ${Object.values(VARIABLES).join(", ")}`;
  return VARIABLES[input as keyof typeof VARIABLES] ?? `--input ${input}=…`;
}

/** The API writes no milliseconds. */
function instant(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}
