import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main } from "../../src/contract-cli/main.ts";
import type { Report } from "../../src/contract-cli/report.ts";
import type { Har } from "../../src/openapi/har.ts";
import { main as sandboxMain } from "../../src/sandbox/main.ts";
import { openChromium } from "../support/chromium.ts";
import { PATIENCE, runCommand } from "./command.ts";
import { type FaultyServer, startFaultyServer } from "./faulty-server.ts";

// Programs that are not ours, in front of the sandbox, and the proxy between them.

const PROGRAM = fileURLToPath(new URL("client.py", import.meta.url));
const hasPython = spawnSync("python3", ["--version"]).status === 0;
const run = promisify(execFile);

let server: FaultyServer;
let folder: string;

beforeAll(async () => {
  server = await startFaultyServer(undefined, { cameras: 100, quota: false });
  folder = await mkdtemp(path.join(tmpdir(), "angelcam-proxy-"));
  const { client, account } = server.sandbox;
  process.env.ANGELCAM_CLIENT_ID = client.clientId;
  process.env.ANGELCAM_USERNAME = account.username;
  process.env.ANGELCAM_PASSWORD = account.password;
});

afterAll(async () => {
  for (const name of ["CLIENT_ID", "USERNAME", "PASSWORD"]) delete process.env[`ANGELCAM_${name}`];
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

describe.runIf(hasPython)("a program in Python", () => {
  test(
    "that keeps to the document passes, and every operation that it calls is covered",
    async () => {
      const { code, stdout, report } = await proxy(["--", "python3", PROGRAM]);
      expect(code, stdout).toBe(0);
      const [{ steps } = { steps: [] }] = report?.workflows ?? [];
      expect(steps.map(({ name, requests, faults }) => [name, requests, faults])).toEqual([
        ["oauth.createToken", 1, []],
        ["me.get", 1, []],
        // Three pages: `next` led back to the proxy.
        ["cameras.list", 3, []],
      ]);
      expect(report?.coverage.operations.exercised).toBe(3);
      expect(report?.coverage.parameters.missing).not.toContain("cameras.list query offset");
    },
    PATIENCE,
  );

  test(
    "that misspells a parameter fails, with the right name",
    async () => {
      const { code, stdout } = await proxy(["--", "python3", PROGRAM, "limt"]);
      expect(code, stdout).toBe(1);
      expect(stdout).toContain(
        'cameras.list: cameras.list request, query limt: is not in the document, got "40". Did you mean "limit"?',
      );
    },
    PATIENCE,
  );

  test(
    "that dies is a failure, even when it kept to the document until then",
    async () => {
      const { code, stdout } = await proxy(["--", "python3", "-c", "raise SystemExit(3)"]);
      expect([code, stdout]).toEqual([1, expect.stringContaining("the program ended with exit code 3")]);
      expect(stdout).toContain("Nothing was checked, which counts as a failure.");
    },
    PATIENCE,
  );

  test(
    "that is not there: the run cannot begin, and says so at once",
    async () => {
      const { code, stderr } = await proxy(["--", "no-such-program"]);
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining("The program cannot be run: spawn no-such-program ENOENT"),
      ]);
    },
    PATIENCE,
  );

  test(
    "gets the same from a recording of its traffic, which holds no credential",
    async () => {
      const recording = path.join(folder, "traffic.har");
      const words = ["proxy", "--target", server.origin, "--record", recording, "--", "python3", PROGRAM];
      const { code } = await inProcess(words);
      expect(code).toBe(0);
      const text = await readFile(recording, "utf8");
      const { log } = JSON.parse(text) as Har;
      expect(log.entries.map(({ request, response }) => [request.method, response.status])).toEqual([
        ["POST", 200],
        ["GET", 200],
        ["GET", 200],
        ["GET", 200],
        ["GET", 200],
      ]);
      const secrets = secretsIn(server.bodies);
      expect(secrets.length).toBeGreaterThan(100);
      expect([...secrets, server.sandbox.account.password].filter((secret) => text.includes(secret))).toEqual([]);

      await using player = await play(recording);
      const environment = { ...process.env, ANGELCAM_BASE_URL: player.origin };
      const { stdout } = await run("python3", [PROGRAM], { env: environment });
      expect(stdout).toBe(`python has seen 100 cameras of ${server.sandbox.account.username}\n`);
      const other = await fetch(`${player.origin}/v1/cameras/?limit=7`);
      expect([other.status, await other.json()]).toMatchObject([501, { title: "not_recorded" }]);
    },
    PATIENCE,
  );
});

