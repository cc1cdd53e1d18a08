import { once } from "node:events";
import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, inject, test, vi } from "vitest";
import { readCommandLine } from "../../src/contract-cli/command-line.ts";
import { main } from "../../src/contract-cli/main.ts";
import { USAGE } from "../../src/contract-cli/usage.ts";
import { arazzoOf, COMMAND, runCommand, step } from "./command.ts";
import { startFaultyServer } from "./faulty-server.ts";

/** A workflow that does not begin before signing in has given a token. */
const WITH_TOKEN = arazzoOf(
  step("GET /v1/me/", "successCriteria: [{ condition: $statusCode == 200 }]"),
  "    inputs: { type: object, required: [authorization] }\n",
);

test.each([
  [["--colour"], "Unknown option '--colour'"],
  [["--timeout", "soon"], '--timeout takes a number of seconds, not "soon"'],
  [["--timeout", "0"], "--timeout takes more than 0 seconds"],
  [["--input", "nothing"], "--input takes a name and a text"],
  [["--server", "ftp://127.0.0.1"], "--server takes the address of a server"],
  [
    ["--server", "the sandbox"],
    '--server takes the address of a server, such as http://127.0.0.1:4010, not "the sandbox"',
  ],
  [["--server", "http://example.com"], "credentials go over https only"],
  [["--server", "http://127.0.0.1:1"], "No server responds at http://127.0.0.1:1"],
  [["--file", "/no/such.yaml"], "/no/such.yaml cannot be read"],
] as const)("cannot begin with %j, says why, and exits with 2", async (options, message) => {
  const { code, stderr, stdout } = await runCommand(options, { reports: false });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
});

test("two reports that name the same file: it says so, and the file holds one report of that", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-same-"));
  const file = path.join(folder, "same");
  const { code, stdout, stderr } = await runCommand(["--html", file, "--junit", file], { reports: false });
  expect([code, stdout, await readdir(folder)]).toEqual([2, "", ["same"]]);
  expect(stderr).toContain("--html and --junit name the same file");
  expect(await readFile(file, "utf8")).toContain("--html and --junit name the same file");
  await rm(folder, { recursive: true });
});

test.each([
  [
    "--json in --ignore",
    (file: string) => ["--ignore", file, "--json", file],
    "--json and --ignore name the same file",
  ],
  ["--html in --file", (file: string) => ["--file", file, "--html", file], "--html and --file name the same file"],
  [
    "--junit in --ignore, by another path",
    (file: string) => ["--ignore", file, "--junit", `${path.dirname(file)}/other/../input`],
    "--junit and --ignore name the same file",
  ],
  ["--json in the document of diff", (file: string) => ["diff", file, "--json", file], "--json names the document"],
  ["--json in --known", (file: string) => ["diff", "x", "--known", file, `--json=${file}`], "--json and --known name"],
] as const)("%s: the report is rejected, and the file that was to be read stays", async (_, words, message) => {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-input-"));
  const file = path.join(folder, "input");
  await writeFile(file, "written by hand");
  const { code, stderr } = await runCommand(words(file), { reports: false });
  expect([code, await readFile(file, "utf8")]).toEqual([2, "written by hand"]);
  expect(stderr).toContain(message);
  await rm(folder, { recursive: true });
});

test("a report in a link, such as /dev/stdout, is written behind it: the link is not removed", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-link-"));
  const [link, target] = [path.join(folder, "stdout"), path.join(folder, "target")];
  await writeFile(target, "stale");
  await symlink(target, link);
  const { code } = await runCommand(["--server", "http://127.0.0.1:1", "--json", link], { reports: false });
  expect([code, (await lstat(link)).isSymbolicLink()]).toEqual([2, true]);
  expect(JSON.parse(await readFile(target, "utf8"))).toMatchObject({ problem: expect.stringContaining("No server") });
  await rm(folder, { recursive: true });
});

