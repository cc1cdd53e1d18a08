import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { renderDocs, writeDocs } from "../../scripts/docs/site.ts";
import { serveDocs } from "../../scripts/docs-preview/serve.ts";
import { openChromium } from "./chromium.ts";

/** The root of the repository. */
export const ROOT = path.resolve(import.meta.dirname, "../..");

/** The built docs, served, and a browser to look at them. It ends with an `await using` block or with `close()`. */
export interface DocsSite extends AsyncDisposable {
  readonly files: ReadonlyMap<string, string>;
  /** `http://127.0.0.1:41891/`. */
  readonly address: string;
  /** The address of a file of the docs on the disk. */
  fileAddress(file: string): string;
  open(options?: BrowserContextOptions): Promise<WatchedPage>;
  close(): Promise<void>;
}

/** A page with every request that it sent and every problem that it reported. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page;
  readonly requests: string[];
  /** Messages of the console, uncaught errors and violations of the Content-Security-Policy. */
  readonly complaints: string[];
}

/** Builds the docs, and opens a browser for them. */
export async function openDocsSite(): Promise<DocsSite> {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-docs-test-"));
  const files = await renderDocs();
  await writeDocs(folder, files);
  const server = await serveDocs(folder, 0);
  const browser = await openChromium();
  const close = async () => {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    files,
    address: `${server.origin}/`,
    fileAddress: (file) => pathToFileURL(path.join(folder, file)).href,
    open: (options) => openPage(browser, options),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The link beside a heading is part of its accessible name, so the text has to do. */
export function headingOf(page: Page, text: string): Locator {
  return page
    .locator("h1, h2")
    .filter({ hasText: new RegExp(`^${text.replaceAll(/[^\w\s]/g, "\\$&")}\\s*(Deprecated)?$`, "i") });
}

/**
 * Goes to an anchor of the page by its address. It polls, because `evaluate` has no timeout and could hang.
 */
export async function goToHash(page: Page, hash: string): Promise<void> {
  const go = () =>
    page.waitForFunction(
      (place) => {
        location.hash = place;
        return true;
      },
      hash,
      { timeout: 60_000 },
    );
  await go().catch(go);
}

/** The text of the clipboard. A question that is left open is asked again. */
export async function readClipboard(page: Page): Promise<string> {
  for (let attempt = 0; attempt < 60; attempt++) {
    const text = await page.evaluate(() => {
      const silence = new Promise<undefined>((resolve) => setTimeout(resolve, 2_000));
      return Promise.race([navigator.clipboard.readText(), silence]);
    });
    if (text !== undefined) return text;
  }
  throw new Error("The browser never said what the clipboard holds");
}

/** Types words into the search, and returns the list of results. */
export async function search(page: Page, words: string): Promise<Locator> {
  await page.getByRole("combobox", { name: "Search the docs" }).fill(words);
  const hits = page.getByRole("listbox", { name: "Search results" });
  await hits.waitFor();
  return hits;
}

/** Opens an empty page, and watches what it does. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const [requests, complaints]: [string[], string[]] = [[], []];
  // A `blob:` or `data:` URL is no request: its content is part of the page.
  context.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url())) requests.push(request.url());
  });
  // The policy has stopped it before it left the browser.
  context.on("requestfailed", (request) => {
    const at = request.failure()?.errorText === "csp" ? requests.lastIndexOf(request.url()) : -1;
    if (at >= 0) requests.splice(at, 1);
  });
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  await context.exposeFunction("complain", (text: string) => complaints.push(text));
  await context.addInitScript(`addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    complain("policy: " + effectiveDirective + " refuses " + blockedURI))`);
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  return { page, requests, complaints, [Symbol.asyncDispose]: () => context.close() };
}
