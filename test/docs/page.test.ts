import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { withCodeSamples } from "../../scripts/docs/code-samples.ts";
import { type DocsServer, serveDocs } from "../../scripts/docs/serve.ts";
import { renderDocs } from "../../scripts/docs.ts";
import type { Document as GeneratorDocument } from "../../scripts/generate/document.ts";
import { operationsOf, type Place, readDocument } from "../spec/document.ts";
import { openChromium } from "../support/chromium.ts";

const SCREENSHOTS = path.resolve(import.meta.dirname, "../../dist/screenshots");
const SAMPLES = path.resolve(import.meta.dirname, "../../spec/samples");
const document = readDocument();
const operations = operationsOf(document);
const displayName = (tag: string | undefined): string => {
  const found = document.tags.find(({ name }) => name === tag) as { "x-displayName"?: string } | undefined;
  return found?.["x-displayName"] ?? "";
};

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 300_000 });

let html: string;
let folder: string;
let server: DocsServer;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "angelcam-docs-test-"));
  html = await renderDocs();
  await writeFile(path.join(folder, "index.html"), html);
  server = await serveDocs(path.join(folder, "index.html"), 0);
  browser = await openChromium();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** What a page has done: every request that left it, and every complaint. */
interface Watched {
  readonly page: Page;
  readonly requests: string[];
  readonly complaints: string[];
}