test("a report that is named twice leaves no report of an earlier run", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-twice-"));
  const [first, second] = [path.join(folder, "first.xml"), path.join(folder, "second.xml")];
  for (const file of [first, second]) await writeFile(file, "stale, and green");
  const words = ["--junit", first, "--junit", second, "--server", "http://127.0.0.1:1"];
  const { code } = await runCommand(words, { reports: false });
  expect([code, await readdir(folder)]).toEqual([2, ["second.xml"]]);
  expect(await readFile(second, "utf8")).toContain("No server responds");
  await rm(folder, { recursive: true });
});

test("without credentials nothing is sent to Angelcam, and the variables that are missing are named", async () => {
  const { code, stderr, stdout } = await runCommand(["--workflow", "quick-start"]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toBe("quick-start does not run: it needs ANGELCAM_CLIENT_ID, ANGELCAM_USERNAME, ANGELCAM_PASSWORD.\n");
});

test("a workflow that there is not, or that may not run, cannot be requested", async () => {
  const server = ["--server", inject("prismOrigin")];
  const unknown = await runCommand([...server, "--workflow", "slow-start"]);
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("There is no workflow slow-start")]);
  const writing = await runCommand([...server, "--workflow", "clip-life"]);
  expect([writing.code, writing.stderr]).toEqual([2, expect.stringContaining("it writes: allow that with --write")]);
});

test("--list and --help say what there is, and exit with 0", async () => {
  const list = await runCommand(["--list"], { command: COMMAND, cwd: tmpdir() });
  expect([list.code, list.stdout]).toEqual([0, expect.stringMatching(/^clip-life +Order a clip.* \[writes\]$/m)]);
  const help = await runCommand(["--help"]);
  expect([help.code, help.stdout]).toEqual([0, expect.stringContaining("Exit code: 0 all is well; 1 a check failed")]);
});

test("the help says which time limit and port the proxy has by itself, and what its program's failure means", () => {
  const target = ["proxy", "--target", "http://127.0.0.1:1"];
  const listening = readCommandLine(target);
  const running = readCommandLine([...target, "--", "true"]);
  expect([listening, running]).toMatchObject([{ port: 4030 }, { port: 0 }]);
  expect(USAGE).toContain(
    "--port PORT              its port on 127.0.0.1; 0 for a free one (default: 4030, and a free one with a COMMAND)",
  );
  expect(listening).toMatchObject({ options: { timeout: 604_800 } });
  expect(USAGE).toMatch(/Also takes --wait, --timeout \(default: 604800, a week\)/);
  expect(USAGE).toMatch(/a program\s+that fails is a failed check/);
});

test("the list has one line for each workflow, with its effect on the account", async () => {
  const { code, stdout, stderr } = await runCommand(["--list"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.trimEnd().split("\n")).toHaveLength(7);
  expect(stdout).toMatch(/^too-many-requests {2}\S.* \[uses-up-quota\]$/m);
  expect(stdout).toMatch(/^quick-start {8}\S.*[^\]]$/m);
});

test("a workflow of the user's own is listed, although it has no summary", async () => {
  const { code, stdout } = await runCommand(["--list"], { arazzo: arazzoOf(step("GET /v1/me/", "")) });
  expect([code, stdout.trimEnd()]).toEqual([0, "own"]);
});

test("an error of the command itself is reported as it is, and not as a misuse", async () => {
  const broken = new Error("The pipe is broken");
  const complaints: string[] = [];
  const surroundings = {
    environment: {},
    print: () => {
      throw broken;
    },
    complain: (line: string) => complaints.push(line),
  };
  await expect(main(["--help"], surroundings)).rejects.toBe(broken);
  expect(complaints).toEqual([]);
});

test("where no server listens at the port, the message has the code of the system", async () => {
  const server = await startFaultyServer();
  await server[Symbol.asyncDispose]();
  const { code, stderr } = await runCommand(["--server", server.origin]);
  expect([code, stderr]).toEqual([
    2,
    `No server responds at ${server.origin} (ECONNREFUSED). Is the server running? --wait 30 waits for it.\n`,
  ]);
});

