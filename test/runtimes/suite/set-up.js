// @ts-check
import { Angelcam, OAuthSession, passwordGrant } from "angelcam-client";
import { createSandbox } from "angelcam-client/sandbox";
import { ManualClock } from "./manual-clock.js";

/**
 * A sandbox in memory and a client on it. They share one clock, which a check moves.
 *
 * @param {{
 *   sandbox?: import("angelcam-client/sandbox").SandboxOptions,
 *   client?: import("angelcam-client").AngelcamOptions,
 * }} [options]
 */
export function setUp({ sandbox: sandboxOptions, client } = {}) {
  const clock = new ManualClock();
  const sandbox = createSandbox({ clock, ...sandboxOptions });
  const { username, password } = sandbox.account;
  const session = new OAuthSession({
    clientId: sandbox.client.clientId,
    grant: passwordGrant({ username, password }),
  });
  const angelcam = new Angelcam({ auth: session, fetch: sandbox.fetch, clock, random: () => 0.5, ...client });
  return { clock, sandbox, session, angelcam };
}

/**
 * Spends the 30 requests of a minute, the sign-in included, in its first second.
 *
 * @param {ReturnType<typeof setUp>} made
 */
export async function spendMinute({ angelcam, clock }) {
  for (let request = 2; request <= 30; request++) await angelcam.me.get();
  clock.advance(1_000);
}
