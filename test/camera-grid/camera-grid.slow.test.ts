import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDemoState } from "../../scripts/camera-grid/demo-state.ts";
import { buildCameraGrid } from "../../scripts/camera-grid/main.ts";
import { findingsOf } from "../support/axe.ts";
import { openChromium } from "../support/chromium.ts";
import { openPage, type WatchedPage } from "../support/docs-site.ts";
import { takeScreenshot } from "../support/screenshot.ts";

const SCREENSHOTS = path.resolve(import.meta.dirname, "../../dist/screenshots");

/** Sign-in, list, recordings and timeline of the first camera. */
const REQUESTS_TO_BEGIN = 4;

let html: string;
let folder: string;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "angelcam-grid-test-"));
  html = await buildCameraGrid();
  await writeFile(path.join(folder, "camera-grid.html"), html);
  browser = await openChromium();
});

afterAll(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Opens the grid and waits until it has drawn all that it begins with. */
async function open(options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const opened = await openPage(browser, options);
  await opened.page.goto(address());
  await opened.page.locator("body[data-ready]").waitFor();
  return opened;
}

function address(): string {
  return pathToFileURL(path.join(folder, "camera-grid.html")).href;
}

/** How many requests the gauge says were spent since the page was opened. */
async function spent(page: Page): Promise<number> {
  const text = await page.locator("#day-text").textContent();
  return Number.parseInt(text ?? "", 10);
}

/** What the gauge shows at one moment: places come free while one looks. */
function minuteOf(page: Page): Promise<{ ticks: number; meter: number; waiting: number }> {
  return page.evaluate(() => ({
    ticks: document.querySelectorAll("#minute-ticks span[data-used]").length,
    meter: Number(document.querySelector("#minute-meter")?.getAttribute("value")),
    waiting: document.querySelectorAll("#queue span").length,
  }));
}

test("every camera of the account is there, with its name, its status and its picture", async () => {
  await using opened = await open();
  const { page } = opened;
  const cards = page.locator("[data-camera]");
  const shown = await cards.evaluateAll((all) =>
    all.map((card) => ({
      id: Number(card.getAttribute("data-camera")),
      name: card.querySelector(".name")?.textContent,
      status: card.querySelector(".status")?.textContent,
      picture: card.querySelector("img")?.naturalWidth,
    })),
  );
  const expected = [...createDemoState().sandbox.cameras].map(({ id, name, status }) => ({
    id,
    name,
    status,
    picture: 640,
  }));
  expect(shown).toEqual(expected);
  expect(new Set(shown.map(({ status }) => status))).toEqual(new Set(["online", "offline"]));
});

test("a day of footage is drawn to scale, with the gaps that the sandbox knows of", async () => {
  await using opened = await open();
  const { page } = opened;
  const { sandbox, clock } = createDemoState();
  // What still records grows while one looks; what is over stays.
  const dayAgo = clock.now() - 86_400_000;
  let compared = 0;
  for (const { id, name } of sandbox.cameras) {
    const [recording] = sandbox.recordings.of(id);
    await page.locator(`[data-camera="${id}"]`).click();
    await expect.poll(() => page.locator("#day-title").textContent()).toBe(name);
    if (!recording) {
      await expect.poll(() => page.locator("#day-summary").textContent()).toBe("This camera is not recorded.");
      continue;
    }
    await expect.poll(() => page.locator("#day-summary").textContent()).toMatch(/% recorded/);
    const kept = sandbox.recordings.footage(recording.id).filter(({ end }) => Date.parse(end) > dayAgo + 3_600_000);
    const bars = await page.locator("#timeline .footage").evaluateAll((all) =>
      all.map((bar) => ({
        start: (bar as HTMLElement).dataset.start ?? "",
        end: (bar as HTMLElement).dataset.end ?? "",
        left: Number.parseFloat((bar as HTMLElement).style.left),
        width: Number.parseFloat((bar as HTMLElement).style.width),
      })),
    );
    expect(bars.map(({ end }) => end).slice(0, -1)).toEqual(kept.map(({ end }) => end).slice(0, -1));
    expect(bars.map(({ start }) => start).slice(1)).toEqual(kept.map(({ start }) => start).slice(1));
    for (const { start, end, left, width } of bars) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(100.001);
      const hours = (Date.parse(end) - Date.parse(start)) / 3_600_000;
      expect(width).toBeCloseTo((hours / 24) * 100, 3);
    }
    const gaps = await page
      .locator("#gaps li")
      .evaluateAll((all) => all.map((gap) => ({ ...(gap as HTMLElement).dataset })));
    const between = bars.slice(1).map((bar, index) => ({ start: bars[index]?.end, end: bar.start }));
    expect(gaps).toEqual(expect.arrayContaining(between));
    compared += between.length;
  }
  expect(compared).toBeGreaterThan(5);
});

test("the gauge moves by the number of requests", async () => {
  await using opened = await open();
  const { page } = opened;
  await expect.poll(() => spent(page)).toBe(REQUESTS_TO_BEGIN);
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect.poll(() => spent(page)).toBe(REQUESTS_TO_BEGIN + 1);
  await page.locator("[data-camera]").nth(1).click();
  await expect.poll(() => spent(page)).toBe(REQUESTS_TO_BEGIN + 3);
  const { ticks, meter } = await minuteOf(page);
  expect(ticks).toBe(meter);
});

