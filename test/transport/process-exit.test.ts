import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { account } from "../support/fake-angelcam.ts";
import { http, rawServer } from "../support/raw-server.ts";

const program = (origin: string) => `
  import { Angelcam, OAuthSession, passwordGrant } from ${JSON.stringify(new URL("../../src/index.ts", import.meta.url).href)};
  const auth = new OAuthSession({ clientId: "client", grant: passwordGrant({ username: "user@example.com", password: "secret" }) });
  const angelcam = new Angelcam({ auth, baseUrl: ${JSON.stringify(origin)}, timeout: 3_600_000, deadline: 3_600_000 });
  console.log((await angelcam.me.get()).email);
`;

it("a program that has made its calls ends by itself: no timer keeps it alive", async () => {
  const tokens = { access_token: "a", refresh_token: "b", token_type: "Bearer", expires_in: 36_000, scope: "" };
  await using server = await rawServer((index) => ({
    chunks: [http(200, JSON.stringify(index === 0 ? tokens : account))],
  }));
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--input-type=module",
    "--eval",
    program(server.origin),
  ]);
  expect(stdout).toBe("user@example.com\n");
});

const endless = `
  import { Angelcam } from ${JSON.stringify(new URL("../../src/index.ts", import.meta.url).href)};
  let calls = 0;
  const fetch = () => calls++ === 0 ? Promise.resolve(Response.json(${JSON.stringify(account)})) : new Promise(() => {});
  const angelcam = new Angelcam({ fetch, timeout: 300, retry: false });
  await angelcam.me.get();
  await angelcam.me.get().catch((error) => console.log(error.code));
`;

it("a program whose second call gets no response lives until the timeout: the timer that the first call left is in use again", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", endless]);
  expect(stdout).toBe("timeout\n");
});
