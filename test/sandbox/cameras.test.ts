import { describe, expect, test } from "vitest";
import type { Camera, CameraList, CurrentUser } from "../../generated/schema.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.ts";
import { API, get, START, stillSandbox } from "./support.ts";

async function list(sandbox: Sandbox, query = ""): Promise<CameraList> {
  const response = await get(sandbox, `/v1/cameras/${query}`, sandbox.tokens.signIn().access_token);
  return (await response.json()) as CameraList;
}

function ids(cameras: Iterable<{ id: number }>): number[] {
  return [...cameras].map(({ id }) => id);
}

describe("made-up data", () => {
  test("is the same for the same seed and the same time", async () => {
    const options = { cameras: 250, accounts: 2, seed: 1 };
    const [one, two] = [stillSandbox(options), stillSandbox(options)];
    expect(await list(one)).toEqual(await list(two));
    expect([...(one.accounts[1]?.cameras ?? [])]).toEqual([...(two.accounts[1]?.cameras ?? [])]);
    expect(one.tokens.signIn()).toEqual(two.tokens.signIn());
  });

  test("differs with another seed", () => {
    expect([...stillSandbox({ seed: 1 }).cameras]).not.toEqual([...stillSandbox({ seed: 2 }).cameras]);
  });

  test("each camera of the sandbox has an id of its own", () => {
    const { accounts } = createSandbox({ cameras: 250, accounts: 3 });
    const all = accounts.flatMap(({ cameras }) => ids(cameras));
    expect(new Set(all).size).toBe(750);
  });

  test("stays the same for the first account when there are more", () => {
    const [alone, together] = [stillSandbox({ accounts: 1 }), stillSandbox({ accounts: 4 })];
    expect([...alone.cameras]).toEqual([...together.cameras]);
  });

  test("can be replaced by accounts of the test's own", async () => {
    const accounts = [{ username: "lena@example.com", password: "p4ss", profile: { phone: null }, cameras: 2 }];
    const sandbox = createSandbox({ accounts });
    const token = sandbox.tokens.signIn().access_token;
    const account = (await (await get(sandbox, "/v1/me/", token)).json()) as CurrentUser;
    expect(account).toMatchObject({ email: "lena@example.com", phone: null, my_cameras_count: 2 });
  });
});

describe("the list of cameras", () => {
  test("comes in pages of 100 with links to the requested origin", async () => {
    const sandbox = createSandbox({ cameras: 250 });
    const pages = [await list(sandbox), await list(sandbox, "?offset=100"), await list(sandbox, "?offset=200")];
    expect(pages.map(({ results }) => results.length)).toEqual([100, 100, 50]);
    expect(pages.map(({ next }) => next)).toEqual([
      `${API}/v1/cameras/?limit=100&offset=100`,
      `${API}/v1/cameras/?offset=200&limit=100`,
      null,
    ]);
    expect(pages.map(({ previous }) => previous)).toEqual([
      null,
      `${API}/v1/cameras/?limit=100`,
      `${API}/v1/cameras/?offset=100&limit=100`,
    ]);
    expect(pages.flatMap(({ results }) => ids(results))).toEqual(ids(sandbox.cameras));
  });

  test("is empty behind its end", async () => {
    const page = await list(createSandbox({ cameras: 3 }), "?offset=10");
    expect(page).toMatchObject({ count: 3, next: null, results: [] });
  });

  test("keeps the filters in its links", async () => {
    const sandbox = createSandbox({ cameras: 0 });
    for (let made = 0; made < 3; made++) sandbox.cameras.add({ tags: ["roof", "new"] });
    sandbox.cameras.add({ tags: [] });
    const page = await list(sandbox, "?tags=roof,cellar&limit=2");
    expect(page).toMatchObject({ count: 3, next: `${API}/v1/cameras/?tags=roof%2Ccellar&limit=2&offset=2` });
  });

  test("is filtered by ids, location and guests", async () => {
    const sandbox = createSandbox({ cameras: 0 });
    const shared = sandbox.cameras.add({ locationId: 87, guests: 2 });
    const own = sandbox.cameras.add({ locationId: 88, guests: 0 });
    const foreign = { id: 1 };
    expect(ids((await list(sandbox, `?ids=${own.id},${foreign.id}`)).results)).toEqual([own.id]);
    expect(ids((await list(sandbox, "?location_id=87")).results)).toEqual([shared.id]);
    expect(ids((await list(sandbox, "?has_guests=1")).results)).toEqual([shared.id]);
    expect(ids((await list(sandbox, "?has_guests=0")).results)).toEqual([own.id]);
  });

  test("shows only the cameras of the account", async () => {
    const sandbox = createSandbox({ accounts: 2, cameras: 3 });
    const [, other] = sandbox.accounts;
    const page = await list(sandbox);
    expect(ids(page.results).some((id) => ids(other?.cameras ?? []).includes(id))).toBe(false);
  });

  test("grows and shrinks between pages when onRequest says so", async () => {
    const sandbox: Sandbox = createSandbox({
      cameras: 150,
      onRequest: ({ operation, query }) => {
        if (operation === "cameras.list" && query.offset === "100") sandbox.cameras.add({ name: "New" }, 0);
      },
    });
    const last = ids(sandbox.cameras)[99];
    const [one, two] = [await list(sandbox), await list(sandbox, "?offset=100")];
    expect(one.results.at(-1)?.id).toBe(last);
    expect(two).toMatchObject({ count: 151 });
    expect(two.results[0]?.id).toBe(last);
  });
});

