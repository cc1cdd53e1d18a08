import {
  Angelcam,
  type AngelcamOptions,
  type ClientEvent,
  OAuthSession,
  type OAuthSessionOptions,
  passwordGrant,
  refreshTokenGrant,
} from "../../src/index.ts";
import { createSandbox, type SandboxOptions } from "../../src/sandbox/index.ts";
import { ManualClock } from "../support/manual-clock.ts";

interface WorldOptions {
  readonly grant?: "password" | "refresh_token";
  readonly sandbox?: SandboxOptions;
  readonly session?: Partial<OAuthSessionOptions>;
  readonly client?: AngelcamOptions;
}

/** A sandbox, and a client on it, that share one clock which a test moves. */
export function sandboxFixture({
  grant = "password",
  sandbox: sandboxOptions,
  session: sessionOptions,
  client,
}: WorldOptions = {}) {
  const clock = new ManualClock();
  const sandbox = createSandbox({
    clock,
    sleep: (milliseconds) => new Promise((resolve) => clock.setTimeout(resolve, milliseconds)),
    ...sandboxOptions,
  });
  const { username, password } = sandbox.account;
  const refreshToken = grant === "refresh_token" ? (sandbox.tokens.signIn().refresh_token ?? "") : "";
  const session = new OAuthSession({
    clientId: sandbox.client.clientId,
    grant: refreshToken ? refreshTokenGrant({ refreshToken }) : passwordGrant({ username, password }),
    ...sessionOptions,
  });
  const events: ClientEvent[] = [];
  const angelcam = new Angelcam({
    auth: session,
    fetch: sandbox.fetch,
    clock,
    random: () => 0.5,
    onEvent: (event) => events.push(event),
    ...client,
  });
  const secrets = [password, refreshToken].filter(Boolean);
  return { clock, sandbox, session, angelcam, events, secrets };
}

/** How 100 calls at once end. */
export async function hundredCalls({ angelcam, clock }: Pick<ReturnType<typeof sandboxFixture>, "angelcam" | "clock">) {
  const results = await clock.drive(Promise.allSettled(Array.from({ length: 100 }, () => angelcam.me.get())));
  const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason as Error] : []));
  return { succeeded: 100 - reasons.length, reasons };
}
