import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { readableResponse } from "../../src/transport/readable-response.ts";

const TEXT = '{"name":"Tür"}';

/** A response whose body has been read, as the pipeline hands it on. */
async function readOnce(text = TEXT, headers: Record<string, string> = { "Content-Type": "application/json" }) {
  const response = new Response(text, { status: 201, headers });
  return readableResponse({ response, text: await response.text() });
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

  test("can be cloned to a Response of the runtime with its status and headers, before and after it was read", async () => {
    const response = await readOnce();
    for (const copy of [response.clone(), response.clone()]) {
      expect([copy.status, copy.headers.get("Content-Type")]).toEqual([201, "application/json"]);
      expect(await new Response(copy.body, copy).json()).toEqual(await response.json());
    }
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
    expect(Reflect.ownKeys(response)).toEqual([]);
  });

  test("is a Response, with every property of the one that came", async () => {
    const response = await readOnce("");
    expect(response).toBeInstanceOf(Response);
    expect([await response.text(), response.body]).toEqual(["", null]);
    const names = ["ok", "status", "statusText", "url", "type", "redirected"] as const;
    const original = new Response(TEXT, { status: 404, statusText: "Not Found" });
    const readable = readableResponse({ response: original, text: await original.text() });
    expect(names.map((name) => readable[name])).toEqual(names.map((name) => original[name]));
    expect(readable.headers).toBe(original.headers);
  });

  test("of a frozen Response can be read as well", async () => {
    const response = Object.freeze(new Response(TEXT));
    expect(await readableResponse({ response, text: await response.text() }).json()).toEqual({ name: "Tür" });
  });
});
