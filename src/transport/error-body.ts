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
 * @returns undefined for anything else. See `spec/guides/errors.md`.
 */
export function parseErrorBody(text: string): ErrorBody | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof body !== "object" || body === null) return undefined;
  const { title, detail, error, error_description: description } = body as Record<string, unknown>;
  if (typeof error === "string") {
    return { title: error, detail: asText(description), fields: undefined, isOAuth: true };
  }
  if (typeof title !== "string") return undefined;
  const fields = readFields(detail);
  return { title, detail: fields ? describe(fields) : asText(detail), fields, isOAuth: false };
}

/** `detail` as a list: each item maps one field name to its messages. */
function readFields(detail: unknown): Record<string, string[]> | undefined {
  const items = Array.isArray(detail) ? detail : isRecord(detail) ? [detail] : [];
  // A map, for a field may be called "constructor".
  const fields = new Map<string, string[]>();
  for (const [name, messages] of items.filter(isRecord).flatMap((item) => Object.entries(item))) {
    fields.set(name, [...(fields.get(name) ?? []), ...(Array.isArray(messages) ? messages : [messages]).map(String)]);
  }
  return fields.size > 0 ? Object.fromEntries(fields) : undefined;
}

function describe(fields: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(fields)
    .map(([name, messages]) => `${name}: ${messages.join(" ")}`)
    .join("; ");
}

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
