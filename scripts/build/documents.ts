import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { OUTPUT, ROOT } from "./folders.ts";

const GUIDES = "spec/guides";

/** Writes what is read and not run: the workflows of `angelcam-contract`, and a contents page for language models. */
export function writeDocuments(): void {
  copyWorkflows();
  writeFileSync(path.join(OUTPUT, "llms.txt"), contentsPage());
}

/** The workflows find the document at the same relative place as in the repository. */
function copyWorkflows(): void {
  const folder = path.join(ROOT, "spec/workflows");
  const target = path.join(OUTPUT, "spec/workflows");
  mkdirSync(target, { recursive: true });
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".arazzo.yaml"))) {
    const text = readFileSync(path.join(folder, file), "utf8");
    writeFileSync(path.join(target, file), text.replace("url: ../openapi.yaml", "url: ../../generated/openapi.json"));
  }
}

/** In the form of llmstxt.org, with links that resolve inside of the package. */
function contentsPage(): string {
  const { name, description } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    name: string;
    description: string;
  };
  const guides = readdirSync(path.join(ROOT, GUIDES), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => file.replaceAll(path.sep, "/"))
    .sort();
  return `# ${name}

> ${description}

## Start

- [README](../../README.md): install, quick start, options and defaults
- [Change log](../../CHANGELOG.md): what changed when

## Guides

${guides.map(guideLine).join("\n")}

## Reference

- [Methods](generated/client.d.ts): one documented method for each operation, with its scopes, errors and an example
- [Schemas](generated/schema.d.ts): the types of every path, operation and schema
- [OpenAPI 3.1 document](generated/openapi.json)
`;
}

/** Title and first paragraph of a guide. */
function guideLine(file: string): string {
  const text = readFileSync(path.join(ROOT, GUIDES, file), "utf8");
  const title = /^# (.+)$/m.exec(text)?.[1] ?? file.replace(/\.md$/, "");
  const [summary = ""] = /^[^\n|#`!-][^\n]*(?:\n[^\n]+)*/m.exec(text) ?? [];
  // A link of the guide would lead from another folder.
  const line = summary.replaceAll(/\s+/g, " ").replaceAll(/\[([^\]]+)\]\([^)]+\)/g, "$1");
  return `- [${title}](../../${GUIDES}/${file}): ${line}`;
}
