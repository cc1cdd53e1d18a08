import { expect, test } from "vitest";
import { retryTime } from "../../src/transport/retry-after.ts";
import { envelope } from "../support/fake-angelcam.ts";
import { processorTime } from "../support/processor-time.ts";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const DAY = 86_400;

/** Seconds from now until the server wants the next request. */
async function waitOf(header: string | undefined, detail?: string, date?: string): Promise<number | undefined> {
  const headers = { ...(header !== undefined && { "Retry-After": header }), ...(date !== undefined && { Date: date }) };
  const response = envelope(429, "rate_limited", detail, headers);
  const time = retryTime({ response, text: await response.clone().text() }, NOW);
  return time === undefined ? undefined : (time - NOW) / 1000;
}

test.each<[string, number | undefined]>([
  ["7", 7],
  ["2.75", 2.75],
  ["120", 120],
  [String(DAY), DAY],
  [String(DAY + 1), undefined],
  ["0", 0],
  ["-1", undefined],
  ["0x10", undefined],
  ["1e3", undefined],
  ["9".repeat(40_000), undefined],
  ["Tue, 24 Nov 2026 12:00:30 GMT", 30],
  ["Tue, 24 Nov 2026 12:00:30 +0000", 30],
  ["2026-11-24T12:00:30Z", 30],
  [" 7 ", 7],
  ["7, 7", 7],
  ["7,42", 7],
  ["Tue, 24 Nov 2026 12:00:00 GMT", 0],
  ["Tue, 24 Nov 2026 11:59:59 GMT", undefined],
  ["Wed, 25 Nov 2026 12:00:00 GMT", DAY],
  ["Wed, 25 Nov 2026 12:00:01 GMT", undefined],
  ["soon", undefined],
  ["in 7", undefined],
  ["7 or so", undefined],
  ["", undefined],
])("Retry-After: %s", async (header, expected) => {
  expect(await waitOf(header)).toBe(expected);
});

test.each<[string | undefined, number | undefined]>([
  ["Request was throttled. Expected available in 42 seconds.", 42],
  ["Expected available in 1 second.", 1],
  ["Wait 15seconds", 15],
  ["Wait 15   seconds", 15],
  ["Expected available in 12.5 seconds.", 12.5],
  ["Wait 0 seconds", 0],
  ["Wait 86401 seconds", undefined],
  ["Wait 15 minutes", undefined],
  ["Wait a few seconds", undefined],
  [undefined, undefined],
])("without the header, a detail of: %s", async (detail, expected) => {
  expect(await waitOf(undefined, detail)).toBe(expected);
});

test("the header counts before the detail, unless it is invalid", async () => {
  expect(await waitOf("7", "in 42 seconds")).toBe(7);
  expect(await waitOf("0", "in 42 seconds")).toBe(42);
  expect(await waitOf("0", "later")).toBe(0);
  expect(await waitOf("soon", "in 42 seconds")).toBe(42);
  expect(await waitOf("1000000000", "in 42 seconds")).toBe(42);
});

test.each<[number, boolean]>([
  [429, true],
  [503, true],
  [301, false],
  [400, false],
  [500, false],
  [502, false],
])("is read from a 429 or 503 only: %i", (status, expected) => {
  const response = new Response(null, { status, headers: { "Retry-After": "7" } });
  const text = JSON.stringify({ title: "x", detail: "a clip takes at least 10 seconds" });
  expect(retryTime({ response, text }, NOW) !== undefined).toBe(expected);
});

test("a page in place of an envelope names no wait, whatever its text", () => {
  const response = new Response(null, { status: 429 });
  expect(retryTime({ response, text: "Try again in 42 seconds" }, NOW)).toBeUndefined();
});

test.each([-600_000, 600_000, -30 * DAY * 1000, 30 * DAY * 1000])(
  "a date counts from the Date of the response, with a local clock that differs by %i ms",
  async (difference) => {
    const serverTime = NOW + difference;
    const at = (milliseconds: number) => new Date(serverTime + milliseconds).toUTCString();
    expect(await waitOf(at(30_000), undefined, at(0))).toBe(30);
    expect(await waitOf(at(-1_000), "in 42 seconds", at(0))).toBe(42);
    expect(await waitOf(at(2 * DAY * 1000), undefined, at(0))).toBeUndefined();
  },
);

test.each(["", "yesterday", "9".repeat(1_000)])("a Date that cannot be read is ignored: %j", async (date) => {
  expect(await waitOf(new Date(NOW + 30_000).toUTCString(), undefined, date)).toBe(30);
});

test.each([
  `${"9".repeat(40_000)} `,
  `${"1 ".repeat(20_000)}`,
  `1${" ".repeat(40_000)}`,
  `${"x".repeat(1_000_000)} 42 seconds`,
])("a detail of 40,000 characters is searched in no time", async (detail) => {
  const used = processorTime();
  expect(await waitOf(undefined, detail)).toBeUndefined();
  expect(used()).toBeLessThan(1_000);
});
