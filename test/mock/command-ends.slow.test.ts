import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { childrenOf, isAlive, startScript } from "../support/script.ts";
import { emailFrom, MOCK, originOf } from "./mock-command.ts";

// What ends angelcam-mock, or the Prism behind it. Each test starts one of its own.

test("comes back where it was when it was killed, and responds to requests that arrive meanwhile", async () => {
  await using mock = startScript([MOCK, "--port", "0"]);
  const origin = await originOf(mock);
  const before = mock.stdout();
  const [prism = 0] = await childrenOf(mock.pid);
  process.kill(prism, "SIGKILL");
  expect(await emailFrom(origin)).toBe("user@example.com");
  await mock.printed(/The mock is back on/);
  expect(mock.stdout()).not.toBe(before);
  expect(await emailFrom(origin)).toBe("user@example.com");
  expect(mock.stdout()).toContain("The mock ended with SIGKILL. It is started again");
});

test.each([
  ["SIGINT", "127.0.0.1"],
  ["SIGTERM", "localhost"],
] as const)(
  "ends on %s with exit code 0 and leaves nothing behind; until then it listens where --host says: %s",
  async (signal, host) => {
    const words = host === "localhost" ? ["--host", host] : [];
    await using ending = startScript([MOCK, "--port", "0", ...words]);
    const origin = await originOf(ending);
    expect(new URL(origin).hostname).toBe(host);
    expect(await emailFrom(origin)).toBe("user@example.com");
    const [prism = 0] = await childrenOf(ending.pid);
    expect(isAlive(prism)).toBe(true);
    ending.kill(signal);
    expect(await ending.ended).toEqual({ code: 0, signal: null });
    expect(isAlive(prism)).toBe(false);
    await expect(fetch(origin)).rejects.toThrow("fetch failed");
  },
);

test("leaves nothing behind when it is killed without a warning", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-mock-test-"));
  await using ending = startScript([MOCK, "--port", "0"], { TMPDIR: folder });
  const { port } = new URL(await originOf(ending));
  const connection = connect(Number(port), "127.0.0.1");
  await once(connection, "connect");
  expect(await readdir(folder)).toHaveLength(1);
  const [prism = 0] = await childrenOf(ending.pid);
  const gone = new Promise((resolve) => connection.on("error", resolve).on("close", resolve));
  ending.kill("SIGKILL");
  await gone;
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow("fetch failed");
  // Prism sees a moment later that it is alone, removes its folder and goes.
  await expect.poll(() => isAlive(prism)).toBe(false);
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});
