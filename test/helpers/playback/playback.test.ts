import { inspect } from "node:util";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  Angelcam,
  type AngelcamOptions,
  type FootageSource,
  NotFoundError,
  type PlaybackSpeed,
  personalAccessToken,
  playback,
  UnexpectedResponseError,
} from "../../../src/index.ts";
import { createSandbox } from "../../../src/sandbox/index.ts";
import { json, recordingFetch } from "../../support/fake-angelcam.ts";

const ID = "5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13";
const RECORDING = "3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093";
const START = "2026-11-24T08:00:00Z";
const BASE = `https://e1-eu2.angelcam.com/recording/streams/${ID}/`;
const CONTROLS = { base_url: BASE, play: `${BASE}play/`, pause: `${BASE}pause/`, speed: `${BASE}speed/` };
const OPENED = { url: `${BASE}hls/playlist.m3u8`, format: "hls", stream_controls: CONTROLS };

/** A client whose playbacks are as `opened` says, at the positions that follow. */
function fixture(opened: unknown = OPENED, position: unknown = {}, options: AngelcamOptions = {}) {
  const fetch = recordingFetch(({ url, method }) => {
    if (url.includes("/recording/streams/"))
      return method === "GET" ? json(position) : new Response(null, { status: 204 });
    return json(opened);
  });
  const auth = personalAccessToken("x".repeat(20));
  return { fetch, angelcam: new Angelcam({ auth, fetch, quota: false, retry: false, ...options }) };
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable(),
    (error) => error,
  );

