import { mkdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { operationsOf, readDocument } from "../spec/document.ts";
import { type DocsSite, headingOf, openDocsSite, ROOT } from "../support/docs-site.ts";

const operations = operationsOf(readDocument());

vi.setConfig({ testTimeout: 5 * 60_000, hookTimeout: 120_000 });

let site: DocsSite;

beforeAll(async () => {
  site = await openDocsSite();
});

afterAll(() => site?.close());

test("the page is ready within two seconds, search and all", async () => {
  const loads: { work: number; waited: number }[] = [];
  for (let load = 0; load < 3; load++) {
    await using opened = await site.open();
    const { page } = opened;
    // What the page itself costs, whatever else the machine has to do meanwhile.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.goto(site.address);
    await page.getByTestId("search-trigger").filter({ hasText: "Search" }).waitFor();
    await headingOf(page, "Quick start").waitFor();
    const waited = Number(await page.evaluate("performance.now()"));
    const { metrics } = await devtools.send("Performance.getMetrics");
    const seconds = metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
    loads.push({ work: Math.round(seconds * 1000), waited: Math.round(waited) });
  }
  console.log("ready after, in ms:", loads);
  const work = Math.min(...loads.map((load) => load.work));
  expect(work).toBeGreaterThan(0);
  expect(work).toBeLessThan(2_000);
});

test("the reference needs no JavaScript, and causes no request and no complaint", async () => {
  await using opened = await site.open({ javaScriptEnabled: false });
  const { page, requests, complaints } = opened;
  const address = `${site.address}reference.html#operation/cameras.list`;
  await page.goto(address);
  await expect
    .poll(async () => (await page.locator("h3", { hasText: /^List cameras$/ }).boundingBox())?.y)
    .toSatisfy((y) => y >= 0 && y < 400);
  expect(requests).toEqual([address.replace(/#.*/, "")]);
  expect(complaints).toEqual([]);
});

test("the page leads to the reference where there is no JavaScript", async () => {
  await using opened = await site.open({ javaScriptEnabled: false });
  const { page } = opened;
  await page.goto(site.address);
  await page.getByRole("link", { name: "The reference" }).click();
  await expect.poll(() => page.url()).toBe(`${site.address}reference.html`);
});

test("the printed reference has every operation, and nothing runs out of the paper", async () => {
  await using opened = await site.open({ viewport: { width: 700, height: 1000 } });
  const { page } = opened;
  await page.goto(`${site.address}reference.html`);
  await page.emulateMedia({ media: "print" });
  const printed = new Set(await page.locator("article h3").evaluateAll(visibleIds));
  for (const { operation } of operations) expect(printed).toContain(`operation/${operation.operationId}`);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(700);
  const folder = path.join(ROOT, "dist/screenshots");
  await mkdir(folder, { recursive: true });
  const pdf = await page.pdf({ path: path.join(folder, "reference.pdf"), preferCSSPageSize: true });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  console.log(`the printed reference has ${pages} pages`);
  expect(pages).toBeGreaterThan(operations.length / 2);
});

/** The ids of those headings that take up room. Runs in the page. */
function visibleIds(headings: Element[]): string[] {
  return headings.filter((heading) => heading.getBoundingClientRect().height > 0).map(({ id }) => id);
}