describe("a camera", () => {
  test("can be changed in place, removed and added", async () => {
    const sandbox = createSandbox({ cameras: 1 });
    const [camera] = sandbox.cameras;
    if (!camera) throw new Error("The sandbox has no camera");
    camera.status = "offline";
    const token = sandbox.tokens.signIn().access_token;
    const shown = (await (await get(sandbox, `/v1/cameras/${camera.id}/`, token)).json()) as Camera;
    expect(shown).toMatchObject({ status: "offline", live_snapshot: null });
    expect(sandbox.cameras.remove(camera.id)).toBe(true);
    expect(sandbox.cameras.remove(camera.id)).toBe(false);
    expect((await get(sandbox, `/v1/cameras/${camera.id}/`, token)).status).toBe(404);
    expect(() => sandbox.cameras.add(sandbox.cameras.add())).toThrow(RangeError);
  });

  test("offers mjpeg alone when it is of type mjpeg, and shows the rate that was requested", async () => {
    const sandbox = createSandbox({ cameras: 0 });
    const { id } = sandbox.cameras.add({ type: "mjpeg" });
    const [camera] = (await list(sandbox, "?refresh_rate=0.5")).results;
    expect(camera?.streams).toMatchObject([{ format: "mjpeg", refresh_rate: 0.5 }]);
    expect(camera?.streams[0]?.url).toContain(`/cameras/${id}/streams/mjpeg/`);
  });

  test("gets a new snapshot by being read, for the next reader", async () => {
    const sandbox = stillSandbox({ cameras: 0 });
    const { id, snapshot } = sandbox.cameras.add({ status: "online" });
    const token = sandbox.tokens.signIn().access_token;
    const read = async () => ((await (await get(sandbox, `/v1/cameras/${id}/`, token)).json()) as Camera).snapshot;
    expect(await read()).toEqual(snapshot);
    expect(await read()).toEqual({
      url: expect.stringContaining(`/snapshots/${id}/`),
      created_at: "2026-11-24T12:00:00Z",
    });
  });

  test("has no field that only the sandbox knows, and links that change with the time", async () => {
    const sandbox = stillSandbox({ cameras: 1 });
    const [before] = (await list(sandbox)).results;
    sandbox.clock.set(START + 1000);
    const [after] = (await list(sandbox)).results;
    expect(Object.keys(before ?? {})).not.toContain("guests");
    expect(before?.streams[0]?.url).not.toBe(after?.streams[0]?.url);
  });
});
