import { describe, expect, it } from "vitest";
import { pairArrowClient } from "../../../src/helpers/pairing.ts";
import { Angelcam, NotFoundError, PermissionDeniedError, TimeoutError } from "../../../src/index.ts";
import { envelope, json, type RecordedRequest, recordingFetch } from "../../support/fake-angelcam.ts";
import { ManualClock } from "../../support/manual-clock.ts";

const UUID = "5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05";
const MAC = "5c:f2:86:4e:10:9a";
const unknown = () => envelope(404, "not_found", "x");
const arrowClient = (status: string, uuid: string | null = UUID) => ({ uuid, mac: MAC, status });

function pairingFixture(respond: (request: RecordedRequest, read: number, seconds: number) => object | Response) {
  const clock = new ManualClock();
  const start = clock.now();
  const at: number[] = [];
  let reads = 0;
  const fetch = recordingFetch((request) => {
    const seconds = (clock.now() - start) / 1000;
    at.push(seconds);
    const result = respond(request, request.method === "GET" ? ++reads : 0, seconds);
    return result instanceof Response ? result : json(result);
  });
  const sent = () =>
    fetch.requests.map(({ method, url }) => `${method} ${decodeURIComponent(url).replace(/^.*\/v1/, "")}`);
  return { angelcam: new Angelcam({ fetch, clock, quota: false, retry: false }), clock, fetch, sent, at };
}

const failure = async (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable(),
    (error) => error,
  );

