import { resolve } from "../../generate/document.ts";
import type { PlacedOperation } from "../../shared/sample-request.ts";
import { flatten } from "../content/fields.ts";
import { plainText, rootOf, sectionsOf } from "../content/guides.ts";
import { addressOf } from "../content/links.ts";
import { type Content, chaptersOf, isWebhook } from "../content/outline.ts";
import { schemaNames } from "../content/schema-text.ts";
import { referenceAddress } from "../site/addresses.ts";
import type { SearchEntry } from "./engine.ts";

/** How much a kind of page counts. Guides answer questions; what is deprecated and a schema seldom do. */
const WEIGHTS = { guide: 1.6, list: 1.1, operation: 1, deprecatedGuide: 0.8, deprecated: 0.3, schema: 0.15 };

/** Everything that the search finds. The responses that all operations share are left out. */
export function searchEntries(content: Content): SearchEntry[] {
  const entries = [...guideEntries(content), ...operationEntries(content), ...schemaEntries(content)];
  return entries.map((entry, id) => ({ id, ...entry }));
}

type Entry = Omit<SearchEntry, "id">;

function guideEntries({ guides }: Content): Entry[] {
  return guides.flatMap((guide) => {
    const root = guides.find(({ name }) => name === rootOf(guide.name)) ?? guide;
    const pageTitle = root === guide ? guide.title : `${root.title} › ${guide.title}`;
    return sectionsOf(guide).map(({ title, anchor, text }) => ({
      page: `guides/${root.name}`,
      href: addressOf({ kind: "guide", guide, anchor }, "html"),
      pageTitle,
      title,
      group: root.group,
      names: "",
      aliases: [],
      keywords: guide.keywords,
      text: plainText(text),
      weight: root.name === "deprecated" ? WEIGHTS.deprecatedGuide : WEIGHTS.guide,
    }));
  });
}

function operationEntries({ document, parts }: Content): Entry[] {
  return chaptersOf(parts).flatMap((chapter) =>
    chapter.operations.map((operation) => ({
      page: `op:${operation.id}`,
      href: referenceAddress({ kind: "operation", operation, chapter }),
      pageTitle: operation.operation.summary ?? operation.id,
      title: "",
      group: chapter.title,
      names: [operation.id, operation.path, ...(isWebhook(operation) ? [] : parameterNames(document, operation))].join(
        " ",
      ),
      aliases: [operation.id, operation.id.toLowerCase(), operation.path, `${operation.method} ${operation.path}`],
      keywords: "",
      text: plainText(operation.operation.description ?? ""),
      weight: weightOf(operation),
    })),
  );
}

function weightOf({ id, operation }: PlacedOperation): number {
  if (operation.deprecated) return WEIGHTS.deprecated;
  return id.endsWith(".list") ? WEIGHTS.list : WEIGHTS.operation;
}

function schemaEntries({ document }: Content): Entry[] {
  return schemaNames(document).map((name) => {
    const schema = flatten(document, { $ref: `#/components/schemas/${name}` });
    return {
      page: `schema:${name}`,
      href: addressOf({ kind: "schema", name }, "html"),
      pageTitle: schema.title ?? name,
      title: "",
      group: "Schemas",
      names: [name, ...Object.keys(schema.properties ?? {})].join(" "),
      aliases: [name],
      keywords: "",
      text: plainText(schema.description ?? ""),
      weight: WEIGHTS.schema,
    };
  });
}

function parameterNames(document: Content["document"], { path, operation }: PlacedOperation): string[] {
  const parameters = [...(document.paths?.[path]?.parameters ?? []), ...(operation.parameters ?? [])];
  return parameters
    .map((parameter) => resolve(document, parameter))
    .filter((parameter) => parameter.in !== "header")
    .map(({ name }) => name);
}
