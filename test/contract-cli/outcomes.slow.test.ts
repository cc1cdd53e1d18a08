import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { main } from "../../src/contract-cli/main.ts";
import type { Report } from "../../src/contract-cli/report.ts";
import type { Har } from "../../src/openapi/har.ts";
import { type Change, type FaultyServer, inJson, startFaultyServer } from "./faulty-server.ts";
import { elementsOf } from "./xml.ts";

// The outcome of a run: exit code, reports, coverage, the baseline.

const FILES = { json: "report.json", junit: "junit.xml", html: "report.html", har: "traffic.har" } as const;

let server: FaultyServer;
let folder: string;
let change: Change = () => {};

beforeEach(async () => {
  change = () => {};
  server = await startFaultyServer((...parameters) => change(...parameters), { quota: false, cameras: 3 });
  folder = await mkdtemp(path.join(tmpdir(), "angelcam-outcomes-"));
  // The reports of an earlier run that passed.
  for (const name of Object.values(FILES)) await writeFile(path.join(folder, name), "stale, and green");
});

afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Runs the command with every report. */
async function run(words: readonly string[], environment: Record<string, string> = {}) {
  const [printed, complaints]: [string[], string[]] = [[], []];
  const reports = Object.entries(FILES).flatMap(([form, name]) => [`--${form}`, path.join(folder, name)]);
  const code = await main([...words, ...reports], {
    environment,
    print: (line) => printed.push(line),
    complain: (line) => complaints.push(line),
  });
  const read = (name: string) => readFile(path.join(folder, name), "utf8").catch(() => "");
  const [json, junit, html, har] = await Promise.all(Object.values(FILES).map(read));
  return {
    ...{ code, stdout: printed.join("\n"), stderr: complaints.join("\n"), junit, html, har },
    report: (json?.startsWith("{") ? JSON.parse(json) : undefined) as Report | undefined,
  };
}

const explore = (...words: string[]) => run(["--explore", "--seed", "7", "--server", server.origin, ...words]);

/** A server with one fault, of which the baseline can know. */
const withTextAsId = inAccount((account) => Object.assign(account, { id: "7" }));

function inAccount(edit: (account: Record<string, unknown>) => void): Change {
  return (response, request) => {
    if (request === "GET /v1/me/" && response.status === 200) inJson(edit)(response);
  };
}

async function fileOf(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}

describe("when the run cannot begin, every report says so, and none of an earlier run is left:", () => {
  test.each([
    ["an unknown option", ["--colour"], "Unknown option '--colour'"],
    ["no server", ["--explore", "--server", "http://127.0.0.1:1"], "No server responds at http://127.0.0.1:1"],
    ["an unknown workflow", ["--workflow", "slow-start"], "There is no workflow slow-start"],
    ["a baseline that cannot be read", ["--ignore", "/no/such/file"], "--ignore /no/such/file cannot be read"],
    ["no target", ["proxy"], "proxy needs --target"],
  ])("%s", async (_, words, problem) => {
    const withServer =
      words.includes("--server") || words[0] === "proxy" ? words : [...words, "--server", server.origin];
    const { code, stderr, report, junit, html, har } = await run(withServer);
    expect([code, stderr]).toEqual([2, expect.stringContaining(problem)]);
    expect(report).toMatchObject({ passed: false, problem: expect.stringContaining(problem), checks: 0 });
    const [suites] = elementsOf(junit ?? "");
    expect(suites?.attributes).toMatchObject({ tests: "1", errors: "1", failures: "0" });
    expect(suites?.children[0]?.children[0]?.children[0]).toMatchObject({ name: "error" });
    expect(html).toContain("It could not begin");
    expect((JSON.parse(har ?? "") as Har).log.entries).toEqual([]);
  });

  test("and GitHub shows it", async () => {
    const { stdout } = await run(["--explore", "--server", "http://127.0.0.1:1"], { GITHUB_ACTIONS: "true" });
    expect(stdout).toMatch(/^::error title=angelcam-contract::No server responds at http:\/\/127\.0\.0\.1:1/m);
  });
});

test("a report that cannot be written ends with 2, and the others are written", async () => {
  const { code, stderr, report } = await explore("--html", "/no/such/folder/report.html");
  // The last one counts, as with every option.
  expect([code, stderr, report?.passed]).toEqual([0, "", true]);
  const other = await run(["--explore", "--server", server.origin, "--record", "x"]);
  expect([other.code, other.stderr]).toEqual([2, expect.stringContaining("Unknown option '--record'")]);
  const files = ["--junit", "/no/such/folder/junit.xml", "--json", path.join(folder, "own.json")];
  const complaints: string[] = [];
  const code2 = await main(["--explore", "--server", server.origin, ...files], {
    environment: {},
    print: () => {},
    complain: (line) => complaints.push(line),
  });
  expect([code2, complaints.join()]).toEqual([2, expect.stringContaining("The report cannot be written: ENOENT")]);
  expect(await readdir(folder)).toContain("own.json");
});

