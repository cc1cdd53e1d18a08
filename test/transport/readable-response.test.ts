import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { readableResponse } from "../../src/transport/readable-response.ts";

const TEXT = '{"name":"Tür"}';

/** A response whose body has been read, as the pipeline hands it on. */
async function readOnce(text = TEXT, headers: Record<string, string> = { "Content-Type": "application/json" }) {
  const response = new Response(text, { status: 201, headers });
  return readableResponse(response, await response.text());
}

describe("a readable response", () => {
  test("is read as often as it takes, in every way of the standard", async () => {
    const response = await readOnce();
    for (let time = 0; time < 2; time++) {
      expect(await response.text()).toBe(TEXT);
      expect(await response.json()).toEqual({ name: "Tür" });
      expect(new TextDecoder().decode(await response.arrayBuffer())).toBe(TEXT);
      expect(new TextDecoder().decode(await response.bytes())).toBe(TEXT);
      expect(await (await response.blob()).text()).toBe(TEXT);
      expect(await new Response(response.body).text()).toBe(TEXT);
      expect(response.bodyUsed).toBe(false);
    }
  });

  test("can be cloned, and keeps its status and headers", async () => {
    const copy = (await readOnce()).clone();
    expect([copy.status, copy.headers.get("Content-Type"), await copy.text()]).toEqual([201, "application/json", TEXT]);
    expect(await copy.clone().json()).toEqual({ name: "Tür" });
  });

  test("is a form where it holds one", async () => {
    const response = await readOnce("a=1&b=2", { "Content-Type": "application/x-www-form-urlencoded" });
    expect([...(await response.formData())]).toEqual([
      ["a", "1"],
      ["b", "2"],
    ]);
  });

  test("shows its body to nobody who only looks at it: it may hold tokens", async () => {
    const response = await readOnce();
    const shown = [inspect(response, { depth: 9 }), JSON.stringify(response), inspect({ ...response })].join();
    expect(shown).not.toContain("name");
    expect(Object.getOwnPropertyDescriptors(response)).toEqual({
      [Object.getOwnPropertySymbols(response)[0] ?? ""]: expect.objectContaining({
        enumerable: false,
        writable: false,
      }),
    });
  });

  test("is a Response, and stays the same when it is made readable again", async () => {
    const response = await readOnce("");
    expect(response).toBeInstanceOf(Response);
    expect(readableResponse(response, "other")).toBe(response);
    expect([await response.text(), response.body]).toEqual(["", null]);
  });
});
