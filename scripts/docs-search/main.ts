import path from "node:path";
import { readContent } from "../docs/content/content.ts";
import { createEngine } from "../docs/search/engine.ts";
import { searchEntries } from "../docs/search/entries.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

// Prints the first five pages that the search of the docs finds, one on each line: its address, a tab, its title.

const query = process.argv.slice(2).join(" ").trim();
if (query === "") {
  console.error('Give the words to search for: npm run docs:search -- "what do I do on 429"');
  process.exitCode = 2;
} else {
  const hits = createEngine(searchEntries(await readContent(ROOT))).search(query);
  for (const { page, title } of hits) console.log(`${page}\t${title}`);
  if (hits.length === 0) {
    console.error(`The docs have nothing on "${query}".`);
    process.exitCode = 1;
  }
}
