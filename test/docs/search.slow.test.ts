import { expect, test } from "vitest";
import { operationsOf, readDocument } from "../spec/document.ts";
import { headingOf, openDocsSite, openSearch } from "../support/docs-site.ts";

const operations = operationsOf(readDocument());
const MINUTES = 60_000;

test(`the search finds all ${operations.length} operations, by name and by path`, {
  timeout: 15 * MINUTES,
}, async () => {
  await using site = await openDocsSite();
  await using opened = await site.open();
  const { page } = opened;
  await page.goto(site.address);
  await headingOf(page, "Quick start").waitFor();
  const dialog = await openSearch(page, "");
  const missed: string[] = [];
  for (const { operation, path } of operations) {
    const address = `#/${operation.tags?.[0]}/${operation.operationId.toLowerCase()}`;
    for (const words of [operation.summary ?? "", path]) {
      await dialog.locator("input").fill(words);
      const result = dialog.locator(`a[href="${address}"], a[href^="${address}#"]`).first();
      await result.waitFor({ timeout: 20_000 }).catch(() => missed.push(`${operation.operationId} by ${words}`));
    }
  }
  expect(missed).toEqual([]);
  await dialog.locator("input").fill("certainly nowhere zxqv");
  await expect.poll(() => dialog.locator("a[href]").count()).toBe(0);
  expect(opened.complaints).toEqual([]);
});