describe("playback", () => {
  it("opens a playback, and its controls go to the streamer of its links, without a token", async () => {
    const position = { current_position: "2026-11-24T08:04:12.520000000+00:00", speed: 4 };
    const { angelcam, fetch } = fixture(OPENED, position);
    const player = await playback(angelcam, RECORDING, { start: START });
    expect([player.url, player.format]).toEqual([OPENED.url, "hls"]);
    await player.pause();
    await player.play();
    await player.setSpeed(4);
    expect(await player.position()).toEqual({ position: "2026-11-24T08:04:12.520Z", speed: 4 });
    expect(
      fetch.requests.map(({ method, url, body, authorization }) => [method, url, body, authorization !== null]),
    ).toEqual([
      ["GET", `https://api.angelcam.com/v1/recording/${RECORDING}/stream/?start=2026-11-24T08%3A00%3A00Z`, "", true],
      ["POST", CONTROLS.pause, "", false],
      ["POST", CONTROLS.play, "", false],
      ["POST", CONTROLS.speed, '{"speed":4}', false],
      ["GET", CONTROLS.base_url, "", false],
    ]);
  });

  it.each<[FootageSource, string]>([
    [{ camera: 20311 }, "/v1/cameras/20311/recording/stream/"],
    [{ sharedCamera: 17204 }, "/v1/shared-cameras/17204/recording/stream/"],
  ])("of %j opens at %s", async (source, path) => {
    const { angelcam, fetch } = fixture();
    await playback(angelcam, source, { start: new Date(START), end: "2026-11-24T09:00:00Z" });
    const { pathname, searchParams } = new URL(fetch.requests[0]?.url ?? "");
    expect([pathname, Object.fromEntries(searchParams)]).toEqual([path, { start: START, end: "2026-11-24T09:00:00Z" }]);
  });

  it("plays on the sandbox, which has streamers of its own", async () => {
    const sandbox = createSandbox({ cameras: 1 });
    const [recording] = [...sandbox.recordings];
    const auth = personalAccessToken(sandbox.tokens.personalAccessToken());
    const angelcam = new Angelcam({ auth, fetch: sandbox.fetch, quota: false });
    for (let number = 0; number < 3; number++) {
      const player = await playback(angelcam, recording?.id ?? "", { start: new Date(Date.now() - 3_600_000) });
      await player.setSpeed(8);
      await player.pause();
      expect((await player.position()).speed).toBe(8);
    }
  });

  it.each([undefined, null, "relative", 7])(
    "names the foreign host though the response has the URL %j",
    async (from) => {
      const opened = {
        ...OPENED,
        stream_controls: { ...CONTROLS, play: CONTROLS.play.replace("angelcam.com", "example.com") },
      };
      const fetch = async () => Object.defineProperty(json(opened), "url", { value: from });
      const player = await playback(new Angelcam({ fetch, quota: false, retry: false }), RECORDING, { start: START });
      expect(await failure(player.play())).toBeInstanceOf(UnexpectedResponseError);
    },
  );

  it("rejects an unknown option of a control by its name, also where the links lead to the client's baseUrl", async () => {
    const origin = "http://127.0.0.1:8080";
    const local = JSON.parse(JSON.stringify(OPENED).replaceAll("https://e1-eu2.angelcam.com", origin));
    const { angelcam, fetch } = fixture(local, {}, { baseUrl: origin });
    const player = await playback(angelcam, RECORDING, { start: START });
    await expect(player.play({ tiemout: 5 } as object)).rejects.toThrow("Did you mean timeout?");
    await expect(player.setSpeed(4, { timeout: -1 })).rejects.toThrow("playback: speed: timeout must be");
    expect(fetch.requests).toHaveLength(1);
  });

  it("rejects with the error of middleware, also where the links lead to the client's baseUrl", async () => {
    const origin = "http://127.0.0.1:8080";
    const local = JSON.parse(JSON.stringify(OPENED).replaceAll("https://e1-eu2.angelcam.com", origin));
    const { angelcam } = fixture(local, {}, { baseUrl: origin });
    const player = await playback(angelcam, RECORDING, { start: START });
    const mistake = new TypeError("undefined is not a function");
    angelcam.api.use({
      onRequest() {
        throw mistake;
      },
    });
    expect(await failure(player.play())).toBe(mistake);
  });

  it("sends nothing to a loopback host that the API names: a client without baseUrl reaches streamers alone", async () => {
    const local = JSON.parse(JSON.stringify(OPENED).replaceAll("https://e1-eu2.angelcam.com", "http://localhost:4010"));
    const { angelcam, fetch } = fixture(local);
    const player = await playback(angelcam, RECORDING, { start: START, serverVariables: { streamer: "e9" } });
    for (const control of [player.play(), player.setSpeed(4, { serverVariables: { streamer: "e9" } })]) {
      const error = await failure(control);
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(error.message).toMatch(/must lead to a host below angelcam\.com over https/);
    }
    expect(fetch.requests).toHaveLength(1);
  });

  it("plays at the client's baseUrl where the links lead there", async () => {
    const origin = "http://localhost:4010";
    const local = JSON.parse(JSON.stringify(OPENED).replaceAll("https://e1-eu2.angelcam.com", origin));
    const { angelcam, fetch } = fixture(local, {}, { baseUrl: origin });
    await (await playback(angelcam, RECORDING, { start: START })).play();
    expect(fetch.requests.at(-1)).toMatchObject({
      url: `${origin}/recording/streams/${ID}/play/`,
      authorization: null,
    });
  });

  it("reads the position under the older name too", async () => {
    const { angelcam } = fixture(OPENED, { current_time: "2026-11-24T08:04:12Z" });
    const player = await playback(angelcam, RECORDING, { start: START });
    expect(await player.position()).toEqual({ position: "2026-11-24T08:04:12Z", speed: undefined });
  });

  it("passes an error of the streamer on", async () => {
    const fetch = recordingFetch(({ method }) =>
      method === "GET" ? json(OPENED) : new Response(null, { status: 404 }),
    );
    const angelcam = new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch, quota: false });
    const player = await playback(angelcam, RECORDING, { start: START });
    expect(await failure(player.play())).toBeInstanceOf(NotFoundError);
  });

  it("stops with the signal that it was opened with", async () => {
    const { angelcam, fetch } = fixture();
    const controller = new AbortController();
    const player = await playback(angelcam, RECORDING, { start: START, signal: controller.signal });
    controller.abort("enough");
    await expect(player.play()).rejects.toBe("enough");
    expect(fetch.requests).toHaveLength(1);
  });

  it("shows no link in logs", async () => {
    const player = await playback(fixture().angelcam, RECORDING, { start: START });
    expect(inspect(player, { depth: 9 }) + JSON.stringify(player)).not.toContain(ID);
  });
});

