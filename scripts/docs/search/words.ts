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
  ["outage", "unavailable", "503", "server error", "maintenance"],
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
  ["signature", "sign", "hmac", "jwt"],
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
  `a about am an and any are as at be been but by can could did do does for from had has have how i if in into is it its
  many may me my need of on or our please really should so some that the their them then there these they this to use used using
  want was we were what when where which who why will with without would you your`.split(/\s+/),
);

/** A part of a query: the stems that may stand for it, each with its weight. */
export interface Concept {
  readonly stems: ReadonlyMap<string, number>;
}

/** The weight of a synonym beside the reader's own word. */
const SYNONYM_WEIGHT = 0.7;

/** Splits a text into words: lower case, identifiers also at their capitals. */
export function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).flatMap((word) => {
    const parts = word.split(/(?<=\p{Ll})(?=\p{Lu})/u).map((part) => part.toLowerCase());
    return parts.length > 1 ? [...parts, word.toLowerCase()] : parts.filter((part) => part !== "");
  });
}

/** The stem of a word, `retri` for `retry` and `retries`. */
export function stem(word: string): string {
  return stemmer(word);
}

/**
 * The concepts of a query. A query of stop words alone keeps them.
 *
 * @param synonyms Default: `SYNONYMS`.
 */
export function conceptsOf(query: string, synonyms = SYNONYMS): Concept[] {
  const words = wordsOf(query);
  const meaningful = words.filter((word) => !STOP_WORDS.has(word));
  const stems = words.map(stem);
  const concepts = (meaningful.length > 0 ? meaningful : words).map((word) => new Map([[stem(word), 1]]));
  for (const group of synonyms) {
    const phrases = group.map((phrase) => phrase.split(" ").map(stem));
    const used = phrases.filter((phrase) => contains(stems, phrase));
    for (const phrase of used) {
      const owners = concepts.filter((concept) => phrase.some((part) => concept.get(part) === 1));
      for (const other of phrases) for (const part of other) for (const owner of owners) addStem(owner, part);
    }
  }
  return concepts.map((found) => ({ stems: found }));
}

function addStem(stems: Map<string, number>, part: string): void {
  if (!stems.has(part) && !STOP_WORDS.has(part)) stems.set(part, SYNONYM_WEIGHT);
}

function contains(words: readonly string[], phrase: readonly string[]): boolean {
  return words.some((_, at) => phrase.every((part, index) => words[at + index] === part));
}
