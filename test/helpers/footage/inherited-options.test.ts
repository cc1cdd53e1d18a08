import { expect, it } from "vitest";
import { Angelcam, downloads, footage, playback } from "../../../src/index.ts";
import { json, recordingFetch } from "../../support/fake-angelcam.ts";

it("options with a prototype keep the request options that they inherit", async () => {
  const fetch = recordingFetch(() => json({ segments: [], url: "https://e1.angelcam.com/x" }));
  const angelcam = new Angelcam({ fetch, quota: false, retry: false });
  const range = { start: "2026-11-24T00:00:00Z", end: "2026-11-24T01:00:00Z" };
  const optionsOf = (inherited: object) => Object.assign(Object.create(inherited), range);
  const options = optionsOf({ space: 7 });
  await footage(angelcam, { camera: 20311 }, options).toArray();
  await downloads(angelcam, { camera: 20311 }, options).countLinks();
  await playback(angelcam, { camera: 20311 }, options);
  expect(fetch.requests.map(({ headers }) => headers.get("X-Space-Id"))).toEqual(["7", "7", "7"]);
  const aborted = optionsOf({ signal: AbortSignal.abort("enough") });
  await expect(footage(angelcam, { camera: 20311 }, aborted).toArray()).rejects.toBe("enough");
  expect(fetch.requests).toHaveLength(3);
});