describe("an exploration of the sandbox", () => {
  test("calls what only reads, with ids from lists, and reports operation, time and status of each", async () => {
    const { code, stdout, report, junit, html, har } = await explore();
    expect(code, stdout).toBe(0);
    expect(stdout).toContain("Exploring with --seed 7");
    expect(stdout).toMatch(/^25 of \d+ operations, 25 requests, about \d+ s left$/m);
    expect(report?.coverage.operations.exercised).toBeGreaterThan(55);
    expect(new Set(server.requests.map((request) => request.split(" ")[0]))).toEqual(new Set(["GET", "POST"]));
    expect(server.requests.filter((request) => request.startsWith("POST"))).toEqual(["POST /oauth/token/"]);
    const cases = elementsOf(junit ?? "")[0]?.children.flatMap((suite) => suite.children) ?? [];
    const camera = cases.find(({ attributes }) => attributes.name === "cameras.get");
    expect(camera?.attributes.time).toMatch(/^\d+\.\d{3}$/);
    expect(camera?.children[0]?.children.map(({ attributes }) => attributes)).toEqual([
      { name: "operationId", value: "cameras.get" },
      { name: "status", value: "200" },
    ]);
    expect(html).toContain("<code>cameras.get</code>");
    const { log } = JSON.parse(har ?? "") as Har;
    expect(log.entries).toHaveLength(report?.requests ?? 0);
    expect(log.entries[0]?.request.postData?.text).toContain("password=[secret]");
  });

  test("sends the same requests for the same seed, and others for another one", async () => {
    const requestsOf = async (seed: string) => {
      const before = server.requests.length;
      await run(["--explore", "--seed", seed, "--server", server.origin]);
      // Times of a query belong to the moment of the run.
      return server.requests.slice(before).map((request) => request.replaceAll(/\d{4}-\d\d-\d\dT[\d%A:]+Z/g, "TIME"));
    };
    const first = await requestsOf("7");
    expect(await requestsOf("7")).toEqual(first);
    expect(await requestsOf("8")).not.toEqual(first);
  });

  test("with permission to write, twelve seeds pass against one sandbox, whatever they delete on the way", async () => {
    const failed: string[] = [];
    for (let seed = 1; seed <= 12; seed++) {
      const { code, stdout } = await run(["--explore", "--write", "--seed", `${seed}`, "--server", server.origin]);
      if (code !== 0) failed.push(`seed ${seed}: ${stdout}`);
    }
    expect(failed).toEqual([]);
  });

  test("with --write calls the others too, and never what would end it", async () => {
    const { stdout, report } = await explore("--write");
    expect(report?.coverage.operations.exercised, stdout).toBeGreaterThan(95);
    expect(server.requests).not.toContain("DELETE /v1/me/");
    expect(report?.coverage.fields.exercised).toBeGreaterThan(50);
  });

  test("ends when the time is up, and says what it did not reach", async () => {
    change = () => new Promise((resolve) => setTimeout(resolve, 500));
    const { code, stdout, report } = await explore("--timeout", "5");
    expect(code, stdout).toBe(0);
    expect(report?.requests).toBeLessThan(15);
    expect(stdout).toMatch(/note: \d+ operations were not called, because the time was up \(see --timeout\): /);
  });

  test("fails when a token that was just issued is rejected, and when a list names what does not exist", async () => {
    change = (response, request) => {
      if (/^GET \/v1\/cameras\/\d+\/$/.test(request)) Object.assign(response, notFound());
      if (request === "GET /v1/me/") Object.assign(response, { ...notFound(), status: 401 });
    };
    const { code, stdout } = await explore();
    expect(code).toBe(1);
    expect(stdout).toContain("cameras.get returned 404 for an id from its own list");
    expect(stdout).toContain("me.get returned 401 to a token that was just issued");
  });

  test("is not possible with --write on a server elsewhere, or without credentials", async () => {
    const { code, stderr } = await run(["--explore", "--server", "https://api.angelcam.com"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("--explore needs ANGELCAM_TOKEN")]);
    const environment = { ANGELCAM_TOKEN: "none-of-yours" };
    const writing = await run(["--explore", "--write", "--server", "https://api.angelcam.com"], environment);
    expect([writing.code, writing.stderr]).toEqual([2, expect.stringContaining("a server on this machine only")]);
  });
});

