import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse, stringify } from "yaml";
import { browserBundle } from "../shared/browser-bundle.ts";
import { readDocument } from "../shared/read-document.ts";
import { markdownFiles } from "./content/markdown-files.ts";
import type { Content } from "./content/outline.ts";
import { readContent } from "./content/read-content.ts";
import { playgroundFiles } from "./playground/files.ts";
import { searchEntries } from "./search/entries.ts";
import { staticPages, textPage } from "./site/pages.ts";
import { referencePage } from "./site/reference-page.ts";
import { renderPage, type SitePage } from "./site/shell.ts";
import { startPage } from "./site/start-page.ts";

/** The sources of the docs. */
export interface DocsSources {
  /** The root of the repository. */
  readonly root: string;
  /** Finished pages to put beside the others, by their path. */
  readonly pages?: ReadonlyMap<string, DocsPage>;
}

/** A finished file beside the pages. */
export interface DocsPage {
  readonly about: string;
  readonly text: string;
}

const FILES: readonly (readonly [file: string, about: string])[] = [
  ["openapi.json", "the OpenAPI 3.1 document, in one piece"],
  ["openapi.yaml", "the same as YAML"],
  ["llms.txt", "the list of what there is to read, for language models"],
  ["llms-full.txt", "all of it in one text, for language models"],
  ["operations/index.md", "one Markdown file for each operation"],
  ["operations/index.html", "the operations as pages that need no JavaScript"],
];

/**
 * Every file of the docs as text, by its path. The same sources give the same files.
 *
 * @throws MissingDocumentError where the document has not been generated.
 */
export async function renderDocs({ root, pages = new Map() }: DocsSources): Promise<Map<string, string>> {
  const content = await readContent(root);
  const bare = await readDocument(path.join(root, "generated/openapi.json"));
  const others = [...(await workflowsOf(root)), ...(await chartOf(root)), ...pages];
  const texts = [await changesPage(root, content), filesPage(content, others), startPage(content)];
  return new Map([
    ...texts.map((page) => [page.path, renderPage(content, page)] as const),
    ...staticPages(content),
    ["reference.html", await referencePage(content)],
    ...(await playgroundFiles(content)),
    ...(await assets(content)),
    ...markdownFiles(content),
    ["openapi.json", `${JSON.stringify(bare, null, 2)}\n`],
    ["openapi.yaml", stringify(bare, { aliasDuplicateObjects: false, lineWidth: 120 })],
    ...others.map(([file, { text }]) => [file, text] as const),
  ]);
}

/** Writes files into a folder, and removes the previous ones. */
export async function writeDocs(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const subfolder of new Set([...files.keys()].map((file) => path.dirname(path.join(folder, file))))) {
    await mkdir(subfolder, { recursive: true });
  }
  await Promise.all([...files].map(([file, text]) => writeFile(path.join(folder, file), text)));
}

/** Styles, scripts and the search index. */
async function assets(content: Content): Promise<Map<string, string>> {
  const folder = path.join(import.meta.dirname, "site");
  const read = (file: string) => readFile(path.join(folder, file), "utf8");
  const [siteStyle, redocStyle, redocScript, siteScript] = await Promise.all([
    read("site.css"),
    read("redoc.css"),
    read("redoc.js"),
    browserBundle(path.join(folder, "browser/main.ts"), { format: "iife" }),
  ]);
  const index = `globalThis.searchEntries=${JSON.stringify(searchEntries(content))}\n`;
  return new Map([
    ["assets/site.css", siteStyle],
    ["assets/redoc.css", redocStyle],
    ["assets/redoc.js", redocScript],
    ["assets/site.js", siteScript],
    ["assets/search-index.js", index],
  ]);
}

async function changesPage(root: string, content: Content): Promise<SitePage> {
  const text = await readFile(path.join(root, "CHANGELOG.md"), "utf8");
  return textPage(
    content,
    "changes.html",
    text.replace(/^# .*/, "# Change log"),
    "Changes of the client and the document.",
  );
}

function filesPage(content: Content, others: readonly (readonly [string, DocsPage])[]): SitePage {
  const rows = [...FILES, ...others.map(([file, { about }]) => [file, about] as const)];
  const text = `# Files and versions

This is version ${content.document.info.version} of the OpenAPI document. Everything here is made from it and from the guides:

| File | Content |
| --- | --- |
${rows.map(([file, about]) => `| [${file}](${file}) | ${about} |`).join("\n")}`;
  return textPage(content, "files.html", text, "The document and the docs in other forms.");
}

/** The chart of the benchmarks, where it has been drawn. */
async function chartOf(root: string): Promise<Map<string, DocsPage>> {
  const svg = await ifPresent(readFile(path.join(root, "scripts/bench/overhead.svg"), "utf8"));
  const about = "what a call costs, beside other clients";
  return new Map(svg === undefined ? [] : [["benchmarks.svg", { about, text: svg }]]);
}

/** The Arazzo workflows. The document that they call is one folder up, here as in `spec`. */
async function workflowsOf(root: string): Promise<Map<string, DocsPage>> {
  const folder = path.join(root, "spec/workflows");
  const names = ((await ifPresent(readdir(folder))) ?? []).filter((name) => name.endsWith(".arazzo.yaml"));
  const workflows = names.toSorted().map(async (name) => {
    const text = await readFile(path.join(folder, name), "utf8");
    const { info } = parse(text) as { info: { summary?: string; title: string } };
    return [`workflows/${name}`, { about: `an Arazzo workflow: ${info.summary ?? info.title}`, text }] as const;
  });
  return new Map(await Promise.all(workflows));
}

/** Undefined for a file that does not exist. */
async function ifPresent<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
