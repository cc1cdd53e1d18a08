import MiniSearch, { type SearchResult } from "minisearch";
import { nearestName } from "../../../src/base/nearest-name.ts";
import { conceptsOf, SYNONYMS, stem, stemsOf, wordsOf } from "./words.ts";

/** A searchable part of the docs: a section of a guide, an operation or a schema. */
export interface SearchEntry {
  /** The page that it belongs to: `guides/limits`, `op:cameras.list` or `schema:Camera`. */
  readonly page: string;
  /** The address from the folder of the docs, with an anchor where there is one. */
  readonly href: string;
  readonly pageTitle: string;
  /** The title of the section; none for the beginning of a page. */
  readonly title?: string;
  /** The group of the menu that the page is in. */
  readonly group: string;
  /** Names as code: operation id, path, parameters. */
  readonly names?: string;
  /** What a reader may type to get exactly this page: operation id, path, method and path. */
  readonly aliases?: readonly string[];
  readonly keywords?: string;
  readonly text: string;
  /** How much the kind of page counts, 1 for an operation. */
  readonly weight: number;
}

/** A page that a query has found. */
export interface Hit {
  readonly page: string;
  readonly href: string;
  /** The title of the page and of its best section: `Rate limits › Retry-After`. */
  readonly title: string;
  readonly group: string;
  readonly snippet: string;
  readonly score: number;
}

const BOOST = { title: 4, pageTitle: 4, keywords: 3, names: 2.5, text: 1 };

/** The factor for a query that is the title of a page or of a section. */
const SAME_TITLE = 3;

/** The factor for a query that is an alias of a page. */
const SAME_NAME = 20;

/** What the words of a query add where they follow one another in a title, and in the text. */
const PHRASE = { title: 1.2, text: 0.6 };

/** What the words of a query add that are in the title. */
const IN_TITLE = 0.6;

/** The factor for the last word of a query, which the reader may still be typing. */
const PREFIX = 0.4;

const SNIPPET_LENGTH = 160;

/** Finds pages of the docs. */
export type Engine = ReturnType<typeof createEngine>;

/**
 * Indexes the entries.
 *
 * @param synonyms Default: those of `words.ts`.
 */
export function createEngine(entries: readonly SearchEntry[], synonyms = SYNONYMS) {
  const vocabulary = new Set(wordsOf(synonyms.flat().join(" ")));
  const index = new MiniSearch({
    fields: Object.keys(BOOST),
    tokenize: wordsOf,
    processTerm: (word) => {
      vocabulary.add(word);
      return stem(word);
    },
    searchOptions: { tokenize: (query) => query.split(" "), processTerm: (term) => term },
  });
  // An empty field counts in the average length of the field, and a missing one would not.
  index.addAll(entries.map((entry, id) => ({ title: "", names: "", keywords: "", ...entry, id })));
  const stemmed = entries.map(stemEntry);
  const search = (typed: string, limit = 5): Hit[] => {
    const query = correctSpelling(typed, vocabulary);
    const concepts = conceptsOf(query, synonyms);
    const weights = new Map(concepts.toReversed().flatMap((stems) => [...stems]));
    if (weights.size === 0) return [];
    const last = concepts.at(-1)?.keys().next().value;
    const wanted = stemsOf(query);
    const name = nameOf(query);
    const found = index.search([...weights.keys()].join(" "), {
      boost: BOOST,
      boostTerm: (term) => weights.get(term) ?? 1,
      prefix: (term) => term === last && term.length > 2,
      weights: { prefix: PREFIX, fuzzy: 0 },
    });
    const scored = found.flatMap((result) => {
      const entry = entries[result.id];
      const own = stemmed[result.id];
      if (!entry || !own) return [];
      const covered = concepts.filter((stems) => result.queryTerms.some((term) => stems.has(term))).length;
      const coverage = (covered / concepts.length) ** 3;
      const factor = own.names.includes(name) ? SAME_NAME : coverage;
      return [{ entry, result, score: result.score * factor * entry.weight * closeness(own, wanted) }];
    });
    return groupByPage(scored.toSorted(byScore)).slice(0, limit);
  };
  return { search };
}

