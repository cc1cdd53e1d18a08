import { describe, expect, it, vi } from "vitest";
import { Angelcam, type ClientEvent, OAuthSession, passwordGrant } from "../../src/index.ts";
import { account, envelope, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";

const tokens = {
  access_token: "first-access",
  refresh_token: "first-refresh",
  token_type: "Bearer",
  expires_in: 36_000,
  scope: "",
};

function setUp(onEvent: (event: ClientEvent) => void, windows = [{ limit: 3, seconds: 60 }]) {
  const clock = new ManualClock();
  const fetch = recordingFetch((request, index) => {
    if (request.url.includes("/oauth/")) return json(tokens);
    return index === 1 ? envelope(503, "bad_gateway", "x") : json(account);
  });
  const auth = new OAuthSession({
    clientId: "client",
    grant: passwordGrant({ username: "user@example.com", password: "correct horse" }),
  });
  return { clock, angelcam: new Angelcam({ auth, fetch, clock, onEvent, random: () => 1, quota: { windows } }) };
}

describe("onEvent", () => {
  it("reports every request, response, retry, wait and refresh, in order", async () => {
    const events: ClientEvent[] = [];
    const { clock, angelcam } = setUp((event) => events.push(event));
    await clock.drive(angelcam.me.get());
    await clock.drive(angelcam.me.get());
    expect(
      events.map((event) => [
        event.type,
        "operationId" in event ? event.operationId : "outcome" in event ? event.outcome : "",
      ]),
    ).toEqual([
      ["request", "oauth.createToken"],
      ["response", "oauth.createToken"],
      ["refresh", "signed_in"],
      ["request", "me.get"],
      ["response", "me.get"],
      ["retry", "me.get"],
      ["request", "me.get"],
      ["response", "me.get"],
      ["quota_wait", "me.get"],
      ["request", "me.get"],
      ["response", "me.get"],
    ]);
    expect(events.find(({ type }) => type === "retry")).toMatchObject({
      attempt: 2,
      delay: 1000,
      status: 503,
      error: undefined,
    });
    expect(events.find(({ type }) => type === "quota_wait")).toMatchObject({ milliseconds: 59_001 });
    expect(events.at(3)).toMatchObject({
      method: "GET",
      path: "/v1/me/",
      origin: "https://api.angelcam.com",
      attempt: 1,
    });
  });

  it("names each call by an id of its own, the same in all of its events", async () => {
    const events: ClientEvent[] = [];
    const { clock, angelcam } = setUp((event) => events.push(event), [{ limit: 9, seconds: 60 }]);
    for (let call = 0; call < 3; call++) await clock.drive(angelcam.me.get());
    const ofRequests = events.flatMap((event) => (event.type === "request" ? [event] : []));
    const ids = ofRequests.map(({ callId }) => callId);
    // The token request, the first call and its retry, and two more calls.
    expect([ids.length, new Set(ids).size]).toEqual([5, 4]);
    expect(ids.every((id) => /^[a-z0-9]{1,6}-\d+$/.test(id))).toBe(true);
  });

  it("reports no secret", async () => {
    const events: ClientEvent[] = [];
    const { clock, angelcam } = setUp((event) => events.push(event));
    await clock.drive(angelcam.me.get());
    expect(JSON.stringify(events)).not.toMatch(/first-access|first-refresh|correct horse/);
  });

  it("fails no call when the listener throws; the error is shown on the console", async () => {
    const shown = vi.spyOn(console, "error").mockImplementation(() => {});
    const { clock, angelcam } = setUp(() => {
      throw new Error("broken listener");
    });
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(shown).toHaveBeenCalled();
  });

  it("fails no call and no program when the promise of an async listener rejects", async () => {
    const shown = vi.spyOn(console, "error").mockImplementation(() => {});
    const { clock, angelcam } = setUp(async () => {
      throw new Error("broken listener");
    });
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(shown).toHaveBeenCalledWith("angelcam-client: onEvent threw", new Error("broken listener"));
  });
});
