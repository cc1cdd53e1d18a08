import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Angelcam, OAuthSession, passwordGrant } from "../../src/index.ts";
import { fileTokenStore } from "../../src/node/index.ts";
import { redisTokenStore } from "../../src/redis/index.ts";
import { verifyWebhook } from "../../src/webhooks/index.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { claims, KEY, later, request, sign } from "../webhooks/signing.ts";
import { jsonFaults } from "./json-faults.ts";
import { type Case, respond } from "./untrusted.ts";

const TOKEN = {
  access_token: "a1b2c3",
  token_type: "Bearer",
  expires_in: 36_000,
  refresh_token: "r1r2r3",
  scope: "user_access",
};
const STORED = {
  accessToken: "a1b2c3",
  refreshToken: "r1r2r3",
  expiresAt: "2026-11-24T22:00:00Z",
  scope: "user_access",
};
const WEBHOOK = { title: "Server room is offline", camera_id: 20391, online: false };

/** Sign-in, token stores and webhooks, against every fault of their input. */
export async function* credentialCases(): AsyncGenerator<Case> {
  const folder = await mkdtemp(path.join(tmpdir(), "untrusted-"));
  try {
    for (const { name, text } of jsonFaults(TOKEN)) {
      for (const status of [200, 400]) {
        yield { name: `a token response, status ${status}, ${name}`, run: () => signIn(text, status) };
      }
    }
    for (const { name, text } of jsonFaults(STORED)) {
      yield { name: `a token file, ${name}`, run: () => readFile(path.join(folder, "tokens.json"), text) };
      yield { name: `a value in Redis, ${name}`, run: () => readRedis(text) };
    }
    for (const reply of [null, undefined, 5, [], {}, Buffer.from("x"), true, Number.NaN]) {
      yield { name: `a reply of Redis, ${String(reply)}`, run: () => readRedis(reply) };
    }
    for (const { name, text } of jsonFaults(WEBHOOK)) {
      yield { name: `a webhook, ${name}`, run: () => verifyWebhook(request(sign(claims(text)), text), KEY, later(1)) };
    }
    for (const { name, text } of jsonFaults(claims())) {
      const signature = `${sign().split(".")[0]}.${Buffer.from(text).toString("base64url")}.${sign().split(".")[2]}`;
      yield { name: `a signature, ${name}`, run: () => verifyWebhook(request(signature), KEY, later(1)) };
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function signIn(text: string, status: number): Promise<unknown> {
  const clock = new ManualClock();
  const auth = new OAuthSession({
    clientId: "client",
    clientSecret: "secret",
    grant: passwordGrant({ username: "user@example.com", password: "password" }),
  });
  const fetch = async (input: string | URL | Request) =>
    String(input).includes("/oauth/") ? respond(text, status) : respond(JSON.stringify({ id: 1234 }));
  const angelcam = new Angelcam({ auth, fetch, clock, retry: false, quota: false });
  return clock.drive(angelcam.me.get({ deadline: 60_000 }));
}

async function readFile(file: string, text: string): Promise<unknown> {
  await writeFile(file, text, { mode: 0o600 });
  return fileTokenStore(file).read();
}

async function readRedis(reply: unknown): Promise<unknown> {
  return redisTokenStore({ call: async () => reply }, { key: "angelcam:tokens" }).read();
}
