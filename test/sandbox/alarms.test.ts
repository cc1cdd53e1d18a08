import { describe, expect, test } from "vitest";
import type { Event, RtsMessage } from "../../generated/schema.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.ts";
import { API, apiError, clientOf, get, START, stillSandbox } from "./support.ts";

const MINUTE = 60_000;

/** A camera without events. */
function quiet(options = {}): { sandbox: Sandbox; cameraId: number; hash: string } {
  const sandbox = stillSandbox({ cameras: 0, ...options });
  const { id, event_api_hash = "" } = sandbox.cameras.add({ locationId: 88 });
  sandbox.events.clear();
  return { sandbox, cameraId: id, hash: event_api_hash };
}

describe("events", () => {
  test("are there for some cameras at the start, the same for the same seed", () => {
    const all = (seed: number) => [...stillSandbox({ seed }).events];
    expect(all(1).length).toBeGreaterThan(5);
    expect(all(1)).toEqual(all(1));
    expect(all(1)).not.toEqual(all(2));
  });

  test("come newest first, page by page, and none is lost or duplicated when new ones come in between", async () => {
    const { sandbox, cameraId } = quiet({ quota: false });
    for (let minutes = 5; minutes > 0; minutes--) {
      sandbox.events.add(cameraId, { title: String(minutes), occurredAt: START - minutes * MINUTE });
    }
    const titles: (string | null)[] = [];
    for await (const { title } of walk<Event>(sandbox, `/v1/cameras/${cameraId}/events/?limit=2`)) {
      titles.push(title);
      sandbox.events.add(cameraId, { title: "new" });
    }
    expect(titles).toEqual(["1", "2", "3", "4", "5"]);
    expect(sandbox.count({ operation: "cameras.events.list" })).toBe(3);
  });

  test("can be narrowed by their time, the end not included", async () => {
    const { sandbox, cameraId } = quiet();
    for (const minutes of [1, 2, 3]) sandbox.events.add(cameraId, { occurredAt: START - minutes * MINUTE });
    const { results } = await clientOf(sandbox).cameras.events.list(cameraId, {
      start: new Date(START - 2 * MINUTE),
      end: new Date(START - MINUTE),
    });
    expect(results.map(({ occurred_at }) => occurred_at)).toEqual(["2026-11-24T11:58:00Z"]);
  });

  test("are reported with the hash of the camera and without a token, by POST and by GET", async () => {
    const { sandbox, cameraId, hash } = quiet();
    const angelcam = clientOf(sandbox);
    const posted = await angelcam.events.create({ hash, title: "Door", occurred_at: "2026-11-24T11:00:00Z" });
    expect(posted).toEqual({
      camera: cameraId,
      site: 88,
      title: "Door",
      category: "motion_detected",
      source: "api",
      occurred_at: "2026-11-24T11:00:00Z",
      received_at: "2026-11-24T12:00:00Z",
    });
    const opened = await angelcam.events.createByGet({ hash });
    expect((await angelcam.cameras.events.list(cameraId)).results).toEqual([opened, posted]);
  });

  test("of an unknown hash are rejected, and no hash is in the log", async () => {
    const { sandbox, hash } = quiet();
    const angelcam = clientOf(sandbox);
    await expect(angelcam.events.create({ hash: "x" })).rejects.toEqual(apiError(400, "The hash is not valid."));
    await angelcam.events.createByGet({ hash });
    expect(JSON.stringify(sandbox.requests)).not.toContain(hash);
  });

  test("are taken ten a minute for each hash", async () => {
    const { sandbox, hash } = quiet({ quota: { retryAfter: true } });
    const other = sandbox.cameras.add().event_api_hash ?? "";
    const report = async (key: string) => (await sandbox.fetch(`${API}/v1/events/?hash=${key}`)).status;
    for (let sent = 0; sent < 10; sent++) expect(await report(hash)).toBe(201);
    const rejected = await sandbox.fetch(`${API}/v1/events/?hash=${hash}`);
    expect([rejected.status, rejected.headers.get("Retry-After")]).toEqual([429, "60"]);
    expect(await report(other)).toBe(201);
    sandbox.clock.advance(MINUTE);
    expect(await report(hash)).toBe(201);
  });
});

