import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { withCodeSamples } from "../../scripts/docs/content/code-samples.ts";
import type { Document } from "../../scripts/generate/document.ts";
import { type DocumentedOperation, operationsOf, readDocument } from "../spec/document.ts";
import { type DocsSite, goToHash, headingOf, openDocsSite, ROOT, readClipboard } from "../support/docs-site.ts";

const api = readDocument();
const operations = operationsOf(api);
const LANGUAGES = ["TypeScript", "curl", "Python"] as const;

vi.setConfig({ testTimeout: 10 * 60_000 });

let site: DocsSite;

beforeAll(async () => {
  site = await openDocsSite();
});

afterAll(() => site?.close());

/** Goes to an operation by its address, and gives its part of the page. */
async function goTo(page: Page, { operation }: DocumentedOperation): Promise<Locator> {
  const route = `${operation.tags?.[0]}/${operation.operationId.toLowerCase()}`;
  await goToHash(page, `#/${route}`);
  await headingOf(page, operation.summary ?? "")
    .first()
    .waitFor();
  const part = page.locator(`[data-section-id="/${route}"]`);
  await part.locator(".panel-request-samples").first().waitFor();
  return part;
}

/** Every sample as it should stand in the page. */
async function readSamples(): Promise<(place: DocumentedOperation) => Record<string, string>> {
  const copy = await withCodeSamples(api as unknown as Document, `${ROOT}/spec/samples`);
  return ({ path, method }) => {
    const operation = Object(copy.paths?.[path])[method.toLowerCase()];
    const samples = operation["x-codeSamples"] as { label: string; source: string }[];
    return Object.fromEntries(samples.map(({ label, source }) => [label, packed(source)]));
  };
}

/** The page breaks lines in its own way. */
function packed(text: string | null = ""): string {
  return (text ?? "").replaceAll(/\s/g, "");
}

async function choose(page: Page, samples: Locator, language: string): Promise<void> {
  const button = samples.getByRole("button", { name: new RegExp(`^(${LANGUAGES.join("|")}|Payload)$`) }).first();
  const attempt = async () => {
    if ((await button.textContent())?.trim() === language) return true;
    await button.click();
    // A page that still scrolls takes the open menu out of the window: it is opened again then.
    const item = page.getByRole("menuitem", { name: language, exact: true });
    await item.click({ timeout: 5_000 }).catch(() => page.keyboard.press("Escape"));
    return false;
  };
  await expect.poll(attempt).toBe(true);
}

test(`all ${operations.length} operations are there, with samples in TypeScript, curl and Python`, async () => {
  await using opened = await site.open({ reducedMotion: "reduce" });
  const { page, requests, complaints } = opened;
  await page.goto(`${site.address}reference.html`);
  await headingOf(page, "Tokens").first().waitFor();
  const samplesOf = await readSamples();
  for (const [index, known] of operations.entries()) {
    const samples = (await goTo(page, known)).locator(".panel-request-samples").first();
    const expected = samplesOf(known);
    expect(packed(await samples.textContent())).toContain(packed(known.path));
    // One language in turn, and every fifth time all: the page shows them all in the same way, and a test of the document
    // (samples.test.ts) knows that all are there.
    const turned = [...LANGUAGES.slice(index % 3), ...LANGUAGES.slice(0, index % 3)];
    for (const language of turned.slice(0, index % 5 === 0 ? 3 : 1)) {
      await choose(page, samples, language);
      await expect.poll(async () => packed(await samples.textContent())).toContain(expected[language]);
    }
  }
  expect(requests.filter((url) => !url.startsWith(site.address))).toEqual([]);
  expect(complaints).toEqual([]);
});

test("every copy button of an operation copies what stands beside it", async () => {
  await using opened = await site.open({ permissions: ["clipboard-read", "clipboard-write"] });
  const { page, complaints } = opened;
  await page.goto(`${site.address}reference.html`);
  await headingOf(page, "Tokens").first().waitFor();
  const samplesOf = await readSamples();
  let count = 0;
  for (const known of operations.filter((_, index) => index % 15 === 0)) {
    const part = await goTo(page, known);
    for (const button of await part.getByRole("button", { name: /copy/i }).all()) {
      if (!(await button.isVisible())) continue;
      await page.evaluate(() => {
        const silence = new Promise<void>((fulfil) => setTimeout(fulfil, 2_000));
        return Promise.race([navigator.clipboard.writeText("nothing was copied"), silence]);
      });
      await button.click();
      const copied = () => readClipboard(page);
      await expect.poll(copied, { message: `copy button ${count} of ${known.name}` }).not.toBe("nothing was copied");
      expect((await copied()).trim()).not.toBe("");
      count++;
    }
    const samples = part.locator(".panel-request-samples").first();
    await choose(page, samples, "curl");
    await samples.getByTestId("copy-button").last().click();
    const copied = async () => packed(await readClipboard(page));
    await expect.poll(copied).toBe(samplesOf(known).curl);
  }
  expect(count).toBeGreaterThan(20);
  expect(complaints).toEqual([]);
});

test("every entry of the menu leads to its section of the reference, with its title and the focus on its heading", async () => {
  await using opened = await site.open({ reducedMotion: "reduce" });
  const { page, complaints } = opened;
  await page.goto(`${site.address}reference.html`);
  await headingOf(page, "Tokens").first().waitFor();
  const entries = await page
    .locator("#menu a[data-reference]")
    .evaluateAll((links) =>
      links.map((link) => [link.getAttribute("href") ?? "", link.firstChild?.textContent?.trim() ?? ""] as const),
    );
  expect(entries.length).toBeGreaterThan(operations.length);
  const lost: string[] = [];
  for (const [href, text] of entries.filter((_, index) => index % 4 === 0)) {
    const hash = href.slice(href.indexOf("#"));
    await goToHash(page, hash);
    if (!(await leadsTo(page, hash))) lost.push(hash);
    await expect.poll(() => page.title()).toBe(`${text} · Angelcam API`);
    await expect
      .poll(() =>
        page.evaluate(() => document.activeElement?.textContent?.replace(/(Deprecated|Webhook)$/i, "").trim()),
      )
      .toBe(text);
  }
  expect(lost).toEqual([]);
  expect(complaints).toEqual([]);
});

/** Redoc goes to its first page when it knows no place of that name, and leaves the address as it was. */
function leadsTo(page: Page, href: string): Promise<boolean> {
  return page.waitForFunction(isThere, decodeURIComponent(href), { timeout: 60_000 }).then(
    () => true,
    () => false,
  );
}

/** True once what the address names is rendered near the top of the window. Runs in the page. */
function isThere(href: string): boolean {
  const name = href
    .toLowerCase()
    .replace(/^#\/?(tag|operation)?\//, "")
    .replace(/^#/, "");
  const marks = [...document.querySelectorAll("[data-section-id], [id]")];
  return marks.some((mark) => {
    const id = (mark.getAttribute("data-section-id") ?? mark.id).toLowerCase().replace(/^\//, "");
    const { top, height } = mark.getBoundingClientRect();
    return (
      (id === name || id.endsWith(`/${name}`) || name === "") && height > 0 && top < innerHeight && top + height > 0
    );
  });
}
