import { readFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { withCodeSamples } from "../../scripts/docs/code-samples.ts";
import { Links } from "../../scripts/docs/reference/links.ts";
import { chaptersOf, type DocsDocument, outline } from "../../scripts/docs/reference/outline.ts";
import { referencePage } from "../../scripts/docs/reference/reference-page.ts";
import { llmsFullText, llmsText } from "../../scripts/docs/text/llms.ts";
import { markdownFiles } from "../../scripts/docs/text/operation-files.ts";
import { find, flatten, operationsOf, readDocument, resolve } from "../spec/document.ts";
import { ROOT } from "../support/docs-site.ts";

const bare = readDocument();
const operations = operationsOf(bare);

let document: DocsDocument;
let html: string;
let files: Map<string, string>;

beforeAll(async () => {
  const generated = bare as unknown as DocsDocument;
  document = await withCodeSamples(generated, path.join(ROOT, "spec/samples"));
  html = referencePage(document, await readFile(path.join(ROOT, "scripts/docs/reference/reference.css"), "utf8"));
  files = markdownFiles(document);
});

/** The part of the reference that tells of an operation. */
function articleOf(id: string): string {
  const [, article = ""] = new RegExp(`<article>\\s*<h3 id="operation/${id}">([\\s\\S]*?)</article>`).exec(html) ?? [];
  return decoded(article);
}

/** HTML as a reader sees it, nearly. */
function decoded(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

describe("the plain reference", () => {
  test("needs no script, no other file and no other host", () => {
    expect(html).not.toMatch(/<script|<link rel="stylesheet"|@import|url\(/);
    expect(html).toMatch(
      /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[^']+'; img-src data:/,
    );
    expect(html).not.toContain(" style=");
  });

  test("has each anchor once, and every link within it leads to one", () => {
    const anchors = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => decoded(id ?? ""));
    expect(anchors.length).toBeGreaterThan(operations.length);
    expect(new Set(anchors).size).toBe(anchors.length);
    const known = new Set(anchors);
    const links = [...html.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => decodeURI(decoded(id ?? "")));
    expect(links.filter((link) => !known.has(link))).toEqual([]);
  });

  test.each(operations)("tells everything of $name", ({ path: url, method, operation }) => {
    const article = articleOf(operation.operationId);
    expect(article).toContain(operation.summary);
    expect(article).toContain(`${method} ${url}`);
    for (const parameter of operation.parameters ?? []) {
      expect(article).toContain(`<code>${resolve(bare, parameter).name}</code>`);
    }
    for (const [status, answer] of Object.entries(operation.responses)) {
      expect(article).toContain(`id="operation/${operation.operationId}/${status}"`);
      for (const media of Object.values(resolve(bare, answer).content ?? {})) {
        for (const example of Object.values(media.examples ?? {})) {
          expect(article).toContain(JSON.stringify(resolve(bare, example).value, null, 2));
        }
      }
    }
    for (const media of Object.values(operation.requestBody?.content ?? {})) {
      for (const example of Object.values(media.examples ?? {})) {
        expect(article).toContain(JSON.stringify(resolve(bare, example).value, null, 2));
      }
    }
    for (const label of ["TypeScript", "curl", "Python"]) expect(article).toContain(`<strong>${label}</strong>`);
  });

  test.each(Object.keys(bare.components.schemas))("tells every field of %s", (name) => {
    const [, article = ""] = new RegExp(`<h3 id="schema/${name}">([\\s\\S]*?)</article>`).exec(html) ?? [];
    const schema = flatten(bare, find(bare, `#/components/schemas/${name}`) as object);
    for (const field of Object.keys(schema.properties ?? {})) expect(article).toContain(`<code>${field}</code>`);
    for (const kind of schema.oneOf ?? []) {
      const title = resolve(bare, kind).title;
      if (title !== undefined) expect(article).toContain(title);
    }
    expect(article).toContain(name);
  });

  test("an operation's own file tells the fields of each kind that a body may be", () => {
    const text = files.get("operations/oauth.createToken.md") ?? "";
    for (const field of ["`password`", "`redirect_uri`", "`refresh_token`"]) expect(text).toContain(`| ${field} |`);
  });

  test("a guide's links lead to its anchors", () => {
    const text = "# Start\n\n[a](#operation/cameras.list), [b](#tag/sign-in/renewing-tokens), [c](openapi.json)";
    const page = referencePage({ ...document, info: { ...document.info, description: text } }, "");
    for (const link of ['"#operation/cameras.list">a', '"#tag/sign-in/renewing-tokens">b', '"openapi.json">c']) {
      expect(page).toContain(`<a href=${link}</a>`);
    }
  });

  test("a link that leads nowhere stops the build, and is named", () => {
    const broken = { ...document, info: { ...document.info, description: "# Start\n\nSee [this](#tag/nowhere)." } };
    expect(() => referencePage(broken, "")).toThrow("The docs have a link to #tag/nowhere, which leads nowhere");
  });
});

describe("the Markdown files", () => {
  test("there is one an operation, one a guide, and an index", () => {
    for (const { operation } of operations) expect(files.has(`operations/${operation.operationId}.md`)).toBe(true);
    const guides = chaptersOf(outline(document)).filter(({ isGuide }) => isGuide);
    expect(guides.length).toBeGreaterThan(4);
    for (const { id } of guides) expect(files.has(`guides/${id}.md`)).toBe(true);
    for (const { operation } of operations) {
      expect(files.get("operations/index.md")).toContain(`../operations/${operation.operationId}.md`);
    }
  });

  test("an operation's file stands by itself: its fields are told within it", () => {
    expect(files.get("operations/cameras.list.md")).toContain("`results[].streams[].url`");
    expect(files.get("operations/cameras.list.md")).toContain("# List cameras");
  });

  test("every link between them leads to a file", () => {
    const beside = new Set([...files.keys(), "openapi.json"]);
    let count = 0;
    for (const [file, text] of files) {
      for (const [, href = ""] of text.matchAll(/\]\(([^()\s]+)\)/g)) {
        if (/^[a-z]+:/.test(href)) continue;
        count++;
        const target = path.posix.join(path.posix.dirname(file), href.replace(/#.*$/, ""));
        expect(beside, `${file} links to ${href}`).toContain(target);
      }
    }
    expect(count).toBeGreaterThan(operations.length);
  });
});

describe("the texts for language models", () => {
  test("llms.txt has the form of llmstxt.org: a title, a summary, sections of links", () => {
    const text = llmsText(document);
    const lines = text.split("\n");
    expect(lines.slice(0, 3)).toEqual([`# ${bare.info.title}`, "", `> ${bare.info.summary}`]);
    const [, ...sections] = text.split(/^## /m);
    expect(sections.at(-1)).toMatch(/^Optional\n/);
    for (const section of sections) {
      for (const line of section.split("\n").slice(1)) expect(line).toMatch(/^$|^- \[[^\]]+\]\([^)]+\)/);
    }
    for (const { operation } of operations) expect(text).toContain(`(operations/${operation.operationId}.md)`);
  });

  test("every link of llms.txt leads to a file", () => {
    const beside = new Set([...files.keys(), "openapi.json", "llms-full.txt"]);
    for (const [, href = ""] of llmsText(document).matchAll(/^- \[[^\]]+\]\(([^)]+)\)/gm))
      expect(beside).toContain(href);
  });

  test("llms-full.txt has every operation, guide and schema", () => {
    const text = llmsFullText(document);
    for (const { operation, name } of operations) {
      expect(text).toContain(`## ${operation.summary}`);
      expect(text).toContain(name);
    }
    for (const name of Object.keys(bare.components.schemas)) expect(text).toContain(`\`${name}\``);
    for (const { title } of chaptersOf(outline(document))) expect(text).toContain(`# ${title}\n`);
  });
});

describe("links of the guides", () => {
  const links = () => new Links(outline(document), ["Camera"]);

  test.each([
    ["#tag/sign-in", { kind: "chapter", chapter: { id: "sign-in" } }],
    ["#/sign-in", { kind: "chapter", chapter: { id: "sign-in" } }],
    ["#section/Quick-start/With-curl", { chapter: { id: "quick-start" }, heading: "with-curl" }],
    ["#operation/cameras.list", { kind: "operation", operation: { id: "cameras.list" } }],
    ["#/cameras/cameras.list", { kind: "operation", operation: { id: "cameras.list" } }],
    ["#schema/Camera", { kind: "schema", name: "Camera" }],
  ])("%s is understood", (href, target) => {
    expect(links().find(href)).toMatchObject(target);
  });

  test.each(["#tag/nowhere", "#operation/cameras.nothing", "#tag/sign-in/No-such-heading", "#schema/Nothing", "#"])(
    "%s is refused",
    (href) => {
      expect(() => links().find(href)).toThrow(`The docs have a link to ${href}, which leads nowhere`);
    },
  );

  test("what stands in a code block is no link", () => {
    const text = "[a](#tag/pages)\n\n```md\n[b](#tag/pages)\n```\n";
    expect(links().rewrite(text, () => "there")).toBe("[a](there)\n\n```md\n[b](#tag/pages)\n```\n");
  });
});