describe("messages", () => {
  test("come newest first by a cursor", async () => {
    const sandbox = createSandbox({ quota: false });
    const { next } = await clientOf(sandbox).rts.messages.list({ limit: 3 });
    expect(cursorIn(next)).toMatch(/^\w+$/);
    const ids: number[] = [];
    for await (const { id } of walk<RtsMessage>(sandbox, "/v1/rts/messages/?limit=3")) ids.push(id);
    expect(ids).toEqual([...sandbox.messages].map(({ id }) => id));
    expect(ids).toEqual([...new Set(ids)].sort((one, other) => other - one));
  });

  test("reject a cursor that the sandbox did not hand out", async () => {
    const angelcam = clientOf(createSandbox());
    await expect(angelcam.rts.messages.list({ next: "x" })).rejects.toEqual(apiError(400, "Invalid cursor."));
  });

  test("lead back from a page to the one before", async () => {
    const sandbox = createSandbox();
    const messages = clientOf(sandbox).rts.messages;
    const first = await messages.list({ limit: 3 });
    const second = await messages.list({ limit: 3, next: cursorIn(first.next) });
    const third = await messages.list({ limit: 3, next: cursorIn(second.next) });
    expect(cursorIn(third.previous)).toBe(cursorIn(first.next));
    expect([second.previous, third.next]).toEqual([`${API}/v1/rts/messages/?limit=3`, null]);
  });

  test("are marked one by one, and the count follows", async () => {
    const sandbox = stillSandbox();
    const { rts } = clientOf(sandbox);
    for (const { id } of [...sandbox.messages]) sandbox.messages.remove(id);
    const { id } = sandbox.messages.add({ title: "Here" });
    expect(await rts.messages.countUnread()).toEqual({ unread_count: 1 });
    const read = await rts.messages.update(id, { is_read: true });
    expect(read).toMatchObject({ title: "Here", is_read: true, read_at: "2026-11-24T12:00:00Z" });
    expect(await rts.messages.countUnread()).toEqual({ unread_count: 0 });
    expect(await rts.messages.update(id, { is_read: false })).not.toHaveProperty("read_at");
    expect((await rts.messages.get(id)).is_read).toBe(false);
  });

  test("are marked all at once, which counts those that were unread", async () => {
    const sandbox = stillSandbox();
    const { rts } = clientOf(sandbox);
    const { unread_count = 0 } = await rts.messages.countUnread();
    expect(unread_count).toBeGreaterThan(0);
    expect(await rts.messages.markAllRead()).toEqual({ set_as_read_count: unread_count });
    expect(await rts.messages.markAllRead()).toEqual({ set_as_read_count: 0 });
  });
});

describe("incidents", () => {
  test("come newest first by offset, or oldest first on request", async () => {
    const sandbox = createSandbox({ quota: false });
    const { incidents } = clientOf(sandbox).rts;
    const newest = (await incidents.list({ limit: 3 }).toArray()).map(({ id }) => id);
    const oldest = (await incidents.list({ ordering: "asc" }).toArray()).map(({ id }) => id);
    expect(newest).toHaveLength(sandbox.incidents.count);
    expect(oldest).toEqual([...newest].reverse());
    expect((await incidents.list({ limit: 3, offset: 3 })).results.map(({ id }) => id)).toEqual(newest.slice(3, 6));
  });

  test("can be narrowed by the time when they were opened, both ends included", async () => {
    const sandbox = stillSandbox();
    const { id, created_at } = sandbox.incidents.add({ created_at: "2001-01-01T00:00:00Z" });
    const { incidents } = clientOf(sandbox).rts;
    const { results } = await incidents.list({ start: "2000-12-31T00:00:00Z", end: created_at });
    expect(results.map((incident) => incident.id)).toEqual([id]);
    expect((await incidents.list({ end: "2000-12-31T23:59:59Z" })).count).toBe(0);
  });

  test("can be shared for an hour, and be changed by a test", async () => {
    const sandbox = stillSandbox();
    const incident = sandbox.incidents.add();
    const { incidents } = clientOf(sandbox).rts;
    expect((await incidents.get(incident.id)).incident_sharing_url).toMatch(/^https:\/\/my\.angelcam\.com\//);
    sandbox.clock.advance(60 * MINUTE);
    incident.closed_at = "2026-11-24T13:00:00Z";
    expect(await incidents.get(incident.id)).toMatchObject({
      incident_sharing_url: null,
      closed_at: "2026-11-24T13:00:00Z",
    });
    expect([sandbox.incidents.remove(incident.id), sandbox.incidents.remove(incident.id)]).toEqual([true, false]);
    await expect(incidents.get(incident.id)).rejects.toEqual(apiError(404));
  });
});

/** Every item, by the links of the pages. */
async function* walk<Item>(sandbox: Sandbox, path: string): AsyncGenerator<Item> {
  const { access_token } = sandbox.tokens.signIn();
  for (let link: string | null = API + path; link !== null; ) {
    const response = await get(sandbox, link.slice(API.length), access_token);
    const page = (await response.json()) as { readonly next: string | null; readonly results: readonly Item[] };
    yield* page.results;
    link = page.next;
  }
}

function cursorIn(link: string | null): string {
  return new URL(link ?? "").searchParams.get("next") ?? "";
}

test.each([
  ["arm", true],
  ["disarm", false],
] as const)(
  "rts.%s without a location: is_armed of every location is %s, at once and after a delay",
  async (action, isArmed) => {
    const sandbox = stillSandbox({ quota: false });
    const { rts, locations } = clientOf(sandbox);
    const [first] = (await locations.list()).results;
    await rts[isArmed ? "disarm" : "arm"]();
    const armed = async () => (await locations.list()).results.map(({ is_armed }) => is_armed);
    expect(new Set(await armed())).toEqual(new Set([!isArmed]));
    await rts[action]({ location_id: first?.id ?? 0 });
    expect(await armed()).toEqual((await armed()).map((_, index) => (index === 0 ? isArmed : !isArmed)));
    await rts[action]({ delay: 30 });
    sandbox.clock.advance(30_000);
    expect(new Set(await armed())).toEqual(new Set([isArmed]));
    expect((await rts.settings.get()).is_armed).toBe(isArmed);
  },
);

test("an event with the hash of a camera of a deleted account: 400, as for an unknown hash", async () => {
  const { sandbox, hash } = quiet();
  await clientOf(sandbox).me.delete();
  const body = JSON.stringify({ hash });
  const headers = { "Content-Type": "application/json" };
  expect((await sandbox.fetch(`${API}/v1/events/`, { method: "POST", headers, body })).status).toBe(400);
});
