import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endWithTest } from "../support/end-with-test.ts";
import { childrenOf, isAlive, type Script, startScript } from "../support/script.ts";
import { emailFrom, MOCK, originOf } from "./mock-command.ts";

// command-ends.slow.test.ts has what ends the mock.

describe("angelcam-mock", () => {
  let mock: Script;
  let origin: string;

  beforeAll(async () => {
    mock = startScript([MOCK, "--port", "0"]);
    origin = await originOf(mock);
  });

  afterAll(() => mock[Symbol.asyncDispose]());

  test("responds as the document says", async () => {
    expect(await emailFrom(origin)).toBe("user@example.com");
  });

  test("prints what it serves and how to send a request", () => {
    expect(mock.stdout()).toMatch(/GET +\/v1\/cameras\/ +List cameras/);
    expect(mock.stdout()).toContain(`curl "${origin}/v1/cameras/?limit=5"`);
    expect(mock.stdout()).toContain(`baseUrl: "${origin}"`);
  });

  test("the printed example works unchanged", async () => {
    const [, url = "", token = ""] = mock.stdout().match(/curl "(.*)" \\\n +--header "Authorization: (.*)"/) ?? [];
    expect((await fetch(url, { headers: { Authorization: token } })).status).toBe(200);
  });

  test("is not ended by a form that ends Prism", async () => {
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    const before = await childrenOf(mock.pid);
    const broken = await fetch(`${origin}/oauth/token/`, { method: "POST", headers: form, body: "%%%" });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ error: "invalid_request" });
    expect(await childrenOf(mock.pid)).toEqual(before);
  });

  test("ends on Ctrl+C while it is still starting", async () => {
    await using ending = startScript([MOCK, "--port", "0"], { NODE_OPTIONS: preload("stuck-prism.ts") });
    await expect.poll(() => childrenOf(ending.pid)).toHaveLength(1);
    const [prism = 0] = await childrenOf(ending.pid);
    ending.kill("SIGINT");
    expect(await ending.ended).toEqual({ code: 0, signal: null });
    expect(ending.stderr()).toBe("");
    expect(isAlive(prism)).toBe(false);
  });

  test("says which port is taken, and how to choose another", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    await using rejected = startScript([MOCK, "--port", String(port)]);
    expect(await rejected.ended).toEqual({ code: 1, signal: null });
    expect(rejected.stderr()).toBe(
      `Port ${port} is taken by another program. Choose another one, or 0 for any free one.\n` +
        "For example: npx angelcam-mock --port 0\n",
    );
    other.close();
  });

  test("serves on when nobody reads its output any more, such as | grep -m1 listens", async () => {
    const child = spawn(process.execPath, [MOCK, "--port", "0", "--verbose"], { stdio: ["ignore", "pipe", "pipe"] });
    endWithTest(child);
    const origin = await new Promise<string>((resolve) => {
      child.stdout.on("data", (text) => resolve(String(text).match(/http:\/\/[\d.:]+/)?.[0] ?? ""));
    });
    child.stdout.destroy();
    child.stderr.destroy();
    for (let requests = 0; requests < 3; requests++) expect((await fetch(`${origin}/v1/me/`)).status).toBe(401);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("says that TMPDIR cannot be written to, and what to do, instead of a stack trace", async () => {
    await using rejected = startScript([MOCK, "--port", "0"], { TMPDIR: "/no/such/folder" });
    expect(await rejected.ended).toEqual({ code: 1, signal: null });
    expect(rejected.stderr()).toMatch(/^The mock needs a folder .*: ENOENT: .* Name one .* in TMPDIR\.\n$/);
  });

  test("says that Prism is missing, and how to get it", async () => {
    await using rejected = startScript([MOCK, "--port", "0"], { NODE_OPTIONS: preload("without-prism.ts") });
    expect(await rejected.ended).toEqual({ code: 1, signal: null });
    expect(rejected.stderr()).toContain("npm install --save-dev @stoplight/prism-cli");
  });

  test.each([
    [["--prot", "4011"], "Unknown option '--prot'"],
    [["4011"], "Unexpected argument '4011'"],
    [["--port", "http"], '--port takes a whole number from 0 to 65535, not "http"'],
    [["--port", "65536"], '--port takes a whole number from 0 to 65535, not "65536"'],
    [["--port"], "Option '--port <value>' argument missing"],
    [["--host", ""], "--host takes the name or the address of an interface"],
  ])("says what is wrong with %o, with exit code 2", async (options, message) => {
    await using rejected = startScript([MOCK, ...options]);
    expect(await rejected.ended).toEqual({ code: 2, signal: null });
    expect(rejected.stderr()).toContain(message);
    expect(rejected.stderr()).toContain("Usage: angelcam-mock [options]");
  });
});

function preload(fixture: string): string {
  return `--import ${new URL(`fixtures/${fixture}`, import.meta.url).href}`;
}
