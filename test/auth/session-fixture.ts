import {
  Angelcam,
  type AngelcamOptions,
  type ClientEvent,
  type Grant,
  OAuthSession,
  type OAuthSessionOptions,
  passwordGrant,
  refreshTokenGrant,
} from "../../src/index.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { TokenServer } from "../support/token-server.ts";

export const password = passwordGrant({ username: "user@example.com", password: "correct horse" });
export const HOUR = 3_600_000;

/** A client with a session, a token server, and a clock that the test moves. */
export function setUp(
  grant: (server: TokenServer) => Grant = () => password,
  options: Partial<OAuthSessionOptions> = {},
  client: AngelcamOptions = {},
) {
  const clock = new ManualClock();
  const server = new TokenServer(clock);
  const events: ClientEvent[] = [];
  const session = new OAuthSession({ clientId: "client", grant: grant(server), onSaveFailure: () => {}, ...options });
  const angelcam = new Angelcam({
    auth: session,
    fetch: server.fetch,
    clock,
    quota: false,
    random: () => 0.5,
    onEvent: (event) => events.push(event),
    ...client,
  });
  return { clock, server, session, angelcam, events };
}

/** The grant of a program that was given a refresh token. */
export const resume = (server: TokenServer) => refreshTokenGrant({ refreshToken: server.begin() });
