import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { slug } from "github-slugger";
import { marked } from "marked";
import { parse } from "yaml";

/** A guide of `spec/guides`. */
export interface Guide {
  /** The path below `guides/`, without its extension: `limits`, `frameworks/express`. */
  readonly name: string;
  readonly title: string;
  /** The heading that the menu shows above it. */
  readonly group: string;
  /** Words that readers search for, separated by commas. */
  readonly keywords: string;
  /** For an operation the function of the client that does the same and more. */
  readonly helpers: Readonly<Record<string, string>>;
  /** Markdown with headings from the second level on. */
  readonly text: string;
  /** How often the text names each operation, and whatever else has the form of one. */
  readonly mentions: ReadonlyMap<string, number>;
}

/** A heading of a guide and the Markdown up to the next heading. The first section has no heading. */
export interface Section {
  readonly title: string;
  /** The anchor of the heading; empty for the first section. */
  readonly anchor: string;
  readonly text: string;
}

interface IndexGroup {
  readonly group: string;
  readonly guides: readonly (Pick<Guide, "name" | "title"> & Partial<Guide>)[];
}

/**
 * Reads the guides in the order of `index.yaml`. The pages in the folder of a guide follow it.
 *
 * @param folder `spec/guides`.
 * @throws Error naming a guide that has no file, or a file that no guide of the index has a place for.
 */
export async function readGuides(folder: string): Promise<Guide[]> {
  const groups = parse(await readFile(path.join(folder, "index.yaml"), "utf8")) as IndexGroup[];
  const listed = groups.flatMap(({ group, guides }) => guides.map((guide) => ({ ...guide, group })));
  const files = (await readdir(folder, { recursive: true })).map((file) => file.replaceAll(path.sep, "/")).toSorted();
  const names = files.filter((file) => file.endsWith(".md")).map((file) => file.slice(0, -3));
  const lost = names.find((name) => !listed.some((guide) => guide.name === rootOf(name)));
  if (lost !== undefined) throw new Error(`spec/guides/${lost}.md is not in spec/guides/index.yaml`);
  const guides = listed.flatMap((guide) => {
    const below = names.filter((name) => name !== guide.name && rootOf(name) === guide.name);
    return [guide, ...below.map((name) => ({ name, group: guide.title }))];
  });
  return Promise.all(guides.map((guide) => readGuide(folder, guide)));
}

/** `frameworks` for `frameworks/express`. */
export function rootOf(name: string): string {
  return name.split("/")[0] ?? name;
}

/** The first paragraph as plain text: the description of the page. */
export function summaryOf({ text }: Guide): string {
  return plainText(marked.lexer(text).find(({ type }) => type === "paragraph")?.raw ?? "");
}

/** Splits a guide at its headings of the second and third level. */
export function sectionsOf({ text }: Guide): Section[] {
  const sections = [{ title: "", anchor: "", text: "" }];
  for (const token of marked.lexer(text)) {
    const title = token.type === "heading" && token.depth < 4 ? plainText(token.text) : "";
    const last = sections.at(-1);
    if (title !== "") sections.push({ title, anchor: slug(title), text: "" });
    else if (last) last.text += token.raw;
  }
  return sections;
}

/** Markdown without its marks, on one line. Code blocks are left out. */
export function plainText(markdown: string): string {
  return markdown
    .replaceAll(/^```[\s\S]*?^```$/gm, " ")
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/^\|[\s|:-]+\|$/gm, " ")
    .replaceAll(/<br>|\s\|\s|^\||\|$/gm, " ")
    .replaceAll(/[*`]|^[#>-]+ /gm, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

async function readGuide(folder: string, guide: Pick<Guide, "name" | "group"> & Partial<Guide>): Promise<Guide> {
  const file = `spec/guides/${guide.name}.md`;
  const source = await readFile(path.join(folder, `${guide.name}.md`), "utf8");
  const [, title = "", text = ""] = /^# (.+)\n([\s\S]*)$/.exec(source) ?? [];
  if (title === "") throw new Error(`${file} does not begin with a heading of the first level`);
  const expected = guide.title ?? title;
  if (title !== expected) throw new Error(`${file} begins with "# ${title}", not with "# ${expected}"`);
  return { keywords: "", helpers: {}, ...guide, title, text: text.trim(), mentions: mentionsIn(text) };
}

function mentionsIn(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, called, named] of text.matchAll(/\bangelcam\.([\w.]+)\(|(?:#operation\/|`)([\w.]+)/g)) {
    const id = called ?? named ?? "";
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
