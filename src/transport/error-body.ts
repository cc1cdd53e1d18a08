import { isObject } from "../base/is-object.ts";
import { redact } from "../errors/redact.ts";

/** Characters of a server's text that an error shows. */
const LONGEST_TEXT = 1_000;

/** Fields and messages of a field that an error shows. */
const MOST_FIELDS = 50;

/** The content of an error response, in either of the two documented forms. */
export interface ErrorBody {
  title: string;
  detail: string | undefined;
  fields: Record<string, readonly string[]> | undefined;
  /** True for the form of RFC 6749 that the token endpoint uses. */
  isOAuth: boolean;
}

/**
 * Reads a body, as text or as parsed JSON, that is the API's envelope
 * `{ title, detail, status }` or OAuth's `{ error, error_description }`.
 *
 * @param secrets Credentials that the request carried, removed wherever they occur.
 * @returns undefined for anything else. See `spec/guides/errors.md`.
 */
export function parseErrorBody(content: unknown, secrets: readonly string[] = []): ErrorBody | undefined {
  const body = typeof content === "string" ? parse(content) : Object(content);
  const isOAuth = typeof body.error === "string";
  const title = isOAuth ? body.error : body.title;
  const detail = isOAuth ? body.error_description : body.detail;
  if (typeof title !== "string") return undefined;
  const show = (value: unknown) => shortText(value, secrets);
  const fields = readFields(detail, show);
  return {
    title: show(title),
    detail: describe(fields) || show(detail ?? "") || undefined,
    fields: fields.size > 0 ? Object.fromEntries(fields) : undefined,
    isOAuth,
  };
}

/** A text of the server without credentials, cut to what an error shows. It is cut last, for half of a credential could not be found. */
export function shortText(value: unknown, secrets: readonly string[]): string {
  const text = typeof value === "string" ? value : (stringify(value) ?? "");
  // The first cut leaves far more than a credential is long.
  return redact(text.slice(0, 20 * LONGEST_TEXT), secrets).slice(0, LONGEST_TEXT);
}

/** An object of any kind for a body that is no JSON object, as it has no title either. */
function parse(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** JSON that is nested thousands of levels deep cannot be written again. */
function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** `detail` as a list, or a single item: each maps field names to messages. */
function readFields(detail: unknown, show: (value: unknown) => string): Map<string, string[]> {
  // A map, because a field may be called "constructor".
  const fields = new Map<string, string[]>();
  for (const item of [detail].flat().slice(0, MOST_FIELDS)) {
    if (!isObject(item)) continue;
    for (const [name, messages] of Object.entries(item).slice(0, MOST_FIELDS)) {
      const field = show(name);
      const shown = [messages].flat().slice(0, MOST_FIELDS).map(show);
      fields.set(field, [...(fields.get(field) ?? []), ...shown]);
    }
  }
  return fields;
}

function describe(fields: ReadonlyMap<string, readonly string[]>): string {
  const text = [...fields].map(([name, messages]) => `${name}: ${messages.join(" ")}`).join("; ");
  return text.slice(0, LONGEST_TEXT);
}
