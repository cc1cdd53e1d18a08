import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openChromium } from "../support/chromium.ts";
import { proseBlocks } from "./code-blocks.ts";

// The pages of the guide to live view, in a real browser. hls.js is replaced by a stub that records its calls.

const ORIGIN = "http://guide.test";
const HLS = `
export default class Hls {
  static Events = { ERROR: "hlsError" };
  static isSupported() { return true; }
  loaded = [];
  constructor() { globalThis.player = this; }
  attachMedia(video) { this.video = video; }
  on(event, listener) { this.fail = () => listener(event, { fatal: true }); }
  loadSource(url) { this.loaded.push(url); }
}`;

const pages = proseBlocks(path.resolve(import.meta.dirname, "../..")).filter(({ language }) => language === "html");
const pageWith = (element: string) => pages.find(({ code }) => code.includes(`<${element}`))?.code ?? "";

let browser: Browser;
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser?.close());

/** Opens a page of the guide. Its links work for two minutes from their request. */
async function open(html: string): Promise<{ page: Page; asked: string[]; faults: string[] }> {
  const page = await browser.newPage();
  const [asked, faults]: [string[], string[]] = [[], []];
  await page.clock.install({ time: new Date("2026-11-24T12:00:00Z") });
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== ORIGIN) return route.fulfill({ contentType: "text/javascript", body: HLS });
    if (url.pathname === "/") return route.fulfill({ contentType: "text/html", body: html });
    asked.push(url.pathname + url.search);
    if (url.pathname.endsWith(".mjpeg")) return route.fulfill({ status: 401, body: "" });
    const now = await page.evaluate(() => Date.now());
    const expiresAt = new Date(now + 120_000).toISOString();
    return route.fulfill({ json: { url: `https://stream.test/${asked.length}`, expiresAt } });
  });
  await page.goto(`${ORIGIN}/`);
  return { page, asked, faults };
}

const loaded = (page: Page) => page.evaluate(() => (globalThis as unknown as { player: Player }).player.loaded);

interface Player {
  readonly loaded: string[];
  fail(): void;
}

test("the page with hls.js plays a link, a new one before it ends, and a new one after a failure", async () => {
  const { page, asked, faults } = await open(pageWith("video"));
  await page.clock.runFor(10);
  await expect.poll(() => loaded(page)).toHaveLength(1);
  // A minute before the link ends.
  await page.clock.runFor(60_100);
  await expect.poll(() => loaded(page)).toHaveLength(2);
  await page.evaluate(() => (globalThis as unknown as { player: Player }).player.fail());
  await page.clock.runFor(5_100);
  await expect.poll(() => loaded(page)).toHaveLength(3);
  expect(new Set(await loaded(page)).size).toBe(3);
  expect(asked).toEqual(["/live/20311", "/live/20311", "/live/20311"]);
  expect(faults).toEqual([]);
  await page.close();
});

test("the page with pictures requests a new link when they stop", async () => {
  const { page, asked, faults } = await open(pageWith("img"));
  await expect.poll(() => asked).toEqual(["/live/20311.mjpeg"]);
  await expect
    .poll(async () => {
      await page.clock.runFor(5_100);
      return asked.length;
    })
    .toBeGreaterThan(1);
  expect(asked[1]).toMatch(/^\/live\/20311\.mjpeg\?again=\d+$/);
  expect(faults).toEqual([]);
  await page.close();
});
