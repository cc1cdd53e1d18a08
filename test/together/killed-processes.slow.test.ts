import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { CallerProcess } from "./caller-process.ts";

/** The same moments in every run: a small linear congruential generator (Numerical Recipes). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % sides;
  };
}

it("50 rounds in which one of 4 processes is killed at a random moment: no corrupt file, no lock for ever, the others go on", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-killed-"));
  const sandbox = createSandbox({ quota: false });
  await using server = await sandbox.listen();
  const { username, password } = sandbox.account;
  const file = path.join(folder, "tokens.json");
  const start = () =>
    new CallerProcess({
      ORIGIN: server.origin,
      TOKEN_FILE: file,
      CLIENT_ID: sandbox.client.clientId,
      USERNAME_OF_ACCOUNT: username,
      PASSWORD_OF_ACCOUNT: password,
    });
  const callers = Array.from({ length: 4 }, start);
  const roll = dice(20_261_124);
  try {
    await Promise.all(callers.map((caller) => caller.call()));
    for (let round = 0; round < 50; round++) {
      sandbox.expireAccessTokens();
      const victim = roll(4);
      const calls = callers.map((caller) => caller.call());
      // A moment somewhere in the round, measured by the requests that have come and not by the clock.
      const moment = sandbox.requests.length + roll(6);
      while (sandbox.requests.length < moment) await new Promise((resolve) => setImmediate(resolve));
      await callers[victim]?.kill();
      const outcomes = await Promise.all(calls);
      expect(outcomes.filter((_, index) => index !== victim)).toEqual(["ok", "ok", "ok"]);
      expect(JSON.parse(await readFile(file, "utf8"))).toBeTypeOf("object");
      callers[victim] = start();
      expect(await callers[victim]?.call()).toBe("ok");
    }
  } finally {
    await Promise.all(callers.map((caller) => caller[Symbol.asyncDispose]()));
    await rm(folder, { recursive: true, force: true });
  }
}, 900_000);