/** The query with each word that begins no word of the docs replaced by the one that was probably meant. */
function correctSpelling(query: string, vocabulary: ReadonlySet<string>): string {
  const known = [...vocabulary];
  return query.replaceAll(/\p{L}+/gu, (word) => {
    const isKnown = wordsOf(word).some((part) => known.some((one) => one.startsWith(part) || stem(one) === stem(part)));
    return isKnown ? word : (nearestName(word, known) ?? word);
  });
}

interface ScoredEntry {
  readonly entry: SearchEntry;
  readonly result: SearchResult;
  readonly score: number;
}

/** A page counts as its best entry, and a little for each further one. */
function groupByPage(scored: readonly ScoredEntry[]): Hit[] {
  const pages = new Map<string, ScoredEntry[]>();
  for (const one of scored) pages.set(one.entry.page, [...(pages.get(one.entry.page) ?? []), one]);
  const hits = [...pages.values()].flatMap(([best, ...others]) => {
    if (!best) return [];
    const { page, href, pageTitle, title, group } = best.entry;
    const further = others.slice(0, 3).reduce((sum, { score }) => sum + score, 0);
    const name = !title || title === pageTitle ? pageTitle : `${pageTitle} › ${title}`;
    return [{ page, href, group, title: name, snippet: snippetOf(best), score: best.score + further * 0.1 }];
  });
  return hits.toSorted(byScore);
}

function byScore(one: { readonly score: number }, other: { readonly score: number }): number {
  return other.score - one.score;
}

/** The part of the text around the first word that was found. */
function snippetOf({ entry: { text }, result }: ScoredEntry): string {
  const terms = new Set(result.terms);
  const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)];
  const first = words.find(([word]) => terms.has(stem(word.toLowerCase())))?.index ?? 0;
  const start = first < SNIPPET_LENGTH / 2 ? 0 : text.lastIndexOf(" ", first - SNIPPET_LENGTH / 4) + 1;
  const end = text.length <= start + SNIPPET_LENGTH ? text.length : text.lastIndexOf(" ", start + SNIPPET_LENGTH);
  return `${start > 0 ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
}

/** The stems of an entry, made once: each query compares itself with those of many entries. */
function stemEntry({ title = "", pageTitle, keywords = "", text, aliases = [] }: SearchEntry) {
  return {
    names: aliases.map(nameOf),
    titles: [title, pageTitle].map(stemsOf),
    ownTitle: stemsOf(title || pageTitle),
    // Between spaces, so that whole stems can be found in it.
    text: ` ${stemsOf(`${keywords} ${text}`).join(" ")} `,
  };
}

/** An operation id or a path as a reader may paste it: with `angelcam.` and `()`, as a URL, with ids, without the last slash. */
function nameOf(text: string): string {
  if (!/[./]/.test(text)) return text.trim();
  return text
    .trim()
    .toLowerCase()
    .replace(/https?:\/\/[^/]+/, "")
    .replace(/^angelcam\./, "")
    .replace(/[?#(].*$/, "")
    .replaceAll(/\/(?:\{\w+\}|(?!v\d)[^/]*\d[^/]*)(?=\/|$)/g, "/{}")
    .replace(/\/$/, "");
}

/** From 1 on: how closely the words of a query follow the title and the text of an entry. */
function closeness({ titles, ownTitle, text }: ReturnType<typeof stemEntry>, wanted: readonly string[]): number {
  const covered = wanted.filter((part) => titles.flat().includes(part)).length;
  const inTitle = (2 * covered) / (wanted.length + ownTitle.length || 1);
  const pairs = wanted.slice(1).map((part, at) => ` ${wanted[at]} ${part} `);
  const share = (place: string) => pairs.filter((pair) => place.includes(pair)).length / (pairs.length || 1);
  const inTitles = share(` ${titles.map((part) => part.join(" ")).join(" | ")} `);
  const factor = 1 + inTitle * IN_TITLE + inTitles * PHRASE.title + share(text) * PHRASE.text;
  return ownTitle.join(" ") === wanted.join(" ") ? factor * SAME_TITLE : factor;
}
