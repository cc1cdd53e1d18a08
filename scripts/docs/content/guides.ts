import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { slug } from "./links.ts";

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
}

/** A heading of a guide and the Markdown up to the next heading. The first section has no heading. */
export interface Section {
  readonly title: string;
  /** The anchor of the heading; empty for the first section. */
  readonly anchor: string;
  readonly level: number;
  readonly text: string;
}

interface IndexGroup {
  readonly group: string;
  readonly guides: readonly {
    readonly name: string;
    readonly title: string;
    readonly keywords?: string;
    readonly helpers?: Readonly<Record<string, string>>;
  }[];
}

/**
 * Reads the guides in the order of `index.yaml`.
 *
 * @param folder `spec/guides`.
 * @throws Error naming a guide that has no file, or a file that no guide of the index has a place for.
 */
export async function readGuides(folder: string): Promise<Guide[]> {
  const groups = parse(await readFile(path.join(folder, "index.yaml"), "utf8")) as IndexGroup[];
  const files = (await readdir(folder, { recursive: true })).map((file) => file.replaceAll(path.sep, "/")).toSorted();
  const listed = groups.flatMap(({ group, guides }) => guides.map((guide) => ({ group, ...guide })));
  const names = new Set(listed.map(({ name }) => name));
  const others = files.filter((file) => file.endsWith(".md")).map((file) => file.slice(0, -3));
  const lost = others.find((name) => !names.has(rootOf(name)));
  if (lost !== undefined) throw new Error(`spec/guides/${lost}.md is not in spec/guides/index.yaml`);
  const guides = listed.map(async ({ name, keywords = "", helpers = {}, group, title }) => {
    const { heading, text } = await readGuide(folder, name);
    if (heading !== title) throw new Error(`spec/guides/${name}.md begins with "# ${heading}", not with "# ${title}"`);
    const pages = others.filter((other) => other !== name && rootOf(other) === name);
    const below = pages.map(async (page) => {
      const { heading: pageTitle, text: pageText } = await readGuide(folder, page);
      return { name: page, title: pageTitle, group: title, keywords: "", helpers: {}, text: pageText };
    });
    return [{ name, title, group, keywords, helpers, text }, ...(await Promise.all(below))];
  });
  return (await Promise.all(guides)).flat();
}

/** `frameworks` for `frameworks/express`. */
export function rootOf(name: string): string {
  return name.split("/")[0] ?? name;
}

/** The first paragraph as plain text: the description of the page. */
export function summaryOf({ text }: Guide): string {
  const [first = ""] = /^[^\n|#`!-][^\n]*(?:\n[^\n]+)*/m.exec(text) ?? [];
  return plainText(first);
}

/** Splits a guide at its headings of the second and third level. What looks like a heading in code is code. */
export function sectionsOf({ text }: Guide): Section[] {
  const sections = [{ title: "", anchor: "", level: 1, lines: [] as string[] }];
  let inCode = false;
  for (const line of text.split("\n")) {
    if (line.startsWith("```")) inCode = !inCode;
    const [, marks = "", title = ""] = (!inCode && /^(#{2,3}) (.+)$/.exec(line)) || [];
    if (title === "") sections.at(-1)?.lines.push(line);
    else sections.push({ title: plainText(title), anchor: slug(title), level: marks.length, lines: [] });
  }
  return sections.map(({ lines, ...section }) => ({ ...section, text: lines.join("\n").trim() }));
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

async function readGuide(folder: string, name: string): Promise<{ heading: string; text: string }> {
  const source = await readFile(path.join(folder, `${name}.md`), "utf8");
  const [, heading = "", text = ""] = /^# (.+)\n([\s\S]*)$/.exec(source) ?? [];
  if (heading === "") throw new Error(`spec/guides/${name}.md does not begin with a heading of the first level`);
  return { heading, text: text.trim() };
}
