import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { CallerProcess } from "./caller-process.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "angelcam-shared-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function fixture(processes: number, grant: "password" | "refresh_token") {
  const sandbox = createSandbox({ quota: false });
  const server = await sandbox.listen();
  const { username, password } = sandbox.account;
  const environment = {
    ORIGIN: server.origin,
    TOKEN_FILE: path.join(folder, "tokens.json"),
    CLIENT_ID: sandbox.client.clientId,
    USERNAME_OF_ACCOUNT: username,
    PASSWORD_OF_ACCOUNT: grant === "password" ? password : "",
    REFRESH_TOKEN: grant === "password" ? "" : (sandbox.tokens.signIn().refresh_token ?? ""),
  };
  const start = () => new CallerProcess(environment);
  const callers = Array.from({ length: processes }, start);
  return {
    sandbox,
    callers,
    start,
    file: environment.TOKEN_FILE,
    async [Symbol.asyncDispose]() {
      await Promise.all(callers.map((caller) => caller[Symbol.asyncDispose]()));
      await server.close();
    },
  };
}

const repeat = async (times: number, work: () => Promise<string>) => {
  const outcomes: string[] = [];
  for (let time = 0; time < times; time++) outcomes.push(await work());
  return outcomes;
};

describe("4 processes on one token file", () => {
  it("make 50 calls each over three expiries with exactly 3 refreshes, and no call meets invalid_grant", async () => {
    await using shared = await fixture(4, "password");
    const { sandbox, callers, file } = shared;
    // The first token, so that the expiries are what is counted.
    expect(await callers[0]?.call()).toBe("ok");
    sandbox.clearLog();
    const outcomes: string[] = [];
    for (const calls of [5, 15, 15, 15]) {
      outcomes.push(...(await Promise.all(callers.map((caller) => repeat(calls, () => caller.call())))).flat());
      if (outcomes.length < 200) sandbox.expireAccessTokens();
    }
    expect(outcomes).toEqual(Array.from({ length: 200 }, () => "ok"));
    expect(sandbox.count({ operation: "oauth.createToken" })).toBe(3);
    expect(sandbox.count({ operation: "oauth.createToken", grant: "refresh_token", status: 200 })).toBe(3);
    expect(sandbox.tokenReuses).toBe(0);
    expect(JSON.parse(await readFile(file, "utf8"))).toBeTypeOf("object");
  });

  it("go on when one of them is killed while it holds the lock and waits for its tokens", async () => {
    await using shared = await fixture(3, "refresh_token");
    const { sandbox, callers } = shared;
    const [victim, ...others] = callers;
    expect(await victim?.call()).toBe("ok");
    sandbox.expireAccessTokens();
    const requested = new Promise<void>((resolve) => {
      sandbox.faults.add({ operation: "oauth.createToken", kind: "hang" });
      const poll = setInterval(() => {
        if (!sandbox.requests.some(({ operation, fault }) => operation === "oauth.createToken" && fault === "hang"))
          return;
        clearInterval(poll);
        resolve();
      }, 5);
    });
    void victim?.call();
    await requested;
    await victim?.kill();
    expect(await Promise.all(others.map((other) => other.call()))).toEqual(["ok", "ok"]);
    expect(sandbox.tokenReuses).toBe(0);
  });
});

describe("a process that is killed between Angelcam's rotation and its own write", () => {
  it.each(["password", "refresh_token"] as const)("costs what the guide says, with a %s grant", async (grant) => {
    await using shared = await fixture(1, grant);
    const { sandbox, callers, start } = shared;
    const [victim] = callers;
    expect(await victim?.call()).toBe("ok");
    sandbox.expireAccessTokens();
    sandbox.clearLog();
    // The server rotates, and the response never arrives: what a kill at that moment leaves behind.
    sandbox.faults.add({ operation: "oauth.createToken", kind: "drop", when: "after" });
    expect(await victim?.call()).toBe("connection_failed");
    await victim?.kill();
    const next = start();
    callers.push(next);
    sandbox.clearLog();
    expect(await next.call()).toBe(grant === "password" ? "ok" : "session_ended");
    expect(sandbox.count({ operation: "oauth.createToken", grant: "password", status: 200 })).toBe(
      grant === "password" ? 1 : 0,
    );
  });
});

it("leaves nothing but the token file behind", async () => {
  await using shared = await fixture(2, "password");
  await Promise.all(shared.callers.map((caller) => caller.call()));
  await Promise.all(shared.callers.map((caller) => caller[Symbol.asyncDispose]()));
  expect((await readdir(folder)).filter((name) => !name.startsWith("tokens.json"))).toEqual([]);
});
