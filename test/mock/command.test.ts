import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { childrenOf, isAlive, type Script, startScript } from "../support/script.ts";

const MOCK = "scripts/mock/main.ts";

/** Waits until the mock is there, and says where. */
async function originOf(mock: Script): Promise<string> {
  return (await mock.printed(/listens on (http:\/\/\S+)/))[1] ?? "";
}

async function emailFrom(origin: string): Promise<unknown> {
  const response = await fetch(`${origin}/v1/me/`, { headers: { Authorization: "Bearer anything" } });
  return ((await response.json()) as { email?: unknown }).email;
}

/** Waits until the mock has come back this many times. */
function returned(mock: Script, times: number): Promise<unknown> {
  return mock.printed(new RegExp(`(The mock is back on(.|\\n)*){${times}}`));
}

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

  test("comes back where it was when it was killed, and responds to requests that arrive meanwhile", async () => {
    const before = mock.stdout();
    const [prism = 0] = await childrenOf(mock.pid);
    process.kill(prism, "SIGKILL");
    expect(await emailFrom(origin)).toBe("user@example.com");
    await returned(mock, 1);
    expect(mock.stdout()).not.toBe(before);
    expect(await emailFrom(origin)).toBe("user@example.com");
    expect(mock.stdout()).toContain("The mock ended with SIGKILL. It is started again");
  });

  test("is not ended by a form that ends Prism", async () => {
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    const before = await childrenOf(mock.pid);
    const broken = await fetch(`${origin}/oauth/token/`, { method: "POST", headers: form, body: "%%%" });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ error: "invalid_request" });
    expect(await childrenOf(mock.pid)).toEqual(before);
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

  test("ends on Ctrl+C while it is still starting", async () => {
    await using ending = startScript([MOCK, "--port", "0"], { NODE_OPTIONS: preload("stuck-prism.ts") });
    await expect.poll(() => childrenOf(ending.pid)).toHaveLength(1);
    const [prism = 0] = await childrenOf(ending.pid);
    ending.kill("SIGINT");
    expect(await ending.ended).toEqual({ code: 0, signal: null });
    expect(ending.stderr()).toBe("");
    expect(isAlive(prism)).toBe(false);
  });

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

  test("says that Prism is missing, and how to get it", async () => {
    await using rejected = startScript([MOCK, "--port", "0"], { NODE_OPTIONS: preload("without-prism.ts") });
    expect(await rejected.ended).toEqual({ code: 1, signal: null });
    expect(rejected.stderr()).toContain("npm install --save-dev @stoplight/prism-cli");
  });

  test.each([
    [["--prot", "4011"], "Unknown option '--prot'"],
    [["4011"], "Unexpected argument '4011'"],
    [["--port", "http"], '--port must be a whole number from 0 to 65535, got "http"'],
    [["--port", "65536"], '--port must be a whole number from 0 to 65535, got "65536"'],
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
