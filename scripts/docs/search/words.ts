import { stemmer } from "stemmer";

/** Words that mean the same to a reader. A query with one of a line also finds the others. */
export const SYNONYMS: readonly (readonly string[])[] = [
  ["sign in", "login", "log in", "logon", "signin", "authentication", "authenticate", "auth"],
  ["token", "credentials", "api key", "apikey", "secret key"],
  ["refresh", "renew", "expired", "expire", "rotate"],
  ["sign out", "logout", "log out", "revoke"],
  ["rate limit", "throttle", "throttling", "throttled", "quota", "too many requests"],
  ["pagination", "paging", "paginate", "next page", "page size", "infinite scroll"],
  ["error", "exception", "failure", "fail", "crash", "problem"],
  ["unauthorized", "unauthenticated", "401"],
  ["forbidden", "permission denied", "403"],
  ["not found", "404"],
  ["outage", "unavailable", "down", "503", "server error", "maintenance"],
  ["retry", "retries", "repeat", "backoff", "again"],
  ["timeout", "time out", "deadline", "slow", "hang"],
  ["live view", "live stream", "livestream", "live video", "stream url", "streaming"],
  ["snapshot", "picture", "image", "photo", "thumbnail", "still", "screenshot"],
  ["footage", "recording", "recorded video", "video archive", "dvr", "nvr"],
  ["download", "export", "save video"],
  ["gap", "missing", "hole"],
  ["clip", "video excerpt", "snippet"],
  ["alarm", "alert", "security"],
  ["motion", "movement", "motion detection"],
  ["webhook", "callback", "push notification"],
  ["signature", "hmac", "jwt"],
  ["test", "testing", "unit test", "jest", "vitest", "mocha"],
  ["mock", "fake", "stub", "simulate"],
  ["install", "installation", "getting started", "get started", "set up", "setup"],
  ["migrate", "migration", "switch", "moving", "upgrade", "axios"],
  ["deprecated", "legacy", "old", "older", "obsolete"],
  ["delete", "remove"],
  ["create", "add", "new", "connect"],
  ["update", "change", "edit", "modify", "rename"],
  ["list", "show all", "index"],
  ["user", "account", "customer", "tenant"],
  ["pair", "pairing", "onboard"],
  ["device", "arrow client", "angelbox", "hardware"],
  ["billing", "price", "subscription", "buy", "purchase"],
  ["workspace", "space", "organization", "organisation"],
  ["viewer", "spectator", "concurrent viewers"],
];

/** Words that carry no meaning in a question. */
const STOP_WORDS = new Set(
  `a about am an and any are as at be been but by can could did do does doesn don for from had has have how i if in into is
  isn it its make many may me mean means my need of on or our please really should so some that the their them then there these they this to use used using
  want was we were what when where which who why will with without would you your`.split(/\s+/),
);

/** A part of a query: the stems that may stand for it, each with its weight. */
export type Concept = ReadonlyMap<string, number>;

/** The weight of a synonym beside the reader's own word. */
const SYNONYM_WEIGHT = 0.5;

/** Splits a text into words: lower case, identifiers also at their capitals, `Next.js` as one word. */
export function wordsOf(text: string): string[] {
  // `yesterday's` and `can't` without what follows the apostrophe.
  const joined = text.replaceAll(/(?<=\p{L})[. ]js\b/giu, "js").replaceAll(/(?<=\p{L})['’]\p{L}{1,2}\b/gu, "");
  return joined.split(/[^\p{L}\p{N}]+/u).flatMap((word) => {
    const parts = word.split(/(?<=\p{Ll})(?=\p{Lu})/u).map((part) => part.toLowerCase());
    return parts.length > 1 ? [...parts, word.toLowerCase()] : parts.filter((part) => part !== "");
  });
}

/** The stems of the words seen so far: the docs repeat a few thousand words. */
const stems = new Map<string, string>();

/** The stem of a word, `retri` for `retry` and `retries`. */
export function stem(word: string): string {
  const known = stems.get(word) ?? stemmer(word);
  stems.set(word, known);
  return known;
}

/**
 * The concepts of a query. A query of stop words alone keeps them.
 *
 * @param synonyms Default: `SYNONYMS`.
 */
export function conceptsOf(query: string, synonyms = SYNONYMS): Concept[] {
  const words = wordsOf(query);
  const meaningful = words.filter((word) => !STOP_WORDS.has(word));
  const all = words.map(stem);
  const concepts = (meaningful.length > 0 ? meaningful : words).map((word) => new Map([[stem(word), 1]]));
  for (const group of synonyms) {
    const phrases = group.map((phrase) => phrase.split(" ").map(stem));
    const used = phrases.filter((phrase) => contains(all, phrase));
    const synonymStems = used.length === 0 ? [] : phrases.flat().filter((part) => !STOP_WORDS.has(part));
    for (const concept of concepts.filter((one) => used.flat().some((part) => one.get(part) === 1))) {
      for (const part of synonymStems) concept.set(part, concept.get(part) ?? SYNONYM_WEIGHT);
    }
  }
  return concepts;
}

function contains(words: readonly string[], phrase: readonly string[]): boolean {
  return words.some((_, at) => phrase.every((part, index) => words[at + index] === part));
}

/** The stems of a text without its stop words. */
export function stemsOf(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !STOP_WORDS.has(word))
    .map(stem);
}
