import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { readContent } from "../../../scripts/docs/content/content.ts";
import { createEngine, type SearchEntry } from "../../../scripts/docs/search/engine.ts";
import { searchEntries } from "../../../scripts/docs/search/entries.ts";
import { SYNONYMS } from "../../../scripts/docs/search/words.ts";
import { operationsOf, readDocument } from "../../spec/document.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

interface Question {
  readonly words: string;
  /** The pages that answer it: the name of a guide, or `op:` and an operation id. */
  readonly pages: readonly string[];
}

const readers = questionsOf("reader-questions.tsv");
const questions = [...readers, ...questionsOf("more-questions.tsv")];

let entries: SearchEntry[];

beforeAll(async () => {
  entries = searchEntries(await readContent(ROOT));
});

describe("the first hit", () => {
  test("answers every question of the readers", () => {
    const missed = missedBy(readers);
    console.log(`${readers.length - missed.length} of ${readers.length} reader questions answered by the first hit`);
    expect(readers.length).toBeGreaterThan(30);
    expect(missed).toEqual([]);
  });

  test("answers every further question", () => {
    const missed = missedBy(questions);
    console.log(`${questions.length - missed.length} of ${questions.length} questions answered by the first hit`);
    expect(missed).toEqual([]);
  });

  test("is the right page for every synonym alone, and no synonym has been removed", () => {
    const synonyms = questionsOf("synonyms.tsv");
    expect(missedBy(synonyms)).toEqual([]);
    expect(SYNONYMS.flat().toSorted()).toEqual(synonyms.map(({ words }) => words).toSorted());
  });

  test("misses questions of the readers where there are no synonyms", () => {
    expect(missedBy(questions, [])).not.toEqual([]);
  });
});

test("finds every operation by its id, its summary and its path", () => {
  const engine = createEngine(entries);
  const missed = operationsOf(readDocument()).flatMap(({ operation, path: address, method }) =>
    [operation.operationId, operation.summary ?? "", `${method.toUpperCase()} ${address}`].flatMap((words) => {
      const found = engine.search(words, 8).some(({ page }) => page === `op:${operation.operationId}`);
      return found ? [] : [`${operation.operationId} by ${words}`];
    }),
  );
  expect(missed).toEqual([]);
});

test("the same words in another order, case and number find the same first page", () => {
  const engine = createEngine(entries);
  const first = (words: string) => engine.search(words)[0]?.page;
  expect(first("LIMITS of rates")).toBe(first("rate limit"));
  expect(first("Webhooks, verifying!")).toBe(first("verify webhook"));
});

test("a snippet is a piece of the text, with its spaces", () => {
  const [hit] = createEngine(entries).search("what do I do on 429");
  expect(hit?.snippet).toMatch(/\w+ \w+ \w+/);
  expect(hit?.title).toBe("Rate limits and quota › When you exceed the rate limit (429)");
});

test.each(["", "   ", "zxqvzxqv", "\0", "*".repeat(10_000)])("nothing is found for %j, and nothing fails", (words) => {
  expect(createEngine(entries).search(words)).toEqual([]);
});

describe("npm run docs:search", () => {
  const run = (...words: string[]) =>
    promisify(execFile)(process.execPath, [path.join(ROOT, "scripts/docs-search/main.ts"), ...words]);

  test("prints five pages, one a line: address, tab, title", async () => {
    const { stdout } = await run("what", "do I do on 429");
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe("guides/limits\tRate limits and quota › When you exceed the rate limit (429)");
    for (const line of lines) expect(line).toMatch(/^(guides\/|op:|schema:)\S+\t\S/);
  });

  test("asks for words with exit code 2, and reports that nothing was found with 1", async () => {
    await expect(run()).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("npm run docs:search") });
    await expect(run("zxqvzxqv")).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("zxqvzxqv") });
  });
});

function missedBy(asked: readonly Question[], synonyms = SYNONYMS): string[] {
  const engine = createEngine(entries, synonyms);
  return asked.flatMap(({ words, pages }) => {
    const page = engine.search(words)[0]?.page ?? "nothing";
    return pages.includes(page.replace("guides/", "")) ? [] : [`${words}: ${page}, not ${pages.join(" or ")}`];
  });
}

function questionsOf(file: string): Question[] {
  const lines = readFileSync(path.join(import.meta.dirname, file), "utf8").split("\n");
  return lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [words = "", pages = ""] = line.split("\t");
      return { words, pages: pages.split("|") };
    });
}
