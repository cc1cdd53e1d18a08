import { expect } from "vitest";
import { type DocsSite, search } from "../support/docs-site.ts";

/** How a page is opened: from the server of the docs, or from the disk. */
export type Scheme = "http" | "file";

/** The address of a page of the docs, with its anchor. */
export function addressOf(site: DocsSite, file: string, scheme: Scheme): string {
  const [name = "", hash] = file.split("#");
  const url = scheme === "file" ? site.fileAddress(name) : site.address + name;
  return hash === undefined ? url : `${url}#${hash}`;
}

/** Opens a page, and expects its heading, a search, no request to another host and no complaint of the browser. */
export async function expectShown(site: DocsSite, file: string, heading: string, scheme: Scheme): Promise<void> {
  await using opened = await site.open();
  const { page, requests, complaints } = opened;
  await page.goto(addressOf(site, file, scheme));
  await page.getByRole("heading", { name: heading, exact: false }).first().waitFor();
  if (file.startsWith("playground")) await page.locator("html[data-playground=ready]").waitFor();
  await search(page, "429");
  const root = addressOf(site, "index.html", scheme).replace("index.html", "");
  expect(requests.filter((url) => !url.startsWith(root))).toEqual([]);
  expect(complaints).toEqual([]);
}
