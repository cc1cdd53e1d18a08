import { expect, it } from "vitest";
import {
  createClip,
  detectStreams,
  downloads,
  footage,
  liveStream,
  pairArrowClient,
  playback,
  waitForClip,
} from "../../src/index.ts";

const range = { start: "2026-11-24T00:00:00Z", end: "2026-11-24T01:00:00Z" };
const noClients = [undefined, null, 20311, "secret-token"].map((value) => ({ value: value as never }));

it.each(noClients)("every helper rejects $value in place of the client, and names the argument", async ({ value }) => {
  const helpers: Record<string, () => unknown> = {
    createClip: () => createClip(value, 20311, { name: "Parcel", ...range }),
    detectStreams: () => detectStreams(value, { address: "203.0.113.17" }),
    downloads: () => downloads(value, { camera: 20311 }, range),
    footage: () => footage(value, { camera: 20311 }, range),
    liveStream: () => liveStream(value, 20311, { format: "hls" }),
    pairArrowClient: () => pairArrowClient(value, { mac: "aa:bb:cc:dd:ee:ff" }),
    playback: () => playback(value, { camera: 20311 }, range),
    waitForClip: () => waitForClip(value, 20311, "0f9a3c6e"),
  };
  for (const [name, call] of Object.entries(helpers)) {
    const error: unknown = await Promise.resolve()
      .then(call)
      .catch((reason) => reason);
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain(`${name}: angelcam must be a client`);
    expect(String(error)).not.toContain("secret-token");
  }
});
