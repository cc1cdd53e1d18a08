import { redact } from "../errors/redact.ts";

/** What an error answer says, in either of the two documented forms. */
export interface ErrorBody {
  title: string;
  detail: string | undefined;
  fields: Record<string, readonly string[]> | undefined;
  /** True for the form of RFC 6749 that the token endpoint uses. */
  isOAuth: boolean;
}

/**
 * Reads the API's envelope `{ title, detail, status }` or OAuth's `{ error, error_description }`.
 *
 * @param secrets Credentials that the request carried, taken out wherever they stand.
 * @returns undefined for anything else. See `spec/guides/errors.md`.
 */
export function parseErrorBody(text: string, secrets: readonly string[] = []): ErrorBody | undefined {
  const body = parse(text);
  const isOAuth = typeof body.error === "string";
  const title = isOAuth ? body.error : body.title;
  const detail = isOAuth ? body.error_description : body.detail;
  if (typeof title !== "string") return undefined;
  const show = (value: unknown) => redact(typeof value === "string" ? value : JSON.stringify(value), secrets);
  const fields = readFields(detail, show);
  return {
    title: show(title),
    detail: describe(fields) || show(detail ?? "") || undefined,
    fields: fields.size > 0 ? Object.fromEntries(fields) : undefined,
    isOAuth,
  };
}

/** What is no JSON, or null, has no title either. */
function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** `detail` as a list, or a single item: each maps field names to messages. */
function readFields(detail: unknown, show: (value: unknown) => string): Map<string, string[]> {
  // A map, for a field may be called "constructor".
  const fields = new Map<string, string[]>();
  for (const item of [detail].flat()) {
    if (typeof item !== "object" || Array.isArray(item)) continue;
    for (const [name, messages] of Object.entries(item ?? {})) {
      const field = show(name);
      fields.set(field, [fields.get(field) ?? [], messages].flat().map(show));
    }
  }
  return fields;
}

function describe(fields: ReadonlyMap<string, readonly string[]>): string {
  return [...fields].map(([name, messages]) => `${name}: ${messages.join(" ")}`).join("; ");
}
