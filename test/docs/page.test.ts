import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { renderDocs } from "../../scripts/docs/folder.ts";
import { operationsOf, readDocument } from "../spec/document.ts";
import { type DocsSite, headingOf, openDocsSite, openSearch, ROOT } from "../support/docs-site.ts";

// What takes long, such as every operation and every width, is in the *.slow.test.ts beside this file.

const document = readDocument();
const [first] = operationsOf(document);

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let site: DocsSite;

beforeAll(async () => {
  site = await openDocsSite();
});

afterAll(() => site?.close());

test("a reader finds the quick start first, then an operation by the menu, and another by the search", async () => {
  await using opened = await site.open();
  const { page, requests, complaints } = opened;
  await page.goto(site.address);
  const headings = page.locator("h1, h2");
  await expect.poll(() => headings.allInnerTexts()).toContain("Quick start");
  expect((await headings.allInnerTexts()).slice(0, 2)).toEqual([
    `${document.info.title} (${document.info.version})`,
    "Quick start",
  ]);
  expect(await page.title()).toBe(document.info.title);

  // From here on it needs nobody.
  await page.context().setOffline(true);
  await page.locator(".menu-content").getByText("Errors", { exact: true }).click();
  await headingOf(page, "Errors").waitFor();
  const found = await openSearch(page, "List cameras");
  await found.getByRole("link", { name: "List cameras" }).first().click();
  await headingOf(page, "List cameras").waitFor();
  const samples = page.locator("[id='cameras/cameras.list']").locator("..").locator(".panel-request-samples").first();
  await expect.poll(() => samples.textContent()).toContain("angelcam.cameras.list");

  await page.goBack();
  await expect.poll(() => new URL(page.url()).hash).toBe("#/errors");
  await page.goForward();
  await expect.poll(() => new URL(page.url()).hash).toBe("#/cameras/cameras.list");

  expect(requests).toEqual([site.address]);
  expect(complaints).toEqual([]);
});

// With its policy out of the way the page could ask whom it likes: it must not even try.
test("opened as a file, without its policy, it asks nobody for anything", async () => {
  await using opened = await site.open({ bypassCSP: true });
  const { page, requests, complaints } = opened;
  await page.goto(site.fileAddress("index.html"));
  await headingOf(page, "Quick start").waitFor();
  await (await openSearch(page, first?.path ?? "")).getByRole("link").first().waitFor();
  expect(requests).toEqual([site.fileAddress("index.html")]);
  expect(complaints).toEqual([]);
});

test("a page that did ask another host, or broke its policy, would be found out", async () => {
  const asking = site.fileAddress("asking.html");
  const policy = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">';
  await writeFile(fileURLToPath(asking), `${policy}<img src="https://cdn.example.com/logo.svg"><script>1</script>`);
  await using opened = await site.open();
  await opened.page.goto(asking);
  expect(opened.requests).toContain("https://cdn.example.com/logo.svg");
  await expect.poll(() => opened.complaints).toContainEqual("policy: script-src-elem refuses inline");
});

test("every link of the prerendered menu leads to its chapter in a new tab too", () => {
  const html = site.files.get("index.html") ?? "";
  const prerendered = html.slice(html.indexOf('<div id="redoc">'), html.indexOf('<script type="module">'));
  const links = [...prerendered.matchAll(/ href="([^"]*)"/g)].map(([, href]) => href ?? "");
  expect(links.length).toBeGreaterThan(document.tags.length);
  for (const link of links) expect(link).toMatch(/^(#|https:|mailto:)/);
});

test("the same sources give the same bytes, in every file", async () => {
  const again = await renderDocs({ root: ROOT });
  expect([...again.keys()]).toEqual([...site.files.keys()]);
  for (const [file, text] of again) expect(text === site.files.get(file), file).toBe(true);
});

test("no file says anything of the machine that it was built on", () => {
  for (const [file, text] of site.files) {
    expect(text.includes(process.cwd()), file).toBe(false);
    expect(text.includes(`${tmpdir()}/`), file).toBe(false);
  }
});

test("the change log, the versions and the files to take home are chapters of the docs", () => {
  for (const file of ["index.html", "reference.html", "llms-full.txt"]) {
    const text = site.files.get(file) ?? "";
    expect(text, file).toContain("Keep a Changelog");
    expect(text, file).toContain(`version ${document.info.version} of the document`);
  }
  expect(JSON.parse(site.files.get("openapi.json") ?? "")).toEqual(document);
});

test("the workflows beside the page call the document beside the page", () => {
  const workflows = [...site.files].filter(([file]) => file.startsWith("workflows/"));
  expect(workflows.length).toBeGreaterThan(0);
  for (const [file, text] of workflows) {
    const { sourceDescriptions } = parse(text) as { sourceDescriptions: { url: string }[] };
    for (const { url } of sourceDescriptions) {
      expect([...site.files.keys()], file).toContain(path.posix.join("workflows", url));
    }
  }
});
