import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { credentialsFrom } from "../../scripts/quickstart/credentials.ts";
import { threeCalls } from "../../scripts/quickstart/three-calls.ts";
import { requestExample, responseExample } from "../spec/examples.ts";
import { account, json } from "../support/fake-angelcam.ts";
import { type Script, startScript } from "../support/script.ts";

const QUICK_START = "scripts/quickstart/main.ts";
const document = JSON.parse(readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"));
const tokens = responseExample(document, "oauth.createToken", "password");

/** Values that must never be printed: the credentials of the document's examples. */
const SECRETS: string[] = [
  requestExample(document, "oauth.createToken", "password").password,
  tokens.access_token,
  tokens.refresh_token,
].map(String);

const LIVE = { ANGELCAM_CLIENT_ID: "my-client-id", ANGELCAM_USERNAME: "me@home.example", ANGELCAM_PASSWORD: "hunter2" };

function preload(fixture: string): { NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--import ${new URL(`fixtures/${fixture}`, import.meta.url).href}` };
}

async function printedBy(script: Script): Promise<string> {
  await script.ended;
  return script.stdout() + script.stderr();
}

test("npm start shows each call, the account and the cameras, and ends by itself", async () => {
  await using script = startScript([QUICK_START]);
  const [, origin = ""] = await script.printed(/Mock +(http:\/\/127\.0\.0\.1:\d+)/);
  expect(await script.ended).toEqual({ code: 0, signal: null });
  const output = script.stdout();
  expect(output).toContain("user@example.com");
  expect(output.match(/^ +\d+ .*(online|offline|unknown)/gm)?.length).toBeGreaterThanOrEqual(2);
  expect(output).toContain("npm start -- --live");
  expect(script.stderr()).toBe("");
  for (const secret of SECRETS) expect(output).not.toContain(secret);
  await expect(fetch(origin)).rejects.toThrow("fetch failed");

  // Each call, where it would go and where it went.
  for (const [method, host, path] of [
    ["POST", "https://my.angelcam.com", "/oauth/token/"],
    ["GET", "https://api.test.angelcam.com", "/v1/me/"],
    ["GET", "https://api.angelcam.com", "/v1/cameras/?limit=5"],
  ] as const) {
    expect(output).toContain(`${method} ${host}${path}`);
    expect(output).toMatch(new RegExp(`sent to +${origin}${path.replaceAll(/[?.]/g, "\\$&")}\\n`));
  }
  expect(output).toMatch(/form +client_id, grant_type, username, password/);
  expect(output).toContain("Authorization: Bearer ***");
});

test("an unknown option is named, with exit code 2", async () => {
  await using script = startScript([QUICK_START, "--life"]);
  expect(await script.ended).toEqual({ code: 2, signal: null });
  expect(script.stderr()).toContain("Unknown option '--life'");
  expect(script.stderr()).toContain("npm start -- --live");
});

test("--live names every variable that is missing, before any request", async () => {
  await using script = startScript([QUICK_START, "--live"]);
  expect(await script.ended).toEqual({ code: 2, signal: null });
  const [missing] = script.stderr().match(/^Not set.*$/m) ?? [];
  expect(missing).toBe("Not set in the environment: ANGELCAM_CLIENT_ID, ANGELCAM_USERNAME, ANGELCAM_PASSWORD");
  expect(script.stderr()).toContain("ANGELCAM_TOKEN");
  expect(script.stdout()).toBe("");
});

test.each(Object.keys(LIVE))("--live names %s when that alone is missing, and shows no value of the others", (name) => {
  const read = () => credentialsFrom({ ...LIVE, [name]: "" });
  expect(read).toThrow(new RegExp(`^Not set in the environment: ${name}\n`));
  for (const value of Object.values(LIVE)) expect(read).not.toThrow(value);
});

test("--live that Angelcam rejects ends with the reason and exit code 1, and shows no credential", async () => {
  await using script = startScript([QUICK_START, "--live"], { ...LIVE, ...preload("rejecting-fetch.ts") });
  expect(await script.ended).toEqual({ code: 1, signal: null });
  expect(script.stderr()).toContain("Invalid credentials given.");
  expect(script.stderr()).not.toContain("    at ");
  for (const value of Object.values(LIVE)) expect(await printedBy(script)).not.toContain(value);
});

test.each([
  ["the quick start's own way", LIVE, "Bearer 1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ", 3],
  ["a personal access token", { ANGELCAM_TOKEN: "pat-123" }, "PersonalAccessToken pat-123", 2],
])("--live with %s asks the real hosts and shows no secret", async (_, environment, authorization, calls) => {
  const requests: Request[] = [];
  vi.stubGlobal("fetch", async (input: string | URL, init: RequestInit) => {
    const request = new Request(input, init);
    requests.push(request);
    const responses: Record<string, unknown> = {
      "/oauth/token/": tokens,
      "/v1/me/": account,
      "/v1/cameras/": responseExample(document, "cameras.list", "first_page"),
    };
    return json(responses[new URL(request.url).pathname]);
  });
  let output = "";
  const print = (text: string) => {
    output += `${text}\n`;
  };
  const { signal } = new AbortController();
  await threeCalls({ document, credentials: credentialsFrom(environment), print, signal });

  expect(requests.map(({ url }) => new URL(url).origin)).toEqual(
    ["https://my.angelcam.com", "https://api.test.angelcam.com", "https://api.angelcam.com"].slice(-calls),
  );
  expect(requests.slice(-2).map(({ headers }) => headers.get("Authorization"))).toEqual([authorization, authorization]);
  expect(output).toContain("user@example.com");
  expect(output).toContain("Front door");
  expect(output).not.toContain("sent to");
  for (const secret of [...SECRETS.slice(1), ...Object.values(environment)]) expect(output).not.toContain(secret);
});
