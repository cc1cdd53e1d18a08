import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSandbox, type SandboxListener } from "../../src/sandbox/index.ts";
import { type Mock, startMock } from "../support/mock.ts";

// The requests that public programs make, rewritten: methods, paths, headers, and the fields that they read. Against
// mock and sandbox, over HTTP and without our client.

const sandbox = createSandbox({ quota: false });
const token = `PersonalAccessToken ${sandbox.tokens.personalAccessToken()}`;
const headers = { Authorization: token, Accept: "application/json" };

/** How programs parse times: in whole seconds. */
const WHOLE_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

let mock: Mock;
let server: SandboxListener;
let sharedId: number;

beforeAll(async () => {
  [mock, server] = await Promise.all([startMock(), sandbox.listen()]);
  // The first shared camera of the document's examples is in both.
  const [shared] = [...sandbox.sharedCameras].filter(({ applications }) =>
    applications.some(({ code }) => code === "CRA"),
  );
  sharedId = shared?.id ?? 0;
});

afterAll(async () => {
  await mock[Symbol.asyncDispose]();
  await server.close();
});

interface Page {
  readonly count: number;
  readonly results: readonly Record<string, unknown>[];
}

async function read<T>(origin: string, path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(origin + path, { headers, ...init });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

describe.each([
  ["mock", () => mock.origin],
  ["sandbox", () => server.origin],
])("a program on the %s", (_, origin) => {
  test.each(["/v1/me", "/v1/me/"])("reads its account at %s", async (path) => {
    const account = await read<Record<string, unknown>>(origin(), path);
    expect(account).toMatchObject({ id: expect.any(Number), email: expect.stringContaining("@") });
    expect(account).toHaveProperty("first_name");
    expect(account).toHaveProperty("last_name");
  });

  test.each(["/v1/shared-cameras", "/v1/shared-cameras/", "/v1/shared-cameras/?limit=100"])(
    "lists shared cameras at %s with their owners, their applications and their pictures",
    async (path) => {
      const { results, count } = await read<Page>(origin(), path);
      expect(results).toHaveLength(count);
      for (const camera of results) {
        expect(camera).toMatchObject({ owner: { email: expect.stringContaining("@") }, name: expect.any(String) });
        expect(camera).toHaveProperty("live_snapshot");
        for (const { code } of camera.applications as { code: unknown }[]) expect(code).toEqual(expect.any(String));
        expect((camera.streams as { format: string; url: string }[])[0]?.url).toMatch(/^https?:.*\?token=/);
      }
    },
  );

  test.each(["", "/"])("reads a shared camera and its recording, with %j at the end", async (end) => {
    const camera = await read<{ id: number }>(origin(), `/v1/shared-cameras/${sharedId}${end}`);
    if (origin() === server.origin) expect(camera.id).toBe(sharedId);
    const recording = await read<Record<string, string>>(origin(), `/v1/shared-cameras/${sharedId}/recording${end}`);
    expect(recording).not.toHaveProperty("id");
    expect(recording.recording_start).toMatch(WHOLE_SECONDS);
    expect(recording.recording_end).toMatch(WHOLE_SECONDS);
  });

  test("reads a timeline with fractional seconds in its query", async () => {
    const end = new Date(sandbox.clock.now() - 1).toISOString();
    const start = new Date(sandbox.clock.now() - 3_600_001).toISOString();
    const path = `/v1/shared-cameras/${sharedId}/recording/timeline/?start=${start}&end=${end}`;
    const { segments } = await read<{ segments: { start: string; end: string }[] }>(origin(), path);
    for (const segment of segments)
      expect([segment.start, segment.end].every((time) => WHOLE_SECONDS.test(time))).toBe(true);
  });

  test("opens a stream without an end, and controls it by the addresses as they are given, without a body", async () => {
    const start = `${new Date(sandbox.clock.now() - 3_600_000).toISOString().slice(0, 19)}Z`;
    const path = `/v1/shared-cameras/${sharedId}/recording/stream/?start=${start}`;
    const stream = await read<{ url: string; stream_controls: Record<string, string> }>(origin(), path);
    expect(stream.url).toMatch(/\/recording\/streams\/[\w-]+\/(hls\/playlist\.m3u8|mjpeg\/stream\.mjpeg)$/);
    for (const control of ["pause", "play"]) {
      // The mock returns the addresses of the document's example; the path is what counts.
      const { pathname } = new URL(stream.stream_controls[control] ?? "");
      expect((await fetch(origin() + pathname, { method: "POST" })).status).toBe(204);
    }
  });

  test("downloads footage under a name of its own", async () => {
    const recording = [...sandbox.recordings][0];
    const times = { start: hoursAgo(2), end: hoursAgo(1) };
    const query = new URLSearchParams({ ...times, filename: "front-door" });
    const { url } = await read<{ url: string }>(origin(), `/v1/recording/${recording?.id}/download/?${query}`);
    expect(url).toMatch(/\/download\/[\w-]+\.mp4\?token=/);
    if (origin() === server.origin) expect(url).toContain("/download/front-door.mp4?");
  });

  test("starts a recording with a POST without a body", async () => {
    const id = [...sandbox.recordings][0]?.id;
    const response = await fetch(`${origin()}/v1/recording/${id}/start/`, { method: "POST", headers });
    expect([response.status, await response.text()]).toEqual([204, ""]);
  });

  test("sends a preflight request from a browser, and then reads with its token and its space", async () => {
    const preflight = await fetch(`${origin()}/v1/cameras/`, {
      method: "OPTIONS",
      headers: {
        Origin: "http://localhost:5173",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization,x-space-id",
      },
    });
    expect(preflight.headers.get("Access-Control-Allow-Headers")).toBe("authorization,x-space-id");
    const space = String(sandbox.account.spaces[0]?.id);
    const { results } = await read<Page>(origin(), "/v1/cameras/", {
      headers: { ...headers, "X-Space-Id": space, Origin: "http://localhost:5173" },
    });
    expect(results.length).toBeGreaterThan(0);
  });
});

function hoursAgo(hours: number): string {
  return `${new Date(sandbox.clock.now() - hours * 3_600_000).toISOString().slice(0, 19)}Z`;
}
