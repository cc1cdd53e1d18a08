import { secretPattern } from "../base/redact.ts";

/** Enough to recognise a value by. */
const LONGEST_VALUE = 40;

/** Shorter texts occur too often by chance to be masked. */
const SHORTEST_SECRET = 4;

/** Replaces a credential. */
const MASK = "[secret]";

/** A name that a person chose; anything else may be a body in the wrong location. */
const NAME = /^[\w.$[\]-]{1,40}$/;

/** A number, a date, or a word: a part of a path that holds no credential. */
const PLAIN_SEGMENT = /^(?:\d{1,12}|[a-z][a-z_-]{0,23}|v\d)$/;

/** A value as a message shows it. A list or an object may hold anything, so only its kind is shown. */
export function formatValue(value: unknown, secret = false): string | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  if (secret) return MASK;
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** A value that may be a credential: numbers and the like are shown, of texts only the length. */
export function formatUnknownValue(value: unknown): string | undefined {
  if (typeof value !== "string" || value === "" || /^-?\d{1,9}(?:\.\d{1,9})?$/.test(value)) return formatValue(value);
  return `a text of ${value.length} characters`;
}

/** The name of something that the document does not have. */
export function formatName(name: string): string {
  return NAME.test(name) ? name : `(a name of ${name.length} characters)`;
}

/** The path of a request without what may be a credential in it. */
export function formatPath(path: string): string {
  return path
    .split("/")
    .map((segment) => (segment === "" || PLAIN_SEGMENT.test(segment) ? segment : "…"))
    .join("/");
}

/** Masks credentials in a text, wherever they are, plain or encoded. */
export function withoutSecrets(text: string, secrets: Iterable<string>): string {
  const known = [...secrets].filter((secret) => secret.length >= SHORTEST_SECRET);
  // A credential that contains another one is masked first.
  return known
    .sort((one, other) => other.length - one.length)
    .reduce((safe, secret) => safe.replaceAll(new RegExp(secretPattern(secret), "gi"), MASK), text);
}
