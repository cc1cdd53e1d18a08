import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { operationsOf, readDocument } from "../spec/document.ts";
import { GUIDE_NUMBERS } from "./guide-numbers.ts";

const GUIDES = new URL("../../spec/guides/", import.meta.url);
const names = readdirSync(GUIDES).filter((name) => name.endsWith(".md"));
const statuses = new Set(operationsOf(readDocument()).flatMap(({ operation }) => Object.keys(operation.responses)));

/** Names that hold a digit. */
const NAMES = /OAuth 2\.0|ISO 8601|Next\.js \d+|MPEG-4|RFC 6749|HS256|SHA-256|Base64|MP4|OpenAPI 3\.1/g;

test.each(Object.keys(GUIDE_NUMBERS))("%s is a guide", (name) => {
  expect(names).toContain(name);
});

describe.each(names)("%s", (name) => {
  const prose = proseOf(readFileSync(new URL(name, GUIDES), "utf8"));

  test.each(GUIDE_NUMBERS[name] ?? ["nothing"].slice(1))("says %s, as the code and the document do", (sentence) => {
    expect(prose).toMatch(patternOf(sentence, ""));
  });

  test("has no number that is not compared with the code or the document", () => {
    const rest = (GUIDE_NUMBERS[name] ?? []).reduce(
      (text, sentence) => text.replaceAll(patternOf(sentence, "g"), ""),
      prose,
    );
    expect(numbersIn(rest)).toEqual([]);
  });
});

test("a number without a comparison is found, and so is a wrong one", () => {
  expect(numbersIn(proseOf("A link works for 90 seconds, then comes 401."))).toEqual(["90"]);
  expect("A link works for 90 seconds").not.toMatch(patternOf("works for 120 seconds", ""));
});

/** The text without its code, in one line. */
function proseOf(markdown: string): string {
  return markdown
    .replaceAll(/^```.*?^```$/gms, "")
    .replaceAll(/^\d\. /gm, "")
    .replaceAll(/\s+/g, " ");
}

/** The numbers of a prose, but for those in names, in code, and the statuses of HTTP. */
function numbersIn(prose: string): string[] {
  const text = prose.replaceAll(NAMES, "").replaceAll(/`[^`]*`|\]\([^)]*\)/g, "");
  const numbers = text.match(/\d[\d,.]*/g) ?? [];
  return numbers.map((number) => number.replace(/[,.]$/, "")).filter((number) => !isStatus(number));
}

function isStatus(number: string): boolean {
  return statuses.has(number) || ["204", "5", "504", "500"].includes(number);
}

function patternOf(sentence: string, flags: string): RegExp {
  const words = sentence
    .split(/\s+/)
    .map((part) => (part === "…" ? "[^\\n]{1,120}?" : part.replaceAll(/[^\w\s]/g, "\\$&")));
  return new RegExp(`(?<![\\d,])${words.join("\\s+")}(?!\\d)`, flags);
}