describe("pairArrowClient", () => {
  it("sends one request and ends with the Arrow client when it is online", async () => {
    const { angelcam, clock, fetch, sent, at } = pairingFixture(({ method }, read) =>
      method === "POST" ? { uuid: UUID } : arrowClient(["not_paired", "offline", "online"][read - 1] ?? "online"),
    );
    const paired = pairArrowClient(angelcam, { angelbox_id: "AB-48213", clock, random: () => 0 });
    expect(await clock.drive(paired)).toEqual(arrowClient("online"));
    expect(JSON.parse(fetch.requests[0]?.body ?? "")).toEqual({ angelbox_id: "AB-48213" });
    expect(sent()).toEqual(["POST /arrow-clients/", ...Array(3).fill(`GET /arrow-clients/${UUID}/`)]);
    expect(at).toEqual([0, 0, 2, 5]);
    expect(clock.pending).toBe(0);
  });

  it("goes by the UUID as soon as a pairing by MAC address has one", async () => {
    const { angelcam, clock, sent } = pairingFixture(({ method }, read) => {
      if (method === "POST") return { mac: MAC };
      return read === 1 ? arrowClient("not_paired", null) : arrowClient(read === 2 ? "offline" : "online");
    });
    expect((await clock.drive(pairArrowClient(angelcam, { mac: MAC, clock }))).uuid).toBe(UUID);
    expect(sent()).toEqual([
      "POST /arrow-clients/",
      `GET /arrow-clients/${MAC}/`,
      `GET /arrow-clients/${MAC}/`,
      `GET /arrow-clients/${UUID}/`,
    ]);
  });

  it("takes the device with its MAC address from a list that was not filtered", async () => {
    const { angelcam, clock } = pairingFixture(({ method, url }) => {
      if (method === "POST") return { mac: MAC };
      const other = { uuid: "0a1b2c3d", mac: "00:00:5e:00:53:01", status: "online" };
      const own = { uuid: UUID, mac: MAC.toUpperCase().replaceAll(":", "-") };
      if (url.includes("?")) return { results: [other, own], count: 2, next: null, previous: null };
      return url.includes(UUID) ? arrowClient("online") : unknown();
    });
    expect(await clock.drive(pairArrowClient(angelcam, { mac: MAC, clock }))).toEqual(arrowClient("online"));
  });

  it.each<[string, (string | null)[], string | undefined]>([
    ["the one with its MAC address, behind one without", [null, MAC], "device-1"],
    ["the only one, which has no MAC address", [null], "device-0"],
    ["none of two without a MAC address", [null, null], undefined],
    ["none of others", ["00:00:5e:00:53:01"], undefined],
  ])("takes from a list of devices %s", async (_, macs, expected) => {
    const results = macs.map((mac, index) => ({ uuid: `device-${index}`, mac }));
    const { angelcam, clock } = pairingFixture(({ method, url }) => {
      if (method === "POST") return { mac: MAC };
      if (url.includes("?")) return { results, count: results.length, next: null, previous: null };
      const uuid = new URL(url).pathname.split("/").at(-2) ?? "";
      return uuid.startsWith("device") ? arrowClient("online", uuid) : unknown();
    });
    const paired = clock.drive(pairArrowClient(angelcam, { mac: MAC, clock }));
    if (expected) expect(await paired).toEqual(arrowClient("online", expected));
    else expect(await failure(paired)).toBeInstanceOf(NotFoundError);
  });

  it("finds the UUID in the list when the MAC address is good no more, because the pairing is done", async () => {
    const { angelcam, clock, sent } = pairingFixture(({ method, url }, read) => {
      if (method === "POST") return { mac: MAC };
      if (read === 1) return arrowClient("not_paired", null);
      if (url.includes("?")) {
        return { results: [{ uuid: UUID, mac: MAC, ip: "203.0.113.24" }], count: 1, next: null, previous: null };
      }
      return url.includes(UUID) ? arrowClient("online") : unknown();
    });
    expect(await clock.drive(pairArrowClient(angelcam, { mac: MAC, clock }))).toEqual(arrowClient("online"));
    expect(sent().slice(2)).toEqual([
      `GET /arrow-clients/${MAC}/`,
      `GET /arrow-clients/?mac=${MAC}`,
      `GET /arrow-clients/${UUID}/`,
    ]);
  });

  it("hands on a 404 when the list knows nothing either, with the name of the device", async () => {
    const { angelcam, clock } = pairingFixture(({ method, url }) => {
      if (method === "POST") return { mac: MAC };
      return url.includes("?") ? { results: [], count: 0, next: null, previous: null } : unknown();
    });
    const error = await failure(clock.drive(pairArrowClient(angelcam, { mac: MAC, clock })));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error.arrowClientId).toBe(MAC);
    expect(clock.pending).toBe(0);
  });

  it("waits as long as a device listens, 20 minutes, and says what to do then", async () => {
    const { angelcam, clock, at } = pairingFixture(({ method }) =>
      method === "POST" ? { uuid: UUID } : arrowClient("not_paired", UUID),
    );
    const begin = clock.now();
    const error = await failure(clock.drive(pairArrowClient(angelcam, { uuid: UUID, clock, random: () => 0 })));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ arrowClientId: UUID, message: expect.stringContaining("Restart the device") });
    expect(clock.now() - begin).toBe(1_200_000);
    expect(at).toHaveLength(46);
    expect(clock.pending).toBe(0);
  });

  it("ends at once when it may not pair the device", async () => {
    const { angelcam, clock, fetch } = pairingFixture(() => envelope(403, "permission_denied", "x"));
    await expect(pairArrowClient(angelcam, { mac: MAC, clock })).rejects.toThrow(PermissionDeniedError);
    expect(fetch.requests).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it("ends with the caller's own reason on abort", async () => {
    const { angelcam, clock } = pairingFixture(({ method }) =>
      method === "POST" ? { uuid: UUID } : arrowClient("not_paired"),
    );
    const controller = new AbortController();
    clock.setTimeout(() => controller.abort("enough"), 60_000);
    const wait = failure(pairArrowClient(angelcam, { uuid: UUID, clock, signal: controller.signal }));
    expect(await clock.drive(wait)).toBe("enough");
    expect(clock.pending).toBe(0);
  });

  it.each([[{}], [{ uuid: UUID, mac: MAC }], [{ uuid: "" }], [{ mac: 7 as unknown as string }]])(
    "rejects %j before anything is sent",
    async (wrong) => {
      const { angelcam, clock, fetch } = pairingFixture(unknown);
      await expect(pairArrowClient(angelcam, { ...wrong, clock })).rejects.toThrow(/^pairArrowClient: /);
      expect(fetch.requests).toEqual([]);
    },
  );
});