describe("a control that leads elsewhere is never followed", () => {
  it.each([
    ["another host", "https://evil.example/recording/streams/x/play/"],
    ["a host that ends alike", "https://evilangelcam.com/recording/streams/x/play/"],
    ["a host that begins alike", "https://e1.angelcam.com.evil.example/recording/streams/x/play/"],
    ["a user name that looks like the host", "https://e1.angelcam.com@evil.example/recording/streams/x/play/"],
    ["credentials", "https://a:b@e1.angelcam.com/recording/streams/x/play/"],
    ["plain http", "http://e1.angelcam.com/recording/streams/x/play/"],
    ["a port", "https://e1.angelcam.com:8443/recording/streams/x/play/"],
    ["another path", "https://e1.angelcam.com/v1/me/"],
    ["the path of another control", "https://e1.angelcam.com/recording/streams/x/pause/"],
    ["a broken escape", "https://e1.angelcam.com/recording/streams/%E0%A4%A/play/"],
    ["a path that leads out", "https://e1.angelcam.com/recording/streams/..%2f/play/"],
    ["a relative link", "/recording/streams/x/play/"],
    ["no link", "play"],
    ["null", null],
    ["a number", 7],
  ])("%s", async (_, play) => {
    const { angelcam, fetch } = fixture({ ...OPENED, stream_controls: { ...CONTROLS, play } });
    const player = await playback(angelcam, RECORDING, { start: START });
    const error = await failure(player.play());
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toMatch(/^recordings\.stream: unexpected response: stream_controls\.play must /);
    expect(error.message).not.toContain("x/play");
    expect(fetch.requests).toHaveLength(1);
    await player.pause();
  });

  it.each([
    [{ ...OPENED, stream_controls: undefined }, "stream_controls must be an object, got nothing"],
    [{ ...OPENED, stream_controls: [] }, "stream_controls must be an object, got an array"],
  ])("no controls at all: %j", async (opened, message) => {
    const player = await playback(fixture(opened).angelcam, RECORDING, { start: START });
    await expect(player.position()).rejects.toThrow(message);
  });
});

describe("responses and arguments that are wrong", () => {
  it.each([
    [{}, "url must be a non-empty string, got nothing"],
    [{ url: 7 }, "url must be a non-empty string, got the number 7"],
    [{ url: OPENED.url, format: {} }, "format must be a non-empty string, got an object"],
  ])("%j is named", async (opened, message) => {
    const error = await failure(playback(fixture(opened).angelcam, RECORDING, { start: START }));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toContain(`recordings.stream: unexpected response: ${message}`);
  });

  it.each([{}, { current_position: 7 }, { current_position: "soon" }])("the position %j is named", async (position) => {
    const player = await playback(fixture(OPENED, position).angelcam, RECORDING, { start: START });
    await expect(player.position()).rejects.toThrow(/^recordingStreams\.get: unexpected response: current_/);
  });

  it.each([0, 3, 32, "4", null])("the speed %j is rejected before anything is sent", async (speed) => {
    const { angelcam, fetch } = fixture();
    const player = await playback(angelcam, RECORDING, { start: START });
    await expect(player.setSpeed(speed as PlaybackSpeed)).rejects.toThrow(RangeError);
    expect(fetch.requests).toHaveLength(1);
  });

  it.each([
    ["", { start: START }, "playback: recordingId"],
    [RECORDING, { start: "yesterday" }, "playback: start"],
    [RECORDING, { start: START, end: START }, "playback: start must be before end"],
  ])("%j with %j is rejected before anything is sent", async (source, options, message) => {
    const { angelcam, fetch } = fixture();
    await expect(playback(angelcam, source, options)).rejects.toThrow(message);
    expect(fetch.requests).toEqual([]);
  });

  it("types", async () => {
    const player = await playback(fixture().angelcam, RECORDING, { start: START });
    expect(player.format).toBe("hls");
    expectTypeOf(player.url).toBeString();
    expectTypeOf(player.setSpeed).parameter(0).toEqualTypeOf<1 | 2 | 4 | 8 | 16>();
  });
});
