import { describe, expect, test } from "vitest";
import { apiError, clientOf, stillSandbox } from "./support.ts";

const uuid = "5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05";

describe("an Arrow client", () => {
  test("that is paired by UUID has not called, then is offline, then online, by the sandbox's clock", async () => {
    const sandbox = stillSandbox({ quota: false });
    const { arrowClients } = clientOf(sandbox);
    expect(await arrowClients.pair({ uuid })).toEqual({ uuid });
    expect(await arrowClients.get(uuid)).toEqual({ uuid, mac: null, status: "not_paired" });
    expect((await arrowClients.list()).results.map((client) => client.uuid)).not.toContain(uuid);
    const statuses: string[] = [];
    for (const milliseconds of [4_999, 1, 4_999, 1]) {
      sandbox.clock.advance(milliseconds);
      statuses.push((await arrowClients.get(uuid)).status);
    }
    expect(statuses).toEqual(["not_paired", "offline", "offline", "online"]);
    expect((await arrowClients.list()).results.map((client) => client.uuid)).toContain(uuid);
  });

  test("that is paired by MAC address is found by it in every spelling, and has a UUID once it has called", async () => {
    const sandbox = stillSandbox({ quota: false });
    const { arrowClients } = clientOf(sandbox);
    expect(await arrowClients.pair({ mac: "5C-F2-86-4E-10-9A" })).toEqual({ mac: "5c:f2:86:4e:10:9a" });
    expect(await arrowClients.get("5cf2864e109a")).toMatchObject({ uuid: null, status: "not_paired" });
    sandbox.clock.advance(10_000);
    const online = await arrowClients.get("5c:f2:86:4e:10:9a");
    expect(online).toMatchObject({ uuid: expect.any(String), status: "online" });
    expect((await arrowClients.list({ mac: "5cf2864e109a" })).results).toMatchObject([{ uuid: online.uuid }]);
  });

  test("that was paired by MAC address is unpaired by it as well, and is gone", async () => {
    const { arrowClients } = clientOf(stillSandbox({ quota: false }));
    await arrowClients.pair({ mac: "5C-F2-86-4E-10-9A" });
    await arrowClients.unpair("5cf2864e109a");
    await expect(arrowClients.get("5c:f2:86:4e:10:9a")).rejects.toEqual(apiError(404));
    await expect(arrowClients.unpair("5cf2864e109a")).rejects.toEqual(apiError(404));
  });

  test("that is not online cannot be scanned or reset: 502", async () => {
    const { arrowClients } = clientOf(stillSandbox({ quota: false }));
    await arrowClients.pair({ uuid });
    await expect(arrowClients.scanNetwork(uuid)).rejects.toEqual(apiError(502));
    await expect(arrowClients.resetServiceTable(uuid, {})).rejects.toEqual(apiError(502));
  });

  test("that is paired again stays as it is", async () => {
    const sandbox = stillSandbox({ quota: false });
    const { arrowClients } = clientOf(sandbox);
    const { uuid: named = "" } = await arrowClients.pair({ angelbox_id: "AB-48213" });
    sandbox.clock.advance(10_000);
    expect(await arrowClients.pair({ uuid: named })).toEqual({ uuid: named });
    expect((await arrowClients.get(named)).status).toBe("online");
  });

  test("never calls when a test wants it so, until the test lets it", async () => {
    const sandbox = stillSandbox({ quota: false });
    const { arrowClients } = clientOf(sandbox);
    sandbox.arrowClients.failNext();
    await arrowClients.pair({ uuid });
    sandbox.clock.advance(3_600_000);
    expect((await arrowClients.get(uuid)).status).toBe("not_paired");
    const client = sandbox.arrowClients.get(uuid);
    if (client) client.heldAt = undefined;
    expect((await arrowClients.get(uuid)).status).toBe("online");
  });

  test("searches its network for a while, if it can be reached", async () => {
    const sandbox = stillSandbox({ quota: false });
    const { arrowClients } = clientOf(sandbox);
    const client = sandbox.arrowClients.add({ uuid });
    await arrowClients.scanNetwork(uuid);
    expect((await arrowClients.get(uuid)).scanning).toBe(true);
    sandbox.clock.advance(20_000);
    expect((await arrowClients.get(uuid)).scanning).toBe(false);
    client.heldAt = "offline";
    await expect(arrowClients.scanNetwork(uuid)).rejects.toEqual(apiError(502));
  });

  test("is gone once it is unpaired", async () => {
    const sandbox = stillSandbox();
    const { arrowClients } = clientOf(sandbox);
    sandbox.arrowClients.add({ uuid });
    await arrowClients.unpair(uuid);
    await expect(arrowClients.get(uuid)).rejects.toEqual(apiError(404));
    await expect(arrowClients.unpair(uuid)).rejects.toEqual(apiError(404));
  });

  test("without a name is not paired", async () => {
    const path = "https://api.angelcam.com/v1/arrow-clients/";
    const sandbox = stillSandbox();
    const headers = {
      Authorization: `Bearer ${sandbox.tokens.signIn().access_token}`,
      "Content-Type": "application/json",
    };
    const response = await sandbox.fetch(path, { method: "POST", headers, body: "{}" });
    expect([response.status, await response.json()]).toMatchObject([400, { detail: expect.any(String) }]);
  });
});

