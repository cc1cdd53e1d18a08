import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse, stringify } from "yaml";
import { withCodeSamples } from "./code-samples.ts";
import { type DocsFile, withOwnChapters } from "./own-chapters.ts";
import { redoc } from "./page/redoc.ts";
import { selfContained } from "./page/self-contained.ts";
import { readDocument } from "./read-document.ts";
import type { DocsDocument } from "./reference/outline.ts";
import { referencePage } from "./reference/reference-page.ts";
import { llmsFullText, llmsText } from "./text/llms.ts";
import { markdownFiles } from "./text/operation-files.ts";

/** What the docs are made from. */
export interface DocsSources {
  /** The root of the repository. */
  readonly root: string;
  /** Finished pages to put beside the others, by their path. */
  readonly pages?: ReadonlyMap<string, DocsPage>;
}

/** A finished page or picture beside the others. */
export interface DocsPage {
  readonly about: string;
  readonly text: string;
}

const FILES: readonly DocsFile[] = [
  { path: "reference.html", about: "everything on one plain page: to print, and to read without JavaScript" },
  { path: "openapi.json", about: "the OpenAPI 3.1 document, in one piece" },
  { path: "openapi.yaml", about: "the same as YAML" },
  { path: "llms.txt", about: "what there is to read, for language models" },
  { path: "llms-full.txt", about: "all of it in one text, for language models" },
  { path: "operations/index.md", about: "one Markdown file an operation" },
];

/**
 * Every file of the documentation as text, by its path: the page, the plain reference, and the same for programs.
 * The same sources give the same files.
 *
 * @throws MissingDocumentError where the document has not been generated.
 */
export async function renderDocs({ root, pages = new Map() }: DocsSources): Promise<Map<string, string>> {
  const bare = await readDocument(path.join(root, "generated/openapi.json"));
  const others = [...(await workflowsOf(root)), ...(await chartOf(root)), ...pages];
  const files = [...FILES, ...others.map(([file, { about }]) => ({ path: file, about }))];
  const sampled = await withCodeSamples(bare, path.join(root, "spec/samples"));
  const document = withOwnChapters(sampled, { ...(await ownTexts(root)), files });
  return new Map([
    ["index.html", await mainPage(document)],
    ["reference.html", referencePage(document, await asset("reference/reference.css"))],
    ["openapi.json", `${JSON.stringify(bare, null, 2)}\n`],
    ["openapi.yaml", stringify(bare, { aliasDuplicateObjects: false, lineWidth: 120 })],
    ["llms.txt", llmsText(document)],
    ["llms-full.txt", llmsFullText(document)],
    ...markdownFiles(document),
    ...others.map(([file, { text }]) => [file, text] as const),
  ]);
}

/** Writes files into a folder, and takes away what was there before. */
export async function writeDocs(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const subfolder of new Set([...files.keys()].map((file) => path.dirname(path.join(folder, file))))) {
    await mkdir(subfolder, { recursive: true });
  }
  await Promise.all([...files].map(([file, text]) => writeFile(path.join(folder, file), text)));
}

async function mainPage(document: DocsDocument): Promise<string> {
  const [page, style, script] = await Promise.all([redoc(document), asset("page/style.css"), asset("page/mend.js")]);
  return selfContained(page, { style, script });
}

async function ownTexts(root: string): Promise<{ changeLog: string; clientVersion: string }> {
  const [changeLog, manifest] = await Promise.all([
    readFile(path.join(root, "CHANGELOG.md"), "utf8"),
    readFile(path.join(root, "package.json"), "utf8"),
  ]);
  const { version: clientVersion } = JSON.parse(manifest) as { version: string };
  return { changeLog, clientVersion };
}

/** The chart of the benchmarks, where it has been drawn. */
async function chartOf(root: string): Promise<Map<string, DocsPage>> {
  const svg = await orNothing(readFile(path.join(root, "scripts/bench/overhead.svg"), "utf8"));
  const about = "what a call costs, beside other clients";
  return new Map(svg === undefined ? [] : [["benchmarks.svg", { about, text: svg }]]);
}

/** The Arazzo workflows. The document that they call is one folder up, here as in `spec`. */
async function workflowsOf(root: string): Promise<Map<string, DocsPage>> {
  const folder = path.join(root, "spec/workflows");
  const names = ((await orNothing(readdir(folder))) ?? []).filter((name) => name.endsWith(".arazzo.yaml"));
  const workflows = names.toSorted().map(async (name) => {
    const text = await readFile(path.join(folder, name), "utf8");
    const { info } = parse(text) as { info: { summary?: string; title: string } };
    return [`workflows/${name}`, { about: `an Arazzo workflow: ${info.summary ?? info.title}`, text }] as const;
  });
  return new Map(await Promise.all(workflows));
}

function asset(file: string): Promise<string> {
  return readFile(path.join(import.meta.dirname, file), "utf8");
}

/** What is not there is no error here. */
async function orNothing<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
