import { describe, expect, it } from "vitest";
import { readRequest } from "../../src/transport/request-parts.ts";

const ADDRESS = "https://api.example.com/v1/things/";

/** The options of fetch after middleware has seen the request. */
async function fetchOptionsOf(request: Request, callOptions: Record<string, unknown>): Promise<unknown> {
  return (await readRequest(request, callOptions)).fetchOptions;
}

describe("options of fetch, after middleware has seen the request", () => {
  it("are those of the call where the request has the default", async () => {
    expect(await fetchOptionsOf(new Request(ADDRESS), { cache: "reload", dispatcher: "agent" })).toEqual({
      cache: "reload",
      dispatcher: "agent",
    });
  });

  it("are those of the request where middleware has set them", async () => {
    const request = new Request(ADDRESS, { cache: "no-cache", credentials: "omit", integrity: "sha256-1" });
    expect(await fetchOptionsOf(request, { cache: "reload" })).toEqual({
      cache: "no-cache",
      credentials: "omit",
      integrity: "sha256-1",
    });
  });

  it("do not name what the Request of a runtime does not know", async () => {
    class RequestOfWorkerd extends Request {
      override readonly cache = undefined as unknown as RequestCache;
      override readonly credentials = undefined as unknown as RequestCredentials;
    }
    expect(Object.keys((await fetchOptionsOf(new RequestOfWorkerd(ADDRESS), {})) as object)).toEqual([]);
  });

  it("of the call are not changed", async () => {
    const callOptions = { cache: "reload" };
    await readRequest(new Request(ADDRESS, { cache: "no-cache" }), callOptions);
    expect(callOptions).toEqual({ cache: "reload" });
  });
});
