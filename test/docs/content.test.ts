import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Content, readContent } from "../../scripts/docs/content/content.ts";
import { readGuides } from "../../scripts/docs/content/guides.ts";
import { addressOf, rewriteLinks } from "../../scripts/docs/content/links.ts";
import { markdownFiles } from "../../scripts/docs/content/markdown-files.ts";
import { operationLinks } from "../../scripts/docs/content/operation-links.ts";
import { staticPages } from "../../scripts/docs/site/pages.ts";
import * as client from "../../src/index.ts";
import * as webhooks from "../../src/webhooks/index.ts";
import { find, flatten, operationsOf, readDocument, resolve } from "../spec/document.ts";
import { ROOT } from "../support/docs-site.ts";
import { testAll } from "../support/test-all.ts";

const bare = readDocument();
const operations = operationsOf(bare);

/** The guides whose names the reader questions use. */
const NAMES =
  "quick-start sign-in frameworks limits pages errors live-view footage clips alarms webhooks testing migrate".split(
    " ",
  );

let content: Content;
let files: Map<string, string>;
let pages: Map<string, string>;

beforeAll(async () => {
  content = await readContent(ROOT);
  files = markdownFiles(content);
  pages = staticPages(content);
});

/** HTML as a reader sees it: code without the spans of its colours. */
function decoded(html: string): string {
  return html
    .replaceAll(/<\/?span\b[^>]*>/g, "")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

describe("the static pages", () => {
  testAll("have everything about each operation", operations, "$name", ({ path: url, method, operation }) => {
    const page = decoded(pages.get(`operations/${operation.operationId}.html`) ?? "");
    expect(page).toContain(operation.summary);
    expect(page).toContain(`${method} ${url}`);
    for (const parameter of operation.parameters ?? []) {
      expect(page).toContain(`<code>${resolve(bare, parameter).name}</code>`);
    }
    const media = [
      ...Object.values(operation.responses).flatMap((response) => Object.values(resolve(bare, response).content ?? {})),
      ...Object.values(operation.requestBody?.content ?? {}),
    ];
    for (const example of media.flatMap(({ examples = {} }) => Object.values(examples))) {
      expect(page).toContain(JSON.stringify(resolve(bare, example).value, null, 2));
    }
    for (const label of ["TypeScript", "curl", "Python"]) expect(page).toContain(`<strong>${label}</strong>`);
    for (const status of Object.keys(operation.responses)) expect(page).toContain(`>${status} <a`);
  });

  testAll("have every field of each schema", Object.keys(bare.components.schemas), "$", (name) => {
    const page = decoded(pages.get(`schemas/${name}.html`) ?? "");
    const schema = flatten(bare, find(bare, `#/components/schemas/${name}`) as object);
    for (const field of Object.keys(schema.properties ?? {})) expect(page).toContain(`<code>${field}</code>`);
    expect(page).toContain(name);
  });

  test("have each anchor once, and every link leads to a page and an anchor", () => {
    const outside = new Set(["index.html", "reference.html", "playground.html", "changes.html", "files.html"]);
    const anchors = new Map([...pages].map(([file, html]) => [file, idsOf(html)]));
    const lost: string[] = [];
    for (const [file, html] of pages) {
      const ids = anchors.get(file) ?? [];
      if (new Set(ids).size !== ids.length) lost.push(`${file} has an anchor twice`);
      for (const [, href = ""] of html.matchAll(/ href="([^"]*)"/g)) {
        if (/^(https|mailto|data):/.test(href)) continue;
        const [page = "", anchor] = decoded(href).split("#");
        const target = page === "" ? file : path.posix.join(path.posix.dirname(file), page);
        const isFile = outside.has(target) || target.startsWith("assets/") || files.has(target);
        if (!isFile && !anchors.has(target)) lost.push(`${file} links to ${href}`);
        else if (anchor && anchors.has(target) && !anchors.get(target)?.includes(decodeURIComponent(anchor))) {
          lost.push(`${file} links to ${href}: no such anchor`);
        }
      }
    }
    expect([...new Set(lost)]).toEqual([]);
  });

  test("have a title of their own, a description, and a policy without inline scripts of others", () => {
    const titles = [...pages].map(([file, html]) => `${/<title>([^<]*)</.exec(html)?.[1]} ${file.split("/")[0]}`);
    expect(new Set(titles).size).toBe(titles.length);
    for (const [file, html] of pages) {
      expect(/<meta name="description" content="([^"]+)"/.exec(html)?.[1], file).toMatch(/\w{3}/);
      const [, policy = ""] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
      expect(policy, file).toMatch(/^default-src 'none'; script-src 'self' 'sha256-[^']+'; style-src 'self'; /);
      expect(html, file).not.toMatch(/ style="| on\w+="/);
    }
  });
});

