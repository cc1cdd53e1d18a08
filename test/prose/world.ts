import { createSandbox } from "../../src/sandbox/index.ts";

// Loaded before a block of code: Angelcam is a sandbox, and the environment holds what the block reads from it.

// Noon of the day that the blocks speak of. Time runs a hundred times faster, so that nobody waits for a clip.
const started = Date.now();
const noon = Date.parse("2026-11-24T12:00:00Z");
const sandbox = createSandbox({ quota: false, clock: { now: () => noon + (Date.now() - started) * 100 } });
if (!sandbox.cameras.get(20311)) sandbox.cameras.add({ id: 20311 }, 0);
for (const { id } of sandbox.recordings.of(20311)) {
  sandbox.recordings.setFootage(id, [{ start: "2026-11-17T06:00:00Z", end: "2026-11-24T12:00:00Z" }]);
}
globalThis.fetch = sandbox.fetch;
const { username, password } = sandbox.account;
Object.assign(process.env, {
  ANGELCAM_CLIENT_ID: sandbox.client.clientId,
  ANGELCAM_CLIENT_SECRET: sandbox.client.clientSecret,
  ANGELCAM_USERNAME: username,
  ANGELCAM_PASSWORD: password,
  ANGELCAM_TOKEN: sandbox.tokens.personalAccessToken(),
  REFRESH_TOKEN: sandbox.tokens.signIn().refresh_token,
  CODE: sandbox.authorize({ redirectUri: "https://app.example.com/angelcam/callback" }),
});
process.on("exit", (code) => {
  if (code === 0 && sandbox.requests.length === 0) process.exitCode = 9;
});
