import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PAGES, RECIPES, withPrograms } from "./pages.ts";

// `node test/recipes/write-pages.ts` puts the programs of the recipes into their guide pages.

for (const recipe of RECIPES) {
  const file = path.join(PAGES, `${recipe}.md`);
  writeFileSync(file, withPrograms(readFileSync(file, "utf8"), recipe));
}
