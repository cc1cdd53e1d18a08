import type { Content, DocsOperation } from "../content/content.ts";
import { namedSchema } from "../content/fields.ts";
import { plainText, rootOf, sectionsOf } from "../content/guides.ts";
import { addressOf } from "../content/links.ts";
import { parametersOf } from "../content/parts.ts";
import type { SearchEntry } from "./engine.ts";

/** How much a kind of page counts. Guides answer questions; lists of single cases, what is deprecated and a schema seldom do. */
const WEIGHTS = { guide: 1.6, list: 1.1, operation: 1, listing: 0.8, deprecated: 0.3, schema: 0.15 };

/** Guides that list single cases, so that they hold a word of nearly every question. */
const LISTINGS: readonly string[] = ["deprecated", "testing/faults"];

/** Everything that the search finds. The responses that all operations share are left out. */
export function searchEntries(content: Content): SearchEntry[] {
  return [...guideEntries(content), ...operationEntries(content), ...schemaEntries(content)];
}

function guideEntries({ guides }: Content): SearchEntry[] {
  return guides.flatMap((guide) => {
    const root = guides.find(({ name }) => name === rootOf(guide.name)) ?? guide;
    const pageTitle = root === guide ? guide.title : `${root.title} › ${guide.title}`;
    return sectionsOf(guide).map(({ title, anchor, text }) => ({
      page: `guides/${root.name}`,
      href: addressOf({ kind: "guide", guide, anchor }, "html"),
      pageTitle,
      title,
      group: root.group,
      keywords: guide.keywords,
      text: plainText(text),
      weight: LISTINGS.includes(guide.name) ? WEIGHTS.listing : WEIGHTS.guide,
    }));
  });
}

function operationEntries({ document, chapters }: Content): SearchEntry[] {
  return chapters.flatMap((chapter) =>
    chapter.operations.map((operation) => {
      const { id, path, method, title, isWebhook } = operation;
      const parameters = isWebhook ? [] : parametersOf(document, operation).filter((part) => part.in !== "header");
      return {
        page: `op:${id}`,
        href: addressOf({ kind: "operation", operation }, "reference"),
        pageTitle: title,
        group: chapter.title,
        names: [id, path, ...parameters.map(({ name }) => name)].join(" "),
        // A path alone is the first operation of the path: the list, not what creates an item of it.
        aliases: [
          id,
          `${method} ${path}`,
          ...(chapter.operations.find((one) => one.path === path)?.id === id ? [path] : []),
        ],
        text: plainText(operation.operation.description ?? ""),
        weight: weightOf(operation),
      };
    }),
  );
}

function weightOf({ id, operation }: DocsOperation): number {
  if (operation.deprecated) return WEIGHTS.deprecated;
  return id.endsWith(".list") ? WEIGHTS.list : WEIGHTS.operation;
}

function schemaEntries({ document, schemas }: Content): SearchEntry[] {
  return schemas.map((name) => {
    const { title, description = "", properties = {} } = namedSchema(document, name);
    return {
      page: `schema:${name}`,
      href: addressOf({ kind: "schema", name }, "html"),
      pageTitle: title,
      group: "Schemas",
      names: [name, ...Object.keys(properties)].join(" "),
      aliases: [name],
      text: plainText(description),
      weight: WEIGHTS.schema,
    };
  });
}
