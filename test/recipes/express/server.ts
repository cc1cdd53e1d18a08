import { randomUUID } from "node:crypto";
import {
  Angelcam,
  AngelcamError,
  authorizationCodeGrant,
  authorizationUrl,
  memoryTokenStore,
  OAuthSession,
} from "angelcam-client";
import express, { type NextFunction, type Request, type Response } from "express";

const clientId = process.env.ANGELCAM_CLIENT_ID ?? "";
const clientSecret = process.env.ANGELCAM_CLIENT_SECRET ?? "";
const redirectUri = "https://app.example.com/angelcam/callback";

/** One client for each user: it keeps the tokens, the quota and the queue of that account. */
const clients = new Map<string, Angelcam>();
/** The `state` of each sign-in under way, the user who started it, and until when it may be completed. */
const started = new Map<string, { readonly user: string; readonly until: number }>();
/** Ten minutes to agree, in milliseconds. */
const TIME_TO_AGREE = 600_000;

export const app = express();

/** Your own sign-in decides who asks. Here it is a header, which a proxy in front has checked. */
function userOf(request: Request): string {
  return request.get("X-User") ?? "";
}

// Without a user there is no account: nobody may share the client of an empty name.
app.use((request: Request, response: Response, next: NextFunction) => {
  if (userOf(request) === "") response.sendStatus(401);
  else next();
});

app.get("/angelcam/link", (request, response) => {
  const { url, state } = authorizationUrl({
    clientId,
    redirectUri,
    scope: "user_access camera_access",
    state: randomUUID(),
  });
  for (const [other, { until }] of started) if (until < Date.now()) started.delete(other);
  started.set(state, { user: userOf(request), until: Date.now() + TIME_TO_AGREE });
  response.redirect(url);
});

app.get("/angelcam/callback", async (request, response) => {
  const { code, state } = request.query;
  const signIn = started.get(String(state));
  started.delete(String(state));
  const user = userOf(request);
  if (signIn?.user !== user || signIn.until < Date.now()) return void response.sendStatus(403);
  // A user who does not agree comes back with `error` in place of `code`.
  if (typeof code !== "string") return void response.status(403).json({ link: "/angelcam/link" });
  const session = new OAuthSession({
    clientId,
    clientSecret,
    grant: authorizationCodeGrant({ code, redirectUri }),
    // Lost when the process ends: see the Postgres recipe for a store that is not.
    store: memoryTokenStore(),
  });
  const angelcam = new Angelcam({ auth: session });
  response.json({ linked: (await angelcam.me.get()).email });
  clients.set(user, angelcam);
});

app.get("/cameras", async (request, response) => {
  const angelcam = clients.get(userOf(request));
  if (!angelcam) return void response.status(401).json({ link: "/angelcam/link" });
  const { results } = await angelcam.cameras.list({ limit: 100 });
  response.json(results.map(({ id, name, status }) => ({ id, name, status })));
});

app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
  if (!(error instanceof AngelcamError)) return next(error);
  if (error.code === "session_ended") clients.delete(userOf(request));
  response.status(error.retryable ? 503 : 502).json({ code: error.code });
});

// With `app.listen(3000)` in a file of its own, tests can import the app without a port.
