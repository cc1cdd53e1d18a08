import { describe, expect, it } from "vitest";
import { Angelcam, personalAccessToken, UnexpectedResponseError } from "../../../src/index.ts";
import { json, recordingFetch } from "../../support/fake-angelcam.ts";

/** A list that is paged by links only, five messages in pages of two. */
function messages(linkOf = (cursor: number) => `https://api.angelcam.com/v1/rts/messages/?limit=2&next=c${cursor}`) {
  const all = [1, 2, 3, 4, 5].map((id) => ({ id }));
  const fetch = recordingFetch(({ url }) => {
    const cursor = Number(new URL(url).searchParams.get("next")?.slice(1) ?? 0);
    const end = cursor + 2;
    return json({ count: 5, next: end < 5 ? linkOf(end) : null, previous: null, results: all.slice(cursor, end) });
  });
  return { fetch, angelcam: new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch, quota: false }) };
}

describe("a list that has links and no offset", () => {
  it("is read link by link, each with the parameters of the link before it", async () => {
    const { angelcam, fetch } = messages();
    expect((await angelcam.rts.messages.list({ limit: 2 }).toArray()).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    expect(fetch.requests.map(({ url }) => new URL(url).search)).toEqual([
      "?limit=2",
      "?limit=2&next=c2",
      "?limit=2&next=c4",
    ]);
  });

  it("is read page by page too", async () => {
    const { angelcam, fetch } = messages();
    const pages: number[][] = [];
    for await (const { results } of angelcam.rts.messages.list({ limit: 2 }).pages())
      pages.push(results.map(({ id }) => id));
    expect(pages).toEqual([[1, 2], [3, 4], [5]]);
    expect(fetch.requests).toHaveLength(3);
  });

  it("never leads a token to the host of a link", async () => {
    const { angelcam, fetch } = messages(
      (cursor) => `https://elsewhere.example/v1/rts/messages/?limit=2&next=c${cursor}`,
    );
    expect(await angelcam.rts.messages.list().toArray()).toHaveLength(5);
    expect(new Set(fetch.requests.map(({ url }) => new URL(url).origin))).toEqual(
      new Set(["https://api.angelcam.com"]),
    );
  });

  it("ends with an error where its links lead in a circle, and never with a short list", async () => {
    const { angelcam, fetch } = messages(() => "https://api.angelcam.com/v1/rts/messages/?next=c2");
    const list = angelcam.rts.messages.list({ limit: 2 }).toArray();
    await expect(list).rejects.toThrow(UnexpectedResponseError);
    await expect(list).rejects.toThrow(/^rts\.messages\.list: .*names itself as the next one/);
    expect(fetch.requests).toHaveLength(2);
  });
});
