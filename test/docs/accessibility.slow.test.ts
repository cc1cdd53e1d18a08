import { mkdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { findingsOf } from "../support/axe.ts";
import { type DocsSite, headingOf, openDocsSite, openSearch, ROOT } from "../support/docs-site.ts";

const SCREENSHOTS = path.join(ROOT, "dist/screenshots");

vi.setConfig({ testTimeout: 10 * 60_000, hookTimeout: 120_000 });

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
  ["quick-start", "", "Quick start"],
  ["sign-in", "#/sign-in", "Sign in"],
  ["errors", "#/errors", "Errors"],
  ["webhooks", "#/webhooks", "Webhooks"],
  ["operation", "#/cameras/cameras.list", "List cameras"],
  ["operation-with-body", "#/rts-notification-methods/rts.notifications.methods.create", "Add a notification method"],
  ["deprecated", "#/shared-cameras/sharedcameras.list", "List shared cameras"],
  ["delete", "#/cameras/cameras.delete", "Remove a camera"],
  ["files", "#/files", "Files and versions"],
] as const;

describe.each(LOOKS)("in $colorScheme, $width pixels wide", ({ colorScheme, width }) => {
  const look = { colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce", bypassCSP: true } as const;

  test.each(PLACES)("everybody can read the page at: %s", async (name, route, title) => {
    await using opened = await site.open(look);
    const { page } = opened;
    await page.goto(`${site.address}${route}`);
    const heading = headingOf(page, title).first();
    await expect.poll(async () => (await heading.boundingBox())?.y).toSatisfy((y) => y > -5 && y < 400);
    if (width > 500) await page.getByTestId("search-trigger").filter({ hasText: "Search" }).waitFor();
    const file = `docs-${name}-${colorScheme}-${width}.png`;
    await page.screenshot({ path: path.join(SCREENSHOTS, file), animations: "disabled" });
    // Polled, for what is still being drawn is no finding yet.
    await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    await expect.poll(() => findingsOf(page)).toEqual([]);

    // With everything opened that can be, and further down: in the two looks that differ most.
    if ((colorScheme === "light") !== (width === 1400)) return;
    for (const name of ["Expand all", "+Show details", "+ Show"]) {
      const [button] = await page.getByRole("button", { name, exact: true }).all();
      if (await button?.isVisible()) await button?.click();
    }
    for (let screen = 0; screen < 3; screen++) {
      await page.evaluate("scrollBy(0, innerHeight)");
      await expect.poll(() => findingsOf(page)).toEqual([]);
    }
  });

  test("everybody can search", async () => {
    await using opened = await site.open(look);
    const { page } = opened;
    await page.goto(site.address);
    await headingOf(page, "Quick start").waitFor();
    if (width < 500) await page.getByRole("button", { name: "Open navigation menu" }).click();
    await (await openSearch(page, "cameras")).getByRole("link").first().waitFor();
    await page.screenshot({ path: path.join(SCREENSHOTS, `docs-search-${colorScheme}-${width}.png`) });
    expect(await findingsOf(page)).toEqual([]);
  });

  test("everybody can read the plain reference", async () => {
    await using opened = await site.open({ ...look, javaScriptEnabled: true });
    const { page } = opened;
    await page.goto(`${site.address}reference.html`);
    await page.screenshot({ path: path.join(SCREENSHOTS, `reference-top-${colorScheme}-${width}.png`) });
    await page.evaluate("document.getElementById('operation/cameras.list').scrollIntoView()");
    await page.screenshot({ path: path.join(SCREENSHOTS, `reference-operation-${colorScheme}-${width}.png`) });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    expect(await findingsOf(page)).toEqual([]);
  });
});

test("a page that is hard to read would be found out", async () => {
  await using opened = await site.open({ bypassCSP: true });
  await opened.page.setContent(
    '<html lang="en"><title>Grey</title><main><p style="color:#bbb">Grey on white</p></main>',
  );
  expect(await findingsOf(opened.page)).toEqual([expect.stringMatching(/^serious color-contrast/)]);
});
