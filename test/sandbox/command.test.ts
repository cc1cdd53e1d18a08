import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { Angelcam, OAuthSession, passwordGrant, personalAccessToken } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";

const COMMAND = fileURLToPath(new URL("../../src/sandbox/command.ts", import.meta.url));
const started: ChildProcess[] = [];

interface Run {
  readonly child: ChildProcess;
  /** What it has printed when it listens or ends. */
  readonly output: Promise<string>;
  readonly ended: Promise<number | null>;
}

function run(...options: string[]): Run {
  const child = spawn(process.execPath, [COMMAND, ...options], { stdio: ["ignore", "pipe", "pipe"] });
  started.push(child);
  const ended = once(child, "close").then(([code]) => code as number | null);
  const output = new Promise<string>((fulfil) => {
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (data) => {
        text += data;
        if (text.includes("Press Ctrl+C")) fulfil(text);
      });
    }
    ended.then(() => fulfil(text));
  });
  return { child, output, ended };
}

function find(text: string, pattern: RegExp): string {
  return text.match(pattern)?.[1] ?? `nothing like ${pattern} in: ${text}`;
}

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

describe("angelcam-sandbox", () => {
  test("prints credentials that work, and ends with exit code 0 on Ctrl+C", async () => {
    const { child, output, ended } = run("--port", "0", "--cameras", "3", "--access-token-lifetime", "60");
    const text = await output;
    const baseUrl = find(text, /listens on (http:\S+)/);
    const session = new OAuthSession({
      clientId: find(text, /client id (\S+)/),
      grant: passwordGrant({ username: find(text, /username (\S+)/), password: find(text, /password (\S+)/) }),
    });
    expect((await new Angelcam({ auth: session, baseUrl }).cameras.list()).count).toBe(3);
    const auth = personalAccessToken(find(text, /access token (\S+)/));
    expect((await new Angelcam({ auth, baseUrl }).me.get()).email).toBe("user@example.com");
    expect(text).toContain(`baseUrl: "${baseUrl}"`);
    child.kill("SIGINT");
    expect(await ended).toBe(0);
  });

  test("starts with --accounts, --seed and --no-quota", async () => {
    const { child, output, ended } = run(
      "--port",
      "0",
      "--accounts",
      "2",
      "--seed",
      "5",
      "--no-quota",
      "--cameras",
      "1",
    );
    const text = await output;
    expect(text).toContain("user2@example.com");
    const auth = personalAccessToken(find(text, /access token (\S+)/));
    const angelcam = new Angelcam({ auth, baseUrl: find(text, /listens on (http:\S+)/), quota: false });
    const calls = await Promise.all(Array.from({ length: 30 }, () => angelcam.cameras.list()));
    const [camera] = createSandbox({ seed: 5, cameras: 1 }).cameras;
    expect(calls.map(({ results }) => results[0]?.name)).toEqual(Array(30).fill(camera?.name));
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  test("says that a port is taken, with exit code 1", async () => {
    await using server = await createSandbox().listen();
    const { output, ended } = run("--port", new URL(server.origin).port);
    expect([await ended, await output]).toEqual([1, expect.stringMatching(/^Port \d+ is taken\. Choose another one/)]);
  });

  test.each([["--color", "red"], ["--port", "many"], ["--cameras", "-1"], ["extra"]])(
    "refuses what it does not know, with exit code 2: %s %s",
    async (...options) => {
      const { output, ended } = run(...options.filter((option) => typeof option === "string"));
      expect([await ended, await output]).toEqual([2, expect.stringContaining("Usage: angelcam-sandbox")]);
    },
  );

  test("explains itself", async () => {
    const { output, ended } = run("--help");
    expect([await ended, await output]).toEqual([0, expect.stringContaining("--access-token-lifetime")]);
  });
});