describe("a search for streams", () => {
  test("goes on for a while and ends with what it found, by the sandbox's clock", async () => {
    const sandbox = stillSandbox();
    const { streamDetection } = clientOf(sandbox);
    const { session_id } = await streamDetection.start({ address: "203.0.113.17" });
    sandbox.clock.advance(9_999);
    expect(await streamDetection.get(session_id)).toEqual({ status: "in-progress" });
    sandbox.clock.advance(1);
    expect(await streamDetection.get(session_id)).toMatchObject({ status: "ok", streams: [{ type: "h264" }] });
    expect(sandbox.streamDetections.get(session_id)?.request).toEqual({ address: "203.0.113.17" });
  });

  test("ends as a test wants, one after the other", async () => {
    const sandbox = stillSandbox();
    const { streamDetection } = clientOf(sandbox);
    const failed = { status: "error" as const, error: "The address does not answer." };
    const nothing = { status: "ok" as const, streams: [] };
    sandbox.streamDetections.resolveNext(failed);
    sandbox.streamDetections.resolveNext(nothing);
    const sessions = [
      await streamDetection.start({ address: "203.0.113.17" }),
      await streamDetection.start({ address: "203.0.113.18" }),
    ];
    sandbox.clock.advance(10_000);
    const results = await Promise.all(sessions.map(({ session_id }) => streamDetection.get(session_id)));
    expect(results).toEqual([failed, nothing]);
  });

  test("needs one place to look at, and only its own account sees it", async () => {
    const sandbox = stillSandbox({ accounts: 2 });
    const { streamDetection } = clientOf(sandbox);
    await expect(streamDetection.start({})).rejects.toEqual(
      apiError(400, "Give either an address or an Arrow service."),
    );
    const { session_id } = await streamDetection.start({ address: "203.0.113.17" });
    const [, other] = sandbox.accounts;
    const token = sandbox.tokens.signIn(other ? { account: other } : {}).access_token;
    const path = `https://api.angelcam.com/v1/cameras/stream-detection/${session_id}/`;
    const foreign = await sandbox.fetch(path, { headers: { Authorization: `Bearer ${token}` } });
    expect(foreign.status).toBe(404);
  });
});

test("services of an Arrow client are the same list under its UUID in capitals and in small letters, and under its MAC", async () => {
  const sandbox = stillSandbox({ quota: false });
  const { arrowClients } = clientOf(sandbox);
  const [first] = sandbox.arrowClients;
  const known = first?.uuid ?? "";
  const { count } = await arrowClients.services.list(known);
  expect(count).toBeGreaterThan(0);
  expect((await arrowClients.services.list(known.toUpperCase())).count).toBe(count);
  await arrowClients.pair({ mac: "5C:F2:86:0A:1B:2C" });
  sandbox.clock.advance(10_000);
  await arrowClients.services.create("5c-f2-86-0a-1b-2c", { type: "rtsp", ip: "192.0.2.7", port: 554 });
  expect((await arrowClients.services.list("5c:f2:86:0a:1b:2c")).count).toBe(1);
});

test.each([
  ["a UUID, then the same in capitals", { uuid }, { uuid: uuid.toUpperCase() }],
  ["a MAC address, then the same in another spelling", { mac: "5c:f2:86:0a:1b:2c" }, { mac: "5C-F2-86-0A-1B-2C" }],
  ["the id of an AngelBox twice", { angelbox_id: "box-7" }, { angelbox_id: "box-7" }],
])("pairing by %s gives one client", async (_, first, second) => {
  const sandbox = stillSandbox({ quota: false });
  const { arrowClients } = clientOf(sandbox);
  const before = sandbox.arrowClients.count;
  const paired = await arrowClients.pair(first);
  expect(await arrowClients.pair(second)).toEqual(paired);
  expect(sandbox.arrowClients.count).toBe(before + 1);
});

test("pairing by the ids of two AngelBoxes gives two clients", async () => {
  const sandbox = stillSandbox({ quota: false });
  const { arrowClients } = clientOf(sandbox);
  const one = await arrowClients.pair({ angelbox_id: "box-7" });
  expect(await arrowClients.pair({ angelbox_id: "box-8" })).not.toEqual(one);
});