describe("the goal of a coverage", () => {
  test("fails below it, with its own text, in every report", async () => {
    const { code, stdout, report, junit } = await explore("--coverage", "operations=99", "--coverage", "responses=1");
    const fault = /coverage of operations is \d+\.\d % \(\d+ of \d+\), below the goal of 99 %/;
    expect([code, stdout]).toEqual([1, expect.stringMatching(fault)]);
    expect(report?.faults).toEqual([expect.stringMatching(fault)]);
    expect(junit).toMatch(fault);
  });

  test.each(["operations", "operations=101", "colours=4", "operations=-1"])("rejects %s", async (goal) => {
    const { code, stderr } = await explore("--coverage", goal);
    expect([code, stderr]).toEqual([2, expect.stringContaining("--coverage takes one of operations, parameters")]);
  });
});

describe("the baseline", () => {
  test("accepts a known violation, with its reason", async () => {
    change = withTextAsId;
    const file = await fileOf(
      "known.yaml",
      "- operation: me.get\n  kind: type\n  pointer: /*\n  reason: Fixed in release 12.\n",
    );
    const { code, stdout, report } = await explore("--ignore", file);
    expect(code, stdout).toBe(0);
    expect(stdout).toMatch(/^ignored \(\d+ times?\): me\.get response 200, body \/id: .*: Fixed in release 12\.$/m);
    expect(report?.ignored).toEqual([expect.objectContaining({ reason: "Fixed in release 12." })]);
    const [other] = (await explore()).report?.workflows.filter(({ name }) => name === "explore") ?? [];
    expect(other?.status).toBe("failed");
  });

  test("fails when an entry is no longer needed, and says which", async () => {
    const file = await fileOf("known.yaml", "- operation: me.get\n  kind: type\n  reason: Fixed in release 12.\n");
    const { code, stdout } = await explore("--ignore", file);
    expect([code, stdout]).toEqual([
      1,
      expect.stringContaining('the entry "me.get type" is no longer needed: remove it (Fixed in release 12.)'),
    ]);
  });

  test("keeps an entry whose operation was not called", async () => {
    const file = await fileOf("known.yaml", "- operation: cameras.delete\n  reason: Not called here.\n");
    expect((await explore("--ignore", file)).code).toBe(0);
  });

  test.each([
    ["no reason", "- operation: me.get\n", "entry 1 has no reason"],
    ["an unknown operation", "- operation: me.gett\n  reason: x\n", "must be an operationId of the document"],
    ["an unknown field", "- operation: me.get\n  reason: x\n  colour: red\n", "colour is not one of"],
    ["a number for a pointer", "- operation: me.get\n  reason: x\n  pointer: 5\n", "pointer must be a text"],
    ["no list", "operation: me.get\n", "must be a list of entries"],
  ])("with %s is rejected", async (_, text, problem) => {
    const { code, stderr } = await explore("--ignore", await fileOf("known.yaml", text));
    expect([code, stderr]).toEqual([2, expect.stringContaining(problem)]);
  });
});

test("in GitHub Actions each failure and warning becomes an annotation; elsewhere none does", async () => {
  change = inAccount((account) => Object.assign(account, { id: "7", more: 1 }));
  const { client, account } = server.sandbox;
  const environment = {
    ...{ ANGELCAM_CLIENT_ID: client.clientId, ANGELCAM_USERNAME: account.username, GITHUB_ACTIONS: "true" },
    ANGELCAM_PASSWORD: account.password,
  };
  const { stdout } = await run(["--explore", "--seed", "7", "--server", server.origin], environment);
  expect(stdout).toMatch(
    /^::error title=explore me\.get me\.get::me\.get response 200, body \/id: must be an integer/m,
  );
  expect(stdout).toMatch(/^::warning title=explore me\.get me\.get::me\.get response 200, body \/more: /m);
  expect((await explore()).stdout).not.toMatch(/^::/m);
});

test("a GET whose kept connection was closed under it is sent again, once; a POST is not", async () => {
  let closed = 0;
  server.onConnectionRequest = (request, socket) => {
    if (request !== "GET /v1/me/" || closed++ !== 1) return false;
    socket.destroy();
    return true;
  };
  const { code, stdout } = await explore();
  expect(code, stdout).toBe(0);
  expect(closed).toBeGreaterThan(2);
});

function notFound() {
  const body = JSON.stringify({ title: "not_found", detail: "Not found.", status: 404 });
  return { status: 404, type: "application/json", body, headers: {} };
}
