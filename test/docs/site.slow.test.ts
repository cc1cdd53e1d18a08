import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { renderDocs } from "../../scripts/docs/site.ts";
import { readDocument } from "../spec/document.ts";
import { type DocsSite, headingOf, openDocsSite, readClipboard, search } from "../support/docs-site.ts";
import { KINDS } from "./kinds.ts";
import { addressOf, expectShown } from "./show-page.ts";

// What takes long, such as every operation, every program and every kind of page, is in the *.slow.test.ts beside this file.

const document_ = readDocument();

let site: DocsSite;

beforeAll(async () => {
  site = await openDocsSite();
});

afterAll(() => site?.close());

test.each(KINDS)("%s shows its heading, asks no other host and breaks no policy", (file, heading) =>
  expectShown(site, file, heading, "http"),
);

describe.each(["http", "file"] as const)("over %s", (scheme) => {
  test("a reader searches by keyboard alone and arrives at the section", async () => {
    await using opened = await site.open();
    const { page, complaints } = opened;
    await page.goto(addressOf(site, "index.html", scheme));
    await page.keyboard.press("Control+k");
    await page.keyboard.type("what do I do on 429");
    await page.getByRole("option").first().waitFor();
    expect(await page.getByRole("option").first().textContent()).toContain("When you exceed the rate limit (429)");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForURL(/guides\/limits\.html#when-you-exceed-the-rate-limit-429$/);
    await expect.poll(() => page.title()).toBe("Rate limits and quota · Angelcam API");
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("when-you-exceed-the-rate-limit-429");

    await page.keyboard.press("/");
    await page.keyboard.type("cameras.list");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("listbox").waitFor({ state: "hidden" });
    await page.keyboard.press("Enter");
    await page.waitForURL(/reference\.html#\/cameras\/cameras\.list$/);
    await expect.poll(() => page.title()).toBe("List cameras · Angelcam API");
    await page.goBack();
    await expect.poll(() => page.title()).toBe("Rate limits and quota · Angelcam API");
    expect(complaints).toEqual([]);
  });
});

test("every Copy button of a guide fills the clipboard with what is beside it, and says so", async () => {
  await using opened = await site.open({ permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = opened;
  await page.goto(`${site.address}guides/limits.html`);
  const blocks = page.locator(".code");
  expect(await blocks.count()).toBeGreaterThan(2);
  for (const block of await blocks.all()) {
    const button = block.getByRole("button", { name: /^Copy the \w+ code$/ });
    await button.click();
    await expect.poll(() => button.textContent()).toBe("Copied");
    expect(await readClipboard(page)).toBe(await block.locator("pre").textContent());
  }
  await page.getByRole("button", { name: "Copy as Markdown" }).click();
  const markdown = site.files.get("guides/limits.md")?.replaceAll("](../", `](${site.address}`);
  expect(markdown).toContain("/guides/errors.md#retries)");
  await expect.poll(() => readClipboard(page)).toBe(markdown);
  await expect.poll(() => page.getByRole("status").textContent()).toBe("Copied");
});

test("the response in the reference is highlighted, and its Copy button fills the clipboard with the JSON", async () => {
  await using opened = await site.open({ permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = opened;
  await page.goto(`${site.address}reference.html#/cameras/cameras.list`);
  const block = page.locator('[data-section-id="/cameras/cameras.list"] .code').first();
  await block.getByRole("button", { name: "Copy the JSON code" }).click();
  const copied = JSON.parse(await readClipboard(page)) as { results: unknown[] };
  expect(copied.results.length).toBeGreaterThan(0);
  expect(await block.locator("pre .keyword").count()).toBeGreaterThan(3);
});

test("no button of the reference is there that does nothing", async () => {
  await using opened = await site.open();
  const { page } = opened;
  await page.goto(`${site.address}reference.html#/cameras`);
  await page.getByRole("heading", { name: "Cameras" }).first().waitFor();
  const section = page.locator('[data-section-id="/cameras"]');
  await section.locator("h2").waitFor();
  expect(await section.getByRole("button", { name: "Copy" }).filter({ visible: true }).count()).toBe(0);
  expect(await page.getByTestId("search-trigger").isVisible()).toBe(false);
});

/** The list of results of a search in a guide. */
async function searchWebhooks(page: Page) {
  await page.goto(`${site.address}guides/limits.html`);
  const hits = await search(page, "webhook");
  await hits.getByRole("option").first().waitFor();
  return hits;
}

test("the list of results closes when Tab leaves it, and the arrow key opens it again", async () => {
  await using opened = await site.open();
  const { page } = opened;
  const hits = await searchWebhooks(page);
  await page.keyboard.press("Tab");
  await hits.waitFor({ state: "hidden" });
  await page.getByRole("combobox", { name: "Search the docs" }).focus();
  await page.keyboard.press("ArrowDown");
  await hits.waitFor();
  expect(await hits.getByRole("option", { selected: true }).getAttribute("id")).toBe("hit-0");
});

test("keys of an input method neither close the list of results nor choose one", async () => {
  await using opened = await site.open();
  const { page } = opened;
  const hits = await searchWebhooks(page);
  for (const key of ["ArrowDown", "Escape"]) {
    const event = { key, isComposing: true, bubbles: true };
    await page.getByRole("combobox", { name: "Search the docs" }).dispatchEvent("keydown", event);
  }
  expect(await hits.getByRole("option", { selected: true }).getAttribute("id")).toBe("hit-0");
  expect(await hits.isVisible()).toBe(true);
});

test("a search whose index cannot be loaded says so, and the next letter loads it", async () => {
  await using opened = await site.open();
  const { page } = opened;
  await page.route("**/search-index.js", (route) => route.abort());
  await page.goto(`${site.address}guides/limits.html`);
  const hits = await search(page, "webhook");
  await hits.getByText("The search cannot be loaded").waitFor();
  await page.unroute("**/search-index.js");
  await page.keyboard.type("s");
  await expect.poll(() => hits.getByRole("option").count()).toBeGreaterThan(3);
});

test("a search that is still loading says so, and Enter opens the first result when it is there", async () => {
  await using opened = await site.open();
  const { page } = opened;
  let load = () => {};
  await page.route("**/search-index.js", (route) => {
    load = () => void route.continue();
  });
  await page.goto(`${site.address}guides/limits.html`);
  const hits = await search(page, "pagination");
  await page.keyboard.press("Enter");
  expect(await hits.textContent()).toBe("Loading the search …");
  load();
  await page.waitForURL(/guides\/pages\.html/);
});

test("in forced colours the chosen result has an outline, and a long word does not widen the list", async () => {
  await using opened = await site.open({ forcedColors: "active" });
  const { page } = opened;
  const hits = await searchWebhooks(page);
  const outlines = await hits
    .getByRole("option")
    .evaluateAll((all) => all.map((one) => getComputedStyle(one).outlineStyle));
  expect(outlines.slice(0, 2)).toEqual(["solid", "none"]);
  await search(page, "x".repeat(2_000));
  await hits.getByText("Nothing found").waitFor();
  expect(await hits.evaluate((list) => list.scrollWidth - list.clientWidth)).toBe(0);
});

test.each(["guides/limits.html#100%", "reference.html#/cameras/%"])("%s opens, and its search works", async (file) => {
  await using opened = await site.open();
  const { page, complaints } = opened;
  await page.goto(site.address + file);
  const hits = await search(page, "webhook");
  await hits.getByRole("option").first().waitFor();
  expect(complaints).toEqual([]);
});

test("the reference is shown where the browser blocks storage, and the colours can be changed", async () => {
  await using opened = await site.open({ colorScheme: "light" });
  const { page, complaints } = opened;
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      const get = () => {
        throw new DOMException("blocked", "SecurityError");
      };
      Object.defineProperty(globalThis, name, { configurable: true, get });
    }
  });
  await page.goto(`${site.address}reference.html#/cameras/cameras.list`);
  await headingOf(page, "List cameras").waitFor();
  await page.getByRole("button", { name: "Switch to dark colours" }).click();
  expect(await page.evaluate("document.documentElement.classList.contains('dark')")).toBe(true);
  expect(complaints).toEqual([]);
});

describe("on a phone", () => {
  test("the menu opens, leads to another page, and closes with Escape", async () => {
    await using opened = await site.open({ viewport: { width: 390, height: 800 } });
    const { page } = opened;
    await page.goto(`${site.address}guides/limits.html`);
    const menu = page.getByRole("navigation", { name: "Contents" });
    expect(await menu.isVisible()).toBe(false);
    await page.getByRole("button", { name: "Menu" }).click();
    await menu.waitFor();
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Menu" }).click();
    await menu.getByRole("link", { name: "Pagination" }).click();
    await page.waitForURL(/guides\/pages\.html$/);
  });
});

test("the button for the colours changes them on this page and on the next", async () => {
  await using opened = await site.open({ colorScheme: "light" });
  const { page } = opened;
  await page.goto(`${site.address}guides/limits.html`);
  await page.getByRole("button", { name: "Switch to dark colours" }).click();
  const isDark = () => page.evaluate("document.documentElement.classList.contains('dark')");
  expect(await isDark()).toBe(true);
  await page.goto(`${site.address}reference.html`);
  await expect.poll(isDark).toBe(true);
});

test("without JavaScript a guide and an operation are complete, and nothing is shown that would not work", async () => {
  await using opened = await site.open({ javaScriptEnabled: false });
  const { page, complaints } = opened;
  await page.goto(`${site.address}guides/errors.html`);
  expect(await page.locator("h2").count()).toBeGreaterThan(4);
  expect(await page.getByRole("searchbox").filter({ visible: true }).count()).toBe(0);
  expect(await page.getByRole("button").filter({ visible: true }).count()).toBe(0);
  await page.goto(`${site.address}reference.html`);
  await page.getByRole("link", { name: "The list of operations" }).click();
  await page.getByRole("main").getByRole("link", { name: "List cameras", exact: true }).click();
  await page.waitForURL(/operations\/cameras\.list\.html$/);
  expect(await page.getByRole("heading", { name: "Responses" }).isVisible()).toBe(true);
  for (const file of ["reference.html", "playground.html"]) {
    await page.goto(site.address + file);
    expect(await page.getByRole("button").filter({ visible: true }).count(), file).toBe(0);
  }
  expect(complaints).toEqual([]);
});

test("a printed guide has all of its text, and nothing runs out of the paper", async () => {
  await using opened = await site.open({ viewport: { width: 700, height: 1000 } });
  const { page } = opened;
  await page.goto(`${site.address}guides/errors.html`);
  await page.emulateMedia({ media: "print" });
  const hidden = await page
    .locator("main :is(h2, p, td, pre)")
    .evaluateAll(
      (all) => all.filter((one) => one.getBoundingClientRect().height === 0 && !one.closest(".actions")).length,
    );
  expect(hidden).toBe(0);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(700);
  expect(await page.locator(".menu").isVisible()).toBe(false);
});

test("the reference is printed in light colours, also where the page is dark", async () => {
  await using opened = await site.open({ colorScheme: "dark" });
  const { page } = opened;
  await page.goto(`${site.address}reference.html#/cameras/cameras.list`);
  await headingOf(page, "List cameras").waitFor();
  await page.emulateMedia({ media: "print" });
  expect(await page.evaluate("getComputedStyle(document.documentElement).colorScheme")).toBe("light");
});

test("at 400 % the header does not stay above the text", async () => {
  await using opened = await site.open({ viewport: { width: 320, height: 256 } });
  const { page } = opened;
  await page.goto(`${site.address}guides/limits.html#other-limits`);
  await expect.poll(() => page.locator(".top").evaluate((top) => top.getBoundingClientRect().bottom)).toBeLessThan(0);
});

test.each([390, 800, 1050, 1300])(
  "%i pixels wide, no code in a table of errors is broken within a word",
  async (width) => {
    await using opened = await site.open({ viewport: { width, height: 900 } });
    const { page } = opened;
    await page.goto(`${site.address}guides/errors.html`);
    const codes = page.locator("main td code").filter({ hasNotText: /\s/ });
    expect(await codes.count()).toBeGreaterThan(40);
    const broken = await codes.evaluateAll((all) =>
      all.filter((code) => code.getClientRects().length > 1).map(({ textContent }) => textContent),
    );
    expect(broken).toEqual([]);
  },
);

test("the search is ready within two seconds", async () => {
  await using opened = await site.open();
  const { page } = opened;
  await page.goto(`${site.address}guides/limits.html`);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  await search(page, "webhook");
  const { metrics } = await devtools.send("Performance.getMetrics");
  // The work of the page itself, whatever else the machine has to do meanwhile.
  const seconds = metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
  console.log(`the first search took ${Math.round(seconds * 1000)} ms of work`);
  expect(seconds).toBeLessThan(2);
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

describe("the files", () => {
  test("are the same bytes for the same sources", async () => {
    const again = await renderDocs();
    expect([...again.keys()]).toEqual([...site.files.keys()]);
    for (const [file, text] of again) expect(text === site.files.get(file), file).toBe(true);
  });

  test("name no path of the machine that they were built on, and no host to load from", () => {
    for (const [file, text] of site.files) {
      expect(text.includes(process.cwd()), file).toBe(false);
      expect(text.includes(`${tmpdir()}/`), file).toBe(false);
    }
    expect(site.files.get("reference.html")).not.toContain("cdn.redoc.ly");
  });

  test("include the change log, the versions and the document", () => {
    expect(site.files.get("changes.html")).toContain("Keep a Changelog");
    expect(site.files.get("files.html")).toContain(`version ${document_.info.version} of the OpenAPI document`);
    expect(JSON.parse(site.files.get("openapi.json") ?? "")).toEqual(document_);
  });

  test("include workflows that call the document beside them", () => {
    const workflows = [...site.files].filter(([file]) => file.startsWith("workflows/"));
    expect(workflows.length).toBeGreaterThan(0);
    for (const [file, text] of workflows) {
      const { sourceDescriptions } = parse(text) as { sourceDescriptions: { url: string }[] };
      for (const { url } of sourceDescriptions) {
        expect([...site.files.keys()], file).toContain(path.posix.join("workflows", url));
      }
    }
  });
});