describe("the guides", () => {
  test("have the names that readers are sent to", () => {
    expect(content.guides.map(({ name }) => name)).toEqual(expect.arrayContaining(NAMES));
  });

  test("have an outline, the previous and the next guide, and their Markdown for the clipboard", () => {
    const page = pages.get("guides/limits.html") ?? "";
    expect(page).toContain('<li class="level-2"><a href="#when-you-exceed-the-rate-limit-429">');
    expect(page).toMatch(/rel="prev" href="\.\.\/guides\/[\w-]+\.html"/);
    expect(page).toMatch(/rel="next" href="\.\.\/guides\/[\w-]+\.html"/);
    const [, markdown = ""] = /<template id="markdown">([\s\S]*?)<\/template>/.exec(page) ?? [];
    expect(decoded(markdown)).toBe(files.get("guides/limits.md"));
  });

  test("name helpers that the package exports, for operations that exist", () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    const helpers = content.guides.flatMap((guide) => Object.entries(guide.helpers));
    expect(helpers.length).toBeGreaterThan(15);
    for (const [id, name] of helpers) {
      expect(ids).toContain(id);
      expect({ ...client, ...webhooks }).toHaveProperty(name);
    }
  });

  test("lead to their operations, and each of these operations leads back", () => {
    expect(pages.get("guides/footage.html")).toContain("reference.html#/recordings/recordings.download");
    const { helper, guides } = operationLinks(content, "recordings.download");
    expect([helper, guides[0]?.name]).toEqual(["downloads", "footage"]);
    expect(files.get("operations/recordings.download.md")).toContain("[Footage and downloads](../guides/footage.md)");
  });

  test("have a Run link for every block that the playground can run", () => {
    for (const { name, text } of content.guides) {
      // The recipes import frameworks: test/recipes runs them with these.
      if (name.startsWith("frameworks/")) continue;
      const blocks = text.match(/^```ts$/gm)?.length ?? 0;
      const links = pages.get(`guides/${name}.html`)?.match(/playground\.html#guides\/[^"]+"/g) ?? [];
      // The block of the migration guide that does not use the client has nothing to run.
      expect(links.length, name).toBe(name === "migrate" ? blocks - 1 : blocks);
    }
  });
});

describe("a fault in the guides stops the build and is named:", () => {
  const build = async (
    texts: Record<string, string>,
    index = "- group: G\n  guides:\n    - { name: a, title: A }\n",
  ) => {
    const folder = await mkdtemp(path.join(tmpdir(), "angelcam-guides-"));
    try {
      await mkdir(path.join(folder, "a"));
      await writeFile(path.join(folder, "index.yaml"), index);
      for (const [file, text] of Object.entries(texts)) await writeFile(path.join(folder, file), text);
      return await readGuides(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

  test.each([
    ["a heading that is not the title", { "a.md": "# B\n\nText." }, /a\.md begins with "# B", not with "# A"/],
    ["no heading", { "a.md": "Text." }, /a\.md does not begin with a heading/],
    ["a file that is not in the index", { "a.md": "# A\n", "b.md": "# B\n" }, /b\.md is not in .*index\.yaml/],
    ["a guide without a file", {}, /a\.md/],
  ])("%s", async (_, texts, message) => {
    await expect(build(texts as Record<string, string>)).rejects.toThrow(message);
  });

  test("a page in a subfolder follows its guide", async () => {
    const guides = await build({ "a.md": "# A\n", "a/z.md": "# Z\n", "a/b.md": "# B\n" });
    expect(guides.map(({ name, group }) => `${group} ${name}`)).toEqual(["G a", "A a/b", "A a/z"]);
  });
});

describe("links", () => {
  const write = (text: string, from = "") => rewriteLinks(content, text, from, (target) => addressOf(target, "html"));

  test.each([
    ["limits.md", "", "guides/limits.html"],
    ["limits.md#share-the-quota", "", "guides/limits.html#share-the-quota"],
    ["../limits.md", "frameworks/express", "guides/limits.html"],
    ["#share-the-quota", "limits", "guides/limits.html#share-the-quota"],
    ["#operation/cameras.list", "", "operations/cameras.list.html"],
    ["#tag/cameras", "", "operations/index.html#cameras"],
    ["#schema/Camera", "", "schemas/Camera.html"],
    ["https://www.angelcam.com", "", "https://www.angelcam.com"],
    ["openapi.json", "", "openapi.json"],
  ])("%s in %j leads to the right page", (href, from, expected) => {
    expect(write(`[a](${href})`, from)).toBe(`[a](${expected})`);
  });

  test.each(["nowhere.md", "limits.md#nothing", "#operation/cameras.nothing", "#tag/nowhere", "#schema/Nothing"])(
    "%s stops the build and is named",
    (href) => {
      expect(() => write(`[a](${href})`)).toThrow(`The docs link to ${href}, which does not exist`);
    },
  );

  test("a link in a code block stays as it is", () => {
    expect(write("```md\n[b](limits.md)\n```\n")).toBe("```md\n[b](limits.md)\n```\n");
  });
});

describe("the Markdown files", () => {
  test("of operations are complete: the fields of named schemas are listed in place", () => {
    expect(files.get("operations/cameras.list.md")).toContain("`results[].streams[].url`");
    for (const field of ["`password`", "`redirect_uri`", "`refresh_token`"]) {
      expect(files.get("operations/oauth.createToken.md")).toContain(`| ${field} |`);
    }
  });

  test("link to files that exist", () => {
    const beside = new Set([...files.keys(), "openapi.json"]);
    let count = 0;
    for (const [file, text] of files) {
      if (file.startsWith("llms")) continue;
      for (const [, href = ""] of text.replaceAll(/^```[\s\S]*?^```$/gm, "").matchAll(/\]\(([^()\s]+)\)/g)) {
        if (/^[a-z]+:|^#/.test(href)) continue;
        count++;
        const target = path.posix.join(path.posix.dirname(file), href.replace(/#.*$/, ""));
        expect(beside, `${file} links to ${href}`).toContain(target);
      }
    }
    expect(count).toBeGreaterThan(operations.length);
  });

  test("llms.txt describes a guide by its first sentence, also where that begins with code", () => {
    expect(files.get("llms.txt")).toContain("guides/frameworks/react.md): angelcam.api is an openapi-fetch client");
  });

  test("llms.txt has the form of llmstxt.org: a title, a summary, sections of links to files", () => {
    const text = files.get("llms.txt") ?? "";
    expect(text.split("\n").slice(0, 3)).toEqual([`# ${bare.info.title}`, "", `> ${bare.info.summary}`]);
    const [, ...sections] = text.split(/^## /m);
    expect(sections.at(-1)).toMatch(/^Optional\n/);
    const beside = new Set([...files.keys(), "openapi.json"]);
    for (const line of sections.flatMap((section) => section.split("\n").slice(1))) {
      expect(line).toMatch(/^$|^- \[[^\]]+\]\([^)]+\)/);
      const [, href] = /^- \[[^\]]+\]\(([^)]+)\)/.exec(line) ?? [];
      if (href !== undefined) expect(beside).toContain(href);
    }
    for (const { operation } of operations) expect(text).toContain(`(operations/${operation.operationId}.md)`);
  });

  test("llms-full.txt has every operation, guide and schema", () => {
    const text = files.get("llms-full.txt") ?? "";
    for (const { operation } of operations) expect(text).toContain(`## ${operation.summary}`);
    for (const name of Object.keys(bare.components.schemas)) expect(text).toContain(`\`${name}\``);
    for (const { title } of content.guides) expect(text).toContain(`# ${title}\n`);
  });
});

test("the words of the guides are those of the field", () => {
  const banned = /\b(renewals?|renewed token|in line|answers? with|repetitions?|anew|mend|whoever)\b/i;
  for (const { name } of content.guides) {
    const text = readFileSync(path.join(ROOT, "spec/guides", `${name}.md`), "utf8").replaceAll(
      /^```[\s\S]*?^```$/gm,
      "",
    );
    expect(banned.exec(text)?.[0], name).toBeUndefined();
  }
});

function idsOf(html: string): string[] {
  return [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => decoded(id ?? ""));
}
