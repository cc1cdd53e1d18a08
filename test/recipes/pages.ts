import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The folder of the guide pages. The page of a recipe has the name of its folder here. */
export const PAGES = path.resolve(import.meta.dirname, "../../spec/guides/frameworks");

/** The recipes: a folder each, with the programs that its page shows and a `check.ts` that runs them. */
export const RECIPES: readonly string[] = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
  .map(({ name }) => name);

/** Files that belong to the check of a recipe and not to the recipe. */
const NOT_SHOWN = /^(check\.tsx?|postgres-server\.ts)$/;

/** ``As `server.ts`:`` at the end of a line, and the block of code behind it. */
const SHOWN = /^([^\n]*\bAs `([\w.-]+)`:\n\n```(\w+)\n)([\s\S]*?)(^```$)/gm;

/** The programs of a recipe that its page has to show. */
export function programsOf(recipe: string): string[] {
  return readdirSync(path.join(import.meta.dirname, recipe), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !NOT_SHOWN.test(entry.name))
    .map(({ name }) => name);
}

/** The programs that a page shows, in its order. */
export function shownIn(page: string): string[] {
  return [...page.matchAll(SHOWN)].map(([, , file = ""]) => file);
}

/** A page with every block replaced by its program as it is now. */
export function withPrograms(page: string, recipe: string): string {
  return page.replace(SHOWN, (_, head: string, file: string, _language: string, _code: string, end: string) => {
    return head + readFileSync(path.join(import.meta.dirname, recipe, file), "utf8") + end;
  });
}
