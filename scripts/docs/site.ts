import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse, stringify } from "yaml";
import { buildCameraGrid } from "../camera-grid/main.ts";
import { browserBundle } from "../shared/browser-bundle.ts";
import { readDocument } from "../shared/read-document.ts";
import { readContent } from "./content/content.ts";
import { markdownFiles } from "./content/markdown-files.ts";
import { playgroundFiles } from "./playground/files.ts";
import { searchEntries } from "./search/entries.ts";
import { staticPages, textPage } from "./site/pages.ts";
import { referencePage } from "./site/reference-page.ts";
import { renderPage, type SitePage } from "./site/shell.ts";
import { startPage } from "./site/start-page.ts";

/** The root of the repository. */
const ROOT = path.resolve(import.meta.dirname, "../..");

/** A finished file beside the pages. */
interface OtherFile {
  readonly file: string;
  readonly about: string;
  readonly text: string;
}

const FILES: readonly Omit<OtherFile, "text">[] = [
  { file: "openapi.json", about: "the OpenAPI 3.1 document, in one piece" },
  { file: "openapi.yaml", about: "the same as YAML" },
  { file: "llms.txt", about: "the list of what there is to read, for language models" },
  { file: "llms-full.txt", about: "all of it in one text, for language models" },
  { file: "operations/index.md", about: "one Markdown file for each operation" },
  { file: "operations/index.html", about: "the operations as pages that need no JavaScript" },
];

/**
 * Every file of the docs as text, by its path. The same sources give the same files.
 *
 * @throws MissingDocumentError where the document has not been generated.
 */
export async function renderDocs(): Promise<Map<string, string>> {
  const content = await readContent(ROOT);
  const bare = await readDocument(path.join(ROOT, "generated/openapi.json"));
  const others = await otherFiles();
  const pages = [await changesPage(), filesPage(bare.info.version, others), startPage(content)];
  return new Map([
    ...pages.map((page) => [page.path, renderPage(content, page)] as const),
    ...staticPages(content),
    ["reference.html", await referencePage(content)],
    ...(await playgroundFiles(content)),
    ...(await assets()),
    ["assets/search-index.js", `globalThis.searchEntries=${JSON.stringify(searchEntries(content))}\n`],
    ...markdownFiles(content),
    ["openapi.json", `${JSON.stringify(bare, null, 2)}\n`],
    ["openapi.yaml", stringify(bare, { aliasDuplicateObjects: false, lineWidth: 120 })],
    ...others.map(({ file, text }) => [file, text] as const),
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

/** Styles and scripts. */
async function assets(): Promise<Map<string, string>> {
  const folder = path.join(import.meta.dirname, "site");
  const names = ["site.css", "redoc.css"];
  const files = names.map(async (name) => [`assets/${name}`, await readFile(path.join(folder, name), "utf8")] as const);
  const script = await browserBundle(path.join(folder, "browser/main.ts"), { format: "iife" });
  return new Map([...(await Promise.all(files)), ["assets/site.js", script]]);
}

async function changesPage(): Promise<SitePage> {
  const text = await readFile(path.join(ROOT, "CHANGELOG.md"), "utf8");
  const markdown = text.replace(/^# .*/, "# Change log");
  return textPage("changes.html", markdown, { description: "Changes of the client and the document." });
}

function filesPage(version: string, others: readonly OtherFile[]): SitePage {
  const markdown = `# Files and versions

This is version ${version} of the OpenAPI document. Everything here is made from it and from the guides:

| File | Content |
| --- | --- |
${[...FILES, ...others].map(({ file, about }) => `| [${file}](${file}) | ${about} |`).join("\n")}`;
  return textPage("files.html", markdown, { description: "The document and the docs in other forms." });
}

/** The Arazzo workflows, the chart of the benchmarks and the camera grid. */
async function otherFiles(): Promise<OtherFile[]> {
  const read = (file: string) => readFile(path.join(ROOT, file), "utf8");
  const names = (await readdir(path.join(ROOT, "spec/workflows"))).filter((name) => name.endsWith(".arazzo.yaml"));
  // The document that the workflows call is one folder up, here as in `spec`.
  const workflows = names.toSorted().map(async (name) => {
    const text = await read(`spec/workflows/${name}`);
    const { info } = parse(text) as { info: { summary?: string; title: string } };
    return { file: `workflows/${name}`, about: `an Arazzo workflow: ${info.summary ?? info.title}`, text };
  });
  const grid = "a grid of cameras on the client and the sandbox: an example to look at and to read";
  return [
    ...(await Promise.all(workflows)),
    {
      file: "benchmarks.svg",
      about: "what a call costs, beside other clients",
      text: await read("scripts/bench/overhead.svg"),
    },
    { file: "camera-grid.html", about: grid, text: await buildCameraGrid() },
  ];
}