test(
  "a page in a browser is checked as well, although it is of another origin",
  async () => {
    const requests: string[] = [];
    const code = deferred<void>();
    let origin = "";
    const listening = deferred<void>();
    const file = path.join(folder, "browser.json");
    const lines: string[] = [];
    const done = main(["proxy", "--target", server.origin, "--port", "0", "--json", file], {
      environment: {},
      print: (line) => {
        lines.push(line);
        origin ||= line.match(/listens on (\S+)/)?.[1] ?? "";
        if (origin) listening.resolve();
      },
      complain: (line) => lines.push(line),
      untilStopped: () => code.promise,
    });
    await listening.promise;
    await using browser = await openChromium();
    const page = await browser.newPage();
    page.on("request", (request) => requests.push(request.method()));
    const { access_token: token } = server.sandbox.tokens.signIn({});
    // A page of another origin, so that the browser sends a preflight request.
    const site = createServer((_, response) => response.setHeader("Content-Type", "text/html").end("<p>Hi</p>"));
    await once(site.listen(0, "127.0.0.1"), "listening");
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    const seen = await page.evaluate(
      async ([base, bearer]) => {
        const headers = { Authorization: `Bearer ${bearer}` };
        const list = await fetch(`${base}/v1/cameras/?limit=3`, { headers });
        const wrong = await fetch(`${base}/v1/cameras/?limit=three`, { headers });
        return [((await list.json()) as { results: unknown[] }).results.length, wrong.status];
      },
      [origin, token] as const,
    );
    code.resolve();
    site.closeAllConnections();
    site.close();
    expect(await done, lines.join("\n")).toBe(1);
    expect(seen).toEqual([3, 400]);
    const report = JSON.parse(await readFile(file, "utf8")) as Report;
    expect(report.workflows[0]?.steps.map(({ name, requests, faults }) => [name, requests, faults])).toEqual([
      ["cameras.list", 2, ['cameras.list request, query limit: must be an integer, got "three"']],
    ]);
  },
  PATIENCE,
);

test("a proxy whose port is taken cannot begin", async () => {
  const { code, stderr } = await inProcess(["proxy", "--target", server.origin, "--port", new URL(server.origin).port]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("is taken. Choose another one with --port")]);
});

test.each([
  ["nothing", "no JSON", "The recording is not JSON"],
  ["JSON of another kind", "{}", "The recording is no HTTP Archive"],
])("a recording that holds %s cannot be played back", async (_, text, message) => {
  const file = path.join(folder, "wrong.har");
  await writeFile(file, text);
  const complaints: string[] = [];
  const code = await sandboxMain(["--replay", file, "--port", "0"], {
    print: () => {},
    complain: (line) => complaints.push(line),
    untilStopped: async () => {},
  });
  expect([code, complaints.join()]).toEqual([2, expect.stringContaining(message)]);
});

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((onResolve, onReject) => {
    [resolve, reject] = [onResolve, onReject];
  });
  return { promise, resolve, reject };
}

function proxy(words: readonly string[]) {
  return runCommand(["proxy", "--target", server.origin, ...words]);
}

async function inProcess(words: string[]) {
  const [printed, complaints]: [string[], string[]] = [[], []];
  const code = await main(words, {
    environment: {},
    print: (line) => printed.push(line),
    complain: (line) => complaints.push(line),
  });
  return { code, stdout: printed.join("\n"), stderr: complaints.join("\n") };
}

/** Starts `angelcam-sandbox --replay`. */
async function play(file: string): Promise<AsyncDisposable & { readonly origin: string }> {
  const stop = deferred<void>();
  const origin = deferred<string>();
  const done = sandboxMain(["--replay", file, "--port", "0"], {
    print: (text) => origin.resolve(text.match(/http:\S+/)?.[0] ?? ""),
    complain: (text) => origin.reject(new Error(text)),
    untilStopped: () => stop.promise,
  });
  return {
    origin: await origin.promise,
    [Symbol.asyncDispose]: async () => {
      stop.resolve();
      await done;
    },
  };
}

/** Tokens of every kind, by the names that the fields and parameters have. */
function secretsIn(bodies: readonly string[]): string[] {
  const fields = /"(?:access_token|refresh_token|sharing_token|event_api_hash)":"([^"]+)"/g;
  return bodies.flatMap((body) =>
    [...body.matchAll(fields), ...body.matchAll(/[?&]token=([\w-]+)/g)].map(([, secret]) => String(secret)),
  );
}
