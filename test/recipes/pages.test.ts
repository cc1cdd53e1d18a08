import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { PAGES, programsOf, RECIPES, shownIn, withPrograms } from "./pages.ts";

test.each(RECIPES)("the page of %s shows its programs as they are: node test/recipes/write-pages.ts", (recipe) => {
  const page = readFileSync(path.join(PAGES, `${recipe}.md`), "utf8");
  expect(shownIn(page).sort()).toEqual(programsOf(recipe).sort());
  expect(withPrograms(page, recipe)).toBe(page);
});
