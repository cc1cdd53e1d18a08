import { mkdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findingsOf } from "../support/axe.ts";
import { type DocsSite, openDocsSite, ROOT, search } from "../support/docs-site.ts";
import { takeScreenshot } from "../support/screenshot.ts";
import { KINDS } from "./kinds.ts";
import { expectShown } from "./show-page.ts";

/** Screenshots and a printed guide, for people to look at. */
const SCREENSHOTS = path.join(ROOT, "dist/screenshots");

let site: DocsSite;

beforeAll(async () => {
  site = await openDocsSite();
  await mkdir(SCREENSHOTS, { recursive: true });
});

afterAll(() => site?.close());

const LOOKS = (["light", "dark"] as const).flatMap((colorScheme) =>
  [1400, 390].map((width) => ({ colorScheme, width })),
);

const PLACES = [
  ["start", "index.html", "Angelcam API"],
  ["guide", "guides/limits.html", "Rate limits and quota"],
  ["guide-with-tables", "guides/errors.html", "Errors and retries"],
  ["operation", "reference.html#/cameras/cameras.list", "List cameras"],
  ["operation-with-body", "reference.html#/clips/cameras.clips.create", "Order a clip"],
  ["static-operation", "operations/cameras.clips.create.html", "Order a clip"],
  ["schema", "schemas/Camera.html", "Camera"],
  ["playground", "playground.html#cameras.list", "Playground"],
  ["changes", "changes.html", "Change log"],
] as const;

describe.each(LOOKS)("in $colorScheme, $width pixels wide", ({ colorScheme, width }) => {
  test.each(PLACES)(
    "%s has no serious finding of axe, and is no wider than the window",
    async (name, file, heading) => {
      await using opened = await site.open({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      const { page, complaints } = opened;
      await page.goto(site.address + file);
      await page.getByRole("heading", { name: heading }).first().waitFor();
      if (name.startsWith("operation")) await page.locator(".panel-request-samples").first().waitFor();
      if (name === "playground") {
        await page.locator("html[data-playground=ready]").waitFor();
        await page.getByRole("button", { name: "Run", exact: true }).click();
        await page.getByText("Done.").first().waitFor();
      }
      // Redoc scrolls to the operation in steps; the header is at the top when it has arrived.
      await expect.poll(() => page.locator(".top").evaluate((top) => top.getBoundingClientRect().top)).toBe(0);
      await takeScreenshot(page, { path: path.join(SCREENSHOTS, `${name}-${colorScheme}-${width}.png`) });
      expect(await findingsOf(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      expect(complaints).toEqual([]);
    },
  );

  test("the search has no serious finding of axe", async () => {
    await using opened = await site.open({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
    const { page } = opened;
    await page.goto(`${site.address}guides/limits.html`);
    await search(page, "verify webhook signature");
    await takeScreenshot(page, { path: path.join(SCREENSHOTS, `search-${colorScheme}-${width}.png`) });
    expect(await findingsOf(page)).toEqual([]);
  });
});

test.each(KINDS)("%s: at most ten Tab stops come before the content", async (file) => {
  await using opened = await site.open();
  const { page } = opened;
  await page.goto(site.address + file.replace(/#.*/, ""));
  await page.waitForLoadState();
  let stops = 0;
  for (; stops < 11; stops++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate("document.querySelector('#content').contains(document.activeElement)")) break;
  }
  expect(stops).toBeLessThanOrEqual(10);
  await page.goto(site.address + file.replace(/#.*/, ""));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("content");
});

describe("on a phone", () => {
  test.each(KINDS)("%s is no wider than the window, also at 320 pixels", async (file) => {
    await using opened = await site.open({ viewport: { width: 320, height: 700 }, isMobile: true });
    const { page } = opened;
    await page.goto(site.address + file);
    await page.getByRole("heading").first().waitFor();
    await page.waitForTimeout(500);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(320);
  });
});

describe("from the disk", () => {
  test.each(KINDS)("%s shows its heading, asks no other host and breaks no policy", (file, heading) =>
    expectShown(site, file, heading, "file"),
  );
});

test("a printed guide is kept as PDF", async () => {
  await using opened = await site.open();
  await opened.page.goto(`${site.address}guides/live-view.html`);
  const pdf = await opened.page.pdf({ path: path.join(SCREENSHOTS, "live-view.pdf") });
  expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(2);
});
