import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { examples } from "../../src/sandbox/routes/examples.ts";
import { documentedRequests } from "./documented-request.ts";
import { API, apiError, clientOf } from "./support.ts";

/** The operations that have no model; the guide on testing lists them. */
const WITHOUT_MODEL = [
  "angelCamera.getLatestFirmware",
  "clients.invite",
  "speakers.play",
  "speakers.stop",
  "speakers.test",
];

test("what has no model says so in a header, and nothing else does", async () => {
  const sandbox = createSandbox({ accounts: 2, quota: false });
  const [first, second] = sandbox.accounts.map((account) => sandbox.tokens.signIn({ account }).access_token);
  const canned = new Set<string>();
  for (const { id, method, path, body } of documentedRequests) {
    // The account of the others stays.
    const token = id === "me.delete" ? second : first;
    const headers = { Authorization: `Bearer ${token}`, ...(body ? { "Content-Type": "application/json" } : {}) };
    const init = { method, headers, redirect: "manual", ...(body ? { body: JSON.stringify(body) } : {}) } as const;
    const origin = path().startsWith("/oauth") ? "https://my.angelcam.com" : API;
    const response = await sandbox.fetch(
      path().startsWith("/recording/") ? `http://localhost${path()}` : origin + path(),
      init,
    );
    if (response.headers.get("X-Sandbox") === "example") canned.add(id);
  }
  expect([...canned].sort()).toEqual(WITHOUT_MODEL);
  expect([...examples].sort()).toEqual(WITHOUT_MODEL);
});

test("the guide on testing lists what has no model", () => {
  const guide = readFileSync(new URL("../../spec/guides/testing.md", import.meta.url), "utf8");
  const [paragraph = ""] = guide.split("\n\n").filter((text) => text.includes("`X-Sandbox: example`"));
  const listed = [...paragraph.matchAll(/`(\w+\.\w+)`/g)].map(([, id]) => id);
  expect(listed).toEqual([...examples].sort());
});

test("what has no model does not contradict its request all the same", async () => {
  const angelcam = clientOf(createSandbox({ quota: false }));
  expect((await angelcam.angelCamera.getLatestFirmware("abc")).board).toBe("abc");
  await expect(angelcam.speakers.stop(99_999)).rejects.toEqual(apiError(404));
  await expect(angelcam.clients.invite(99_999)).rejects.toEqual(apiError(404));
});

test("a message that repeats without an end is rejected, as in spec/schemas/PlayRequest.yaml", async () => {
  const { speakers } = clientOf(createSandbox({ quota: false }));
  const [speaker] = (await speakers.list()).results;
  const id = speaker?.id ?? 0;
  await expect(speakers.play(id, { message: 318, repeat: true })).rejects.toEqual(apiError(400));
  await expect(speakers.play(id, { message: 318, repeat: true, stop_after: null })).rejects.toEqual(apiError(400));
  expect(await speakers.play(id, { message: 318, repeat: true, stop_after: 30 })).toBeUndefined();
});
