import type { Schema } from "./schema.ts";

/** Enough to recognise a value by. */
const LONGEST_VALUE = 40;

/** Shorter texts stand in too many places by chance to be taken out of a line. */
const SHORTEST_SECRET = 4;

/** In place of a credential. */
const MASK = "(secret)";

/** A name that a person chose; anything else may be a body in the wrong place. */
const NAME = /^[\w.$[\]-]{1,40}$/;

/** A number, a date, or a word: a part of a path that holds no credential. */
const PLAIN_SEGMENT = /^(?:\d{1,12}|[a-z][a-z_-]{0,23}|v\d)$/;

/** True for a schema whose value is a credential. */
export function isSecret({ format }: Schema): boolean {
  return format === "password";
}

/** A value as a message shows it. What is not a plain value may hold anything, so only its kind is told. */
export function shown(value: unknown, secret = false): string | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  if (secret) return MASK;
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** A value of which nobody knows whether it is a credential: numbers and such are told, texts are not. */
export function shownUnknown(value: unknown): string | undefined {
  if (typeof value !== "string" || value === "" || /^-?\d{1,9}(?:\.\d{1,9})?$/.test(value)) return shown(value);
  return `a text of ${value.length} characters`;
}

/** The name of something that the document does not have. */
export function shownName(name: string): string {
  return NAME.test(name) ? name : `(a name of ${name.length} characters)`;
}

/** The path of a request without what may be a credential in it. */
export function shownPath(path: string): string {
  return path
    .split("/")
    .map((segment) => (segment === "" || PLAIN_SEGMENT.test(segment) ? segment : "…"))
    .join("/");
}

/** Takes credentials out of a text, wherever they stand. */
export function withoutSecrets(text: string, secrets: Iterable<string>): string {
  let safe = text;
  for (const secret of secrets) if (secret.length >= SHORTEST_SECRET) safe = safe.replaceAll(secret, MASK);
  return safe;
}