async function open(options: BrowserContextOptions = {}): Promise<Watched & AsyncDisposable> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const [requests, complaints]: [string[], string[]] = [[], []];
  // What is inside the page is no request: a worker made of its own text, an icon that is written down in it.
  context.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url())) requests.push(request.url());
  });
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return { page, requests, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** Goes to an operation as a reader does, by its name in the menu, and gives its part of the page. */
async function openOperation(page: Page, { operation }: Place): Promise<Locator> {
  const menu = page.locator(".menu-content");
  const summary = operation.summary ?? "";
  const entry = menu.getByText(summary, { exact: true });
  if (!(await entry.isVisible()))
    await menu.getByRole("link", { name: displayName(operation.tags?.[0]), exact: true }).click();
  await entry.click();
  const heading = headingOf(page, summary);
  await heading.waitFor();
  return page.locator("[data-section-id]").filter({ has: heading }).last();
}

/** The link beside a heading is part of its accessible name, so the text has to do. */
function headingOf(page: Page, text: string): Locator {
  return page
    .locator("h1, h2")
    .filter({ hasText: new RegExp(`^${text.replaceAll(/[^\w\s]/g, "\\$&")}\\s*(Deprecated)?$`, "i") });
}

async function openSearch(page: Page, words: string): Promise<Locator> {
  await page.getByTestId("search-trigger").click();
  await page.keyboard.type(words);
  return page.getByTestId("search-dialog");
}

/** Every sample as it should stand in the page. */
async function readSamples(): Promise<(place: Place) => { TypeScript: string; curl: string }> {
  const copy = await withCodeSamples(document as unknown as GeneratorDocument, SAMPLES);
  return ({ path: where, method }) => {
    const operation = Object(copy.paths?.[where])[method.toLowerCase()];
    const [typescript, curl] = operation["x-codeSamples"] as { source: string }[];
    return { TypeScript: packed(typescript?.source), curl: packed(curl?.source) };
  };
}

/** The page breaks lines in its own way. */
function packed(text: string | null = ""): string {
  return (text ?? "").replaceAll(/\s/g, "");
}

function addressOf(place: "a file" | "a server"): string {
  return place === "a file" ? pathToFileURL(path.join(folder, "index.html")).href : `${server.origin}/`;
}

describe.each(["a file", "a server"] as const)("opened from %s", (place) => {
  // With its policy out of the way the page could ask whom it likes: it must not even try.
  test.each([{ bypassCSP: false }, { bypassCSP: true }])("it causes no request beyond itself, %o", async (policy) => {
    await using opened = await open(policy);
    const { page, requests, complaints } = opened;
    await page.goto(addressOf(place));
    await headingOf(page, "Quick start").waitFor();
    await page.context().setOffline(true);
    await openOperation(page, operations[0] as Place);
    await headingOf(page, operations[0]?.operation.summary ?? "").press("End");
    await (await openSearch(page, "cameras")).getByRole("link", { name: "List cameras" }).first().waitFor();
    expect(requests).toEqual([addressOf(place)]);
    expect(complaints).toEqual([]);
  });
});

test("a page that did ask another host would be found out", async () => {
  await writeFile(path.join(folder, "asking.html"), '<img src="https://cdn.example.com/logo.svg">');
  await using opened = await open();
  await opened.page.goto(pathToFileURL(path.join(folder, "asking.html")).href);
  expect(opened.requests).toContain("https://cdn.example.com/logo.svg");
  await expect.poll(() => opened.complaints.length).toBeGreaterThan(0);
});

test("the first page is the quick start, below title and version", async () => {
  await using opened = await open();
  const { page } = opened;
  await page.goto(addressOf("a file"));
  const headings = page.locator("h1, h2");
  await expect.poll(() => headings.allInnerTexts()).toContain("Quick start");
  expect((await headings.allInnerTexts()).slice(0, 2)).toEqual([
    `${document.info.title} (${document.info.version})`,
    "Quick start",
  ]);
  expect(await page.title()).toBe(document.info.title);
  const text = await page.locator("main").textContent();
  expect(text).toContain("curl https://my.angelcam.com/oauth/token/");
  expect(text).toContain('from "angelcam-client"');
});

test("the menu leads to sign-in, limits, pages and errors", async () => {
  await using opened = await open();
  const { page } = opened;
  await page.goto(addressOf("a file"));
  for (const name of ["Sign in", "Limits", "Pages", "Errors"]) {
    await page.locator(".menu-content").getByText(name, { exact: true }).click();
    await headingOf(page, name).waitFor();
  }
  expect(opened.complaints).toEqual([]);
});

/** Opening all of them takes two minutes: `npm run verify` does so, and `npm test` opens one in thirty. */
const opened = operations.filter((_, index) => process.env.EVERY_OPERATION !== undefined || index % 30 === 0);

test(`${opened.length} operations are there, with a sample in TypeScript and one for curl`, async () => {
  await using watched = await open({ bypassCSP: true });
  const { page, requests, complaints } = watched;
  await page.goto(addressOf("a file"));
  // The language that a reader has chosen stays chosen, from operation to operation.
  const samplesOf = await readSamples();
  let [chosen, other]: ["TypeScript", "curl"] | ["curl", "TypeScript"] = ["TypeScript", "curl"];
  for (const known of opened) {
    const samples = (await openOperation(page, known)).locator(".panel-request-samples").first();
    await expect.poll(() => samples.textContent()).toContain(known.path);
    await expect.poll(async () => packed(await samples.textContent())).toContain(samplesOf(known)[chosen]);
    await samples.getByRole("button", { name: chosen, exact: true }).click();
    await page.getByRole("menuitem", { name: other, exact: true }).click();
    await expect.poll(async () => packed(await samples.textContent())).toContain(samplesOf(known)[other]);
    [chosen, other] = chosen === "curl" ? ["TypeScript", "curl"] : ["curl", "TypeScript"];
  }
  expect(requests).toEqual([addressOf("a file")]);
  expect(complaints).toEqual([]);
});

test("a link in the menu leads to its page in a new tab too", async () => {
  await using opened = await open();
  const { page } = opened;
  await page.goto(addressOf("a server"));
  const links = page.locator(".menu-content a[href]:not([href^='http'])");
  await links.first().waitFor();
  for (const href of await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""))) {
    expect(href).toMatch(/^#\//);
  }
  await page.goto(new URL("#/errors", addressOf("a server")).href);
  await headingOf(page, "Errors").waitFor();
});

test.each([1400, 390])(
  "it fits a window of %i pixels, and is there to be looked at in dist/screenshots",
  async (width) => {
    await mkdir(SCREENSHOTS, { recursive: true });
    for (const [name, route, title] of [
      ["quick-start", "", "Quick start"],
      ["errors", "#/errors", "Errors"],
      ["operation", "#/cameras/cameras.list", "List cameras"],
    ] as const) {
      await using opened = await open({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
      const { page } = opened;
      await page.goto(`${addressOf("a file")}${route}`);
      const heading = headingOf(page, title);
      await expect.poll(async () => (await heading.boundingBox())?.y).toSatisfy((y) => y > 0 && y < 400);
      await page.screenshot({ path: path.join(SCREENSHOTS, `docs-${name}-${width}.png`), animations: "disabled" });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    }
  },
);

test("the same document gives the same bytes", async () => {
  const [first, second] = await Promise.all([renderDocs(), renderDocs()]);
  expect(first === second).toBe(true);
});

test("the page says nothing of the machine that it was built on", () => {
  expect(html).not.toContain(process.cwd());
  expect(html).not.toContain(tmpdir() + path.sep);
});
