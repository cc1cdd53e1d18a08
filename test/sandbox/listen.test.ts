import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";

describe("sandbox.listen", () => {
  test("takes a free port of the loopback interface by default", async () => {
    await using server = await createSandbox().listen();
    expect(server.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${server.origin}/v1/me/`)).status).toBe(401);
  });

  test("takes the port and the host that it is given, and says when the port is taken", async () => {
    await using server = await createSandbox().listen();
    const port = Number(new URL(server.origin).port);
    await expect(createSandbox().listen({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await using other = await createSandbox().listen({ host: "localhost" });
    expect((await fetch(`${other.origin}/v1/me/`)).status).toBe(401);
  });

  test("ends with close, also while connections are open, and closing twice is no harm", async () => {
    const sandbox = createSandbox();
    const server = await sandbox.listen();
    sandbox.faults.add({ kind: "hang" });
    const hanging = fetch(`${server.origin}/v1/me/`);
    const ended = expect(hanging).rejects.toThrow("fetch failed");
    await expect.poll(() => sandbox.count({ fault: "hang" })).toBe(1);
    await server.close();
    await server.close();
    await ended;
    await expect(fetch(`${server.origin}/v1/me/`)).rejects.toThrow("fetch failed");
  });

  test("leaves the global Request and Response alone", async () => {
    const { Request, Response } = globalThis;
    await using _server = await createSandbox().listen();
    expect([globalThis.Request === Request, globalThis.Response === Response]).toEqual([true, true]);
  });

  test("survives invalid requests", async () => {
    await using server = await createSandbox().listen();
    const { hostname, port } = new URL(server.origin);
    for (const nonsense of [
      "GET /v1/cameras/%E0%A4%A/ HTTP/1.1\r\nHost: x\r\n\r\n",
      "nonsense\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
    ]) {
      const response = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => socket.write(nonsense));
        socket.once("data", (data) => {
          resolve(String(data));
          socket.destroy();
        });
        socket.once("error", reject);
      });
      expect(response).toMatch(/^HTTP\/1\.1 40\d /);
    }
    expect((await fetch(`${server.origin}/oauth/token/`, { method: "POST", body: "%%%" })).status).toBe(415);
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const form = await fetch(`${server.origin}/oauth/token/`, { method: "POST", headers, body: "%%%" });
    expect(form.status).toBe(400);
  });

  test("sends a body behind a 204 for real", async () => {
    const sandbox = createSandbox();
    await using server = await sandbox.listen();
    sandbox.faults.add({ kind: "body-in-204" });
    const { hostname, port } = new URL(server.origin);
    const raw = await new Promise<string>((resolve, reject) => {
      let text = "";
      const socket = connect(Number(port), hostname, () => socket.write("GET /v1/me/ HTTP/1.1\r\nHost: x\r\n\r\n"));
      socket.on("data", (data) => {
        text += data;
      });
      socket.once("end", () => resolve(text));
      socket.once("error", reject);
    });
    expect(raw).toMatch(/^HTTP\/1\.1 204 No Content\r\n[\s\S]*\r\n\r\n\{\}$/);
  });
});
