import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { Angelcam, OAuthSession, passwordGrant, personalAccessToken } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { main } from "../../src/sandbox/main.ts";
import { endWithTest } from "../support/end-with-test.ts";

const COMMAND = fileURLToPath(new URL("../../src/sandbox/command.ts", import.meta.url));

/** The runs that a test leaves running. */
const left: (() => void)[] = [];

interface Run {
  /** Its output when it listens or ends. */
  readonly output: Promise<string>;
  readonly ended: Promise<number | null>;
}

/** The command in this process, until it is stopped. */
function run(...words: string[]): Run & { stop(): void } {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  left.push(stop);
  let text = "";
  const write = (more: string) => {
    text += more;
  };
  const listening = new AbortController();
  const ended = main(words, {
    print: (more) => {
      write(more);
      listening.abort();
    },
    complain: write,
    untilStopped: () => aborted(stopping.signal),
  });
  return { output: Promise.race([aborted(listening.signal), ended]).then(() => text), ended, stop };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}

/** The command as a user starts it, in a process of its own, until it is sent a signal. */
function start(...words: string[]): Run & { stop(signal: NodeJS.Signals): void } {
  const child = spawn(process.execPath, [COMMAND, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  endWithTest(child);
  const ended = once(child, "close").then(([code]) => code as number | null);
  const output = new Promise<string>((resolve) => {
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data) => {
        text += data;
        if (text.includes("Press Ctrl+C")) resolve(text);
      });
    }
    ended.then(() => resolve(text));
  });
  return { output, ended, stop: (signal) => child.kill(signal) };
}

function find(text: string, pattern: RegExp): string {
  return text.match(pattern)?.[1] ?? `nothing like ${pattern} in: ${text}`;
}

afterEach(() => {
  for (const end of left.splice(0)) end();
});

describe("angelcam-sandbox", () => {
  test("prints credentials that work, and ends with exit code 0 on Ctrl+C", async () => {
    const { output, ended, stop } = start("--port", "0", "--cameras", "3", "--access-token-lifetime", "60");
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
    stop("SIGINT");
    expect(await ended).toBe(0);
  });

  test("starts with --accounts, --seed and --no-quota", async () => {
    const { output, ended, stop } = run(
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
    stop();
    expect(await ended).toBe(0);
  });

  test("listens where --host says, and prints what to do next", async () => {
    const { output, ended, stop } = run("--port", "0", "--host", "localhost");
    const text = await output;
    const [, command = ""] = /curl "(.*)" --header/.exec(text) ?? [];
    const authorization = find(text, /--header "Authorization: ([^"]+)"/);
    expect((await fetch(command, { headers: { Authorization: authorization } })).status).toBe(200);
    const space = find(text, /X-Space-Id: (\d+)/);
    const headers = { Authorization: authorization, "X-Space-Id": space };
    expect((await fetch(command.replace("/me/", "/cameras/"), { headers })).status).toBe(200);
    stop();
    expect(await ended).toBe(0);
  });

  test("says that there is no such interface, with exit code 1", async () => {
    const { output, ended } = run("--port", "0", "--host", "192.0.2.1");
    expect([await ended, await output]).toEqual([1, expect.stringContaining("no interface 192.0.2.1")]);
  });

  test("does not listen on every interface for an empty --host, with exit code 2", async () => {
    const { output, ended } = run("--port", "0", "--host", "");
    expect([await ended, await output]).toEqual([2, expect.stringMatching(/^--host takes the name/)]);
  });

  test("says that a port is taken, with exit code 1", async () => {
    await using server = await createSandbox().listen();
    const { output, ended } = run("--port", new URL(server.origin).port);
    expect([await ended, await output]).toEqual([1, expect.stringMatching(/^Port \d+ is taken\. Choose another one/)]);
  });

  test("ends in order when a process manager sends SIGTERM", async () => {
    const { output, ended, stop } = start("--port", "0");
    expect(await output).toContain("client secret");
    stop("SIGTERM");
    expect(await ended).toBe(0);
  });

  test("listens no more when it has ended", async () => {
    const { output, ended, stop } = run("--port", "0");
    const origin = find(await output, /listens on (http:\S+)/);
    expect((await fetch(`${origin}/v1/me/`)).status).toBe(401);
    stop();
    expect(await ended).toBe(0);
    await expect(fetch(`${origin}/v1/me/`)).rejects.toThrow("fetch failed");
  });

  test("hides no other error than that of a taken port, and leaves the port free", async () => {
    let origin = "";
    const broken = new Error("The pipe is broken");
    const ended = main(["--port", "0"], {
      print: (text) => {
        origin = find(text, /listens on (http:\S+)/);
        throw broken;
      },
      complain: () => {},
      untilStopped: () => new Promise(() => {}),
    });
    await expect(ended).rejects.toBe(broken);
    await expect(fetch(`${origin}/v1/me/`)).rejects.toThrow("fetch failed");
  });

  test.each([
    ["--color", "red"],
    ["--port", "many"],
    ["--port", "65536"],
    ["--cameras", "-1"],
    ["--accounts", "0"],
    ["extra"],
  ])("rejects what it does not know, with exit code 2: %s %s", async (...options) => {
    const { output, ended } = run(...options.filter((option) => typeof option === "string"));
    expect([await ended, await output]).toEqual([2, expect.stringContaining("Usage: angelcam-sandbox")]);
  });

  test.each(["--help", "-h"])("%s prints each option with its value and its default", async (option) => {
    const { output, ended } = run(option);
    expect(await ended).toBe(0);
    expect(await output).toMatch(/--access-token-lifetime SECONDS +how long a token works \(default: 36000\)\n/);
    expect(await output).toMatch(/-h, --help +print this text$/);
  });

  test("--version prints the version of the package", async () => {
    const { output, ended } = run("--version");
    expect([await ended, await output]).toEqual([0, manifest.version]);
  });

  test.each([
    ["--cameras does nothing with --replay", ["--replay", "traffic.har", "--cameras", "5"]],
    ["--no-quota does nothing with --replay", ["--no-quota", "--replay", "traffic.har"]],
    ["--retry-after does nothing with --no-quota", ["--no-quota", "--retry-after"]],
  ])("%s: rejected with exit code 2", async (problem, words) => {
    const { output, ended } = run(...words);
    expect([await ended, await output]).toEqual([2, expect.stringContaining(problem)]);
  });
});
