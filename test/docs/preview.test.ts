import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DocsServer, serveDocs } from "../../scripts/docs-preview/serve.ts";
import { startScript } from "../support/script.ts";

const PREVIEW = "scripts/docs-preview/main.ts";

describe("npm run docs:preview", () => {
  test("says which port is taken, and how to choose another", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    await using refused = startScript([PREVIEW, "--port", String(port)]);
    expect(await refused.ended).toEqual({ code: 1, signal: null });
    expect(refused.stderr()).toContain(`Port ${port} is taken by another program.`);
    expect(refused.stderr()).toContain("--port 0");
    other.close();
  });

  test("names an unknown option, with exit code 2", async () => {
    await using refused = startScript([PREVIEW, "--prot", "1"]);
    expect(await refused.ended).toEqual({ code: 2, signal: null });
    expect(refused.stderr()).toContain("Unknown option '--prot'");
  });
});

describe("the server of the documentation", () => {
  let around: string;
  let file: string;
  let server: DocsServer;

  beforeAll(async () => {
    around = await mkdtemp(path.join(tmpdir(), "angelcam-preview-test-"));
    const folder = path.join(around, "docs");
    file = path.join(folder, "index.html");
    await mkdir(path.join(folder, "guides"), { recursive: true });
    await writeFile(file, "first build");
    await writeFile(path.join(folder, "guides/pages.md"), "# Pages");
    await writeFile(path.join(folder, ".hidden.txt"), "hidden");
    await writeFile(path.join(around, "private.txt"), "private");
    await symlink("../private.txt", path.join(folder, "linked.txt"));
    server = await serveDocs(folder, 0);
  });

  afterAll(async () => {
    await server.stop();
    await rm(around, { recursive: true, force: true });
  });

  test("shows a new build without being started again", async () => {
    expect(await (await fetch(server.origin)).text()).toBe("first build");
    await writeFile(file, "second build");
    expect(await (await fetch(`${server.origin}/index.html`)).text()).toBe("second build");
  });

  test("has the files beside the page, each with its type", async () => {
    const answer = await fetch(`${server.origin}/guides/pages.md`);
    expect(answer.headers.get("Content-Type")).toBe("text/markdown; charset=utf-8");
    expect(await answer.text()).toBe("# Pages");
  });

  test.each([
    "/private.txt",
    "/../private.txt",
    "/%2e%2e/private.txt",
    "/..%2fprivate.txt",
    "/guides/..%2f..%2fprivate.txt",
    "/.hidden.txt",
    "/guides",
    "/linked.txt",
    "/%E0%A4%A",
    "/favicon.ico",
  ])("has nothing else: %s", async (url) => {
    expect((await fetch(server.origin + url)).status).toBe(404);
  });

  test.each([
    ["GET // HTTP/1.1", 200],
    ["GET /// HTTP/1.1", 200],
    ["GET //example.com/private.txt HTTP/1.1", 404],
    ["GET http://127.0.0.1/guides/pages.md HTTP/1.1", 200],
    ["GET http:// HTTP/1.1", 200],
    ["GET http://[ HTTP/1.1", 200],
    ["GET /%00 HTTP/1.1", 404],
    ["GET /%E0%A4%A HTTP/1.1", 404],
    ["GET /% HTTP/1.1", 404],
    ["GET /\\..\\private.txt HTTP/1.1", 404],
    [`GET /${"a".repeat(10_000)} HTTP/1.1`, 404],
    ["GET /?%E0%A4%A HTTP/1.1", 200],
    ["OPTIONS * HTTP/1.1", 404],
  ])("survives %s", async (line, status) => {
    expect(await statusOf(new URL(server.origin), line)).toBe(status);
    expect((await fetch(`${server.origin}/index.html`)).status).toBe(200);
  });

  test("takes no other method than GET and HEAD", async () => {
    expect((await fetch(server.origin, { method: "POST" })).status).toBe(405);
    expect((await fetch(server.origin, { method: "HEAD" })).status).toBe(200);
  });

  test("is not there for other machines", async () => {
    const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all);
    const outside = addresses.find(({ internal, family }) => !internal && family === "IPv4");
    const { port } = new URL(server.origin);
    expect(new URL(server.origin).hostname).toBe("127.0.0.1");
    if (outside) await expect(fetch(`http://${outside.address}:${port}`)).rejects.toThrow("fetch failed");
  });
});

/** The status of a request whose first line is sent as it is. */
async function statusOf({ hostname, port }: URL, line: string): Promise<number> {
  const socket = connect(Number(port), hostname);
  socket.write(`${line}\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  let text = "";
  for await (const bytes of socket) text += bytes;
  return Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
}