test("of thirty calls at once as many go out as a minute has room for, and the rest comes in turn", async () => {
  await using opened = await open();
  const { page } = opened;
  const burst = page.getByRole("button", { name: "Ask 30 times at once" });
  await burst.click();
  await expect
    .poll(() => minuteOf(page))
    .toMatchObject({ ticks: 30, meter: 30, waiting: expect.toSatisfy((count) => count > 0) });
  await expect.poll(() => spent(page), { timeout: 60_000 }).toBe(REQUESTS_TO_BEGIN + 30);
  await expect.poll(() => burst.getAttribute("aria-disabled")).toBe(null);
  expect(await page.locator("#queue-text").textContent()).toBe("No request is queued");
  expect(await page.locator("#journal [data-kind='error']").count()).toBe(0);
});

describe("failures are shown and recovered from", () => {
  test("a server that fails twice costs two more requests, and no camera", async () => {
    await using opened = await open();
    const { page } = opened;
    await page.getByRole("button", { name: "Let the server fail twice" }).click();
    await expect.poll(() => spent(page), { timeout: 60_000 }).toBe(REQUESTS_TO_BEGIN + 3);
    await expect.poll(() => page.locator("#journal").textContent()).toContain("cameras.list: 503");
    await expect.poll(() => page.locator("#journal [data-kind='retry']").count()).toBe(2);
    expect(await page.locator("#journal [data-kind='error']").count()).toBe(0);
  });

  test("three calls that meet an expired token make one token request", async () => {
    await using opened = await open();
    const { page } = opened;
    await page.getByRole("button", { name: "Let the token expire" }).click();
    // Three rejected requests, one refresh, three retries.
    await expect.poll(() => spent(page), { timeout: 60_000 }).toBe(REQUESTS_TO_BEGIN + 7);
    await expect.poll(() => page.locator("#journal").textContent()).toContain("session: refreshed");
    expect(await page.locator("#journal [data-kind='error']").count()).toBe(0);
  });

  test("a camera that is unplugged is shown as offline, and comes back", async () => {
    await using opened = await open();
    const { page } = opened;
    const first = page.locator("[data-camera]").first();
    expect(await first.getAttribute("data-status")).toBe("online");
    await page.getByRole("button", { name: "Unplug “Front door”" }).click();
    await expect.poll(() => first.getAttribute("data-status")).toBe("offline");
    await page.getByRole("button", { name: "Plug in “Front door”" }).click();
    await expect.poll(() => first.getAttribute("data-status")).toBe("online");
  });
});

test("it can be used by keyboard alone, and the focus stays where it was", async () => {
  await using opened = await open();
  const { page } = opened;
  for (const expected of ["refresh", null, null]) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("id"))).toBe(expected);
  }
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator("#day-title").textContent()).toBe("Loading bay");
  await expect.poll(() => page.locator("[data-camera]").nth(1).getAttribute("aria-pressed")).toBe("true");
  expect(await page.evaluate(() => document.activeElement?.querySelector(".name")?.textContent)).toBe("Loading bay");
});

test("the page itself is its only request, and nothing complains", async () => {
  await using opened = await open();
  const { page, requests, complaints } = opened;
  for (const button of ["refresh", "stumble", "expire", "plug"]) await page.locator(`#${button}`).click();
  await expect.poll(() => page.locator("[aria-disabled]").count(), { timeout: 60_000 }).toBe(0);
  expect(requests).toEqual([address()]);
  expect(complaints).toEqual([]);
});

test("a policy forbids all that is not in the page", async () => {
  await using opened = await open();
  const { page, complaints } = opened;
  const refused = await page.evaluate(() => {
    const script = document.createElement("script");
    try {
      script.textContent = "document.title = 'taken over'";
      document.body.append(script);
    } catch {}
    return fetch("https://example.com/").then(
      () => "sent",
      () => "refused",
    );
  });
  expect(refused).toBe("refused");
  expect(await page.title()).toBe("Camera grid");
  expect(complaints.join("\n")).toContain("connect-src refuses https://example.com/");
});

const VIEWS = [1400, 390].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
);

test.each(VIEWS)("$width px, $colorScheme: it fits, and axe finds nothing serious", async ({ width, colorScheme }) => {
  await mkdir(SCREENSHOTS, { recursive: true });
  await using opened = await open({
    viewport: { width, height: 900 },
    colorScheme,
    reducedMotion: "reduce",
    bypassCSP: true,
  });
  const { page } = opened;
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  expect(await findingsOf(page)).toEqual([]);
  await takeScreenshot(page, {
    path: path.join(SCREENSHOTS, `camera-grid-${width}-${colorScheme}.png`),
    fullPage: true,
    animations: "disabled",
  });
});

test("the same sources give the same bytes", async () => {
  expect((await buildCameraGrid()) === html).toBe(true);
});

test("the page says nothing of the machine that it was built on", () => {
  expect(html).not.toContain(path.resolve(import.meta.dirname, "../.."));
});