test("a response to signing in that breaks off is reported, and what needs the token is skipped", async () => {
  await using server = await startServer(({ method, socket }, outgoing) => {
    if (method === "POST") socket.destroy();
    else outgoing.writeHead(401).end();
  });
  const { code, report } = await runCommand(["--server", server.origin], { arazzo: WITH_TOKEN });
  expect(code).toBe(1);
  expect(report?.workflows).toMatchObject([
    {
      ...{ name: "sign-in", status: "failed" },
      steps: [{ faults: ["no response: UND_ERR_SOCKET", "signing in gave no token"] }],
    },
    { name: "own", status: "skipped", notes: ["signing in failed"] },
  ]);
});

test("the steps of a file may name operations by their ids, which have dots, and by those of a source", async () => {
  const steps = ["me.get", "$sourceDescriptions.angelcam.spaces.list"].map(
    (id, index) => `      - stepId: step-${index}
        operationId: ${id}
        parameters: [{ name: Authorization, in: header, value: Bearer any }]
        successCriteria: [{ condition: $statusCode == 200 }]
`,
  );
  const { code, report } = await runCommand(["--server", inject("prismOrigin")], { arazzo: arazzoOf(steps.join("")) });
  const [own] = report?.workflows ?? [];
  expect([code, own?.steps.map(({ operationId, status }) => [operationId, status])]).toEqual([
    0,
    [
      ["me.get", 200],
      ["spaces.list", 200],
    ],
  ]);
});

test.each([
  ["corp.example", "corp.example,127.0.0.1"],
  ["*", "*"],
  [undefined, "127.0.0.1"],
])("a program in a network with a proxy, where NO_PROXY is %s, calls ours directly: %s", async (given, direct) => {
  vi.stubEnv("NO_PROXY", given);
  vi.stubEnv("no_proxy", undefined);
  await using server = await startServer((_, outgoing) => outgoing.writeHead(200).end("{}"));
  const check = `process.exit(process.env.NO_PROXY === "${direct}" && process.env.no_proxy === "${direct}" ? 0 : 3)`;
  const words = ["proxy", "--target", server.origin, "--", process.execPath, "-e", check];
  const { report } = await runCommand(words);
  vi.unstubAllEnvs();
  expect(report?.workflows[0]?.faults).toEqual([]);
});

test("a report is written only where one is requested, and one that cannot be written is no result", async () => {
  await using server = await startServer((_, outgoing) => outgoing.writeHead(400).end());
  const options = ["--server", server.origin];
  const plain = await runCommand(options, { arazzo: WITH_TOKEN, reports: false });
  expect([plain.code, plain.json, plain.junit]).toEqual([1, "", ""]);
  const rejected = await runCommand([...options, "--json", "/no/such/folder/report.json"], {
    arazzo: WITH_TOKEN,
    reports: false,
  });
  expect([rejected.code, rejected.stderr]).toEqual([2, expect.stringMatching(/^The report cannot be written: ENOENT/)]);
});

test("a report whose folder is missing is rejected before the run, not after an hour of recording", async () => {
  const requests: (string | undefined)[] = [];
  await using server = await startServer(({ url }, outgoing) => {
    requests.push(url);
    outgoing.writeHead(401).end();
  });
  const words = ["proxy", "--target", server.origin, "--record", "/no/such/folder/traffic.har"];
  const program = ["--", process.execPath, "-e", "fetch(process.env.ANGELCAM_BASE_URL)"];
  const { code, stderr, report } = await runCommand([...words, ...program], { reports: false });
  expect([code, stderr, report, requests]).toEqual([
    2,
    "The report cannot be written: ENOENT: no such file or directory, access '/no/such/folder'\n",
    undefined,
    [],
  ]);
});

async function startServer(listener: RequestListener): Promise<AsyncDisposable & { readonly origin: string }> {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test.each(["--help", "-h", "--version", "--list", "diff --help", "proxy -h"])(
  "%s with the report of an earlier run: the report stays, and the exit code is 0",
  async (options) => {
    const folder = await mkdtemp(path.join(tmpdir(), "angelcam-kept-"));
    const file = path.join(folder, "keep.json");
    await writeFile(file, "kept");
    const { code } = await runCommand([...options.split(" "), "--json", file], { reports: false });
    expect([code, await readFile(file, "utf8")]).toEqual([0, "kept"]);
    await rm(folder, { recursive: true });
  },
);
