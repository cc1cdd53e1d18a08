/** A query without its question mark: lists joined with commas, dates in UTC, nothing for what is undefined or null. */
export function serializeQuery(query: object): string {
  return entriesOf(query)
    .map(([name, value]) => {
      const values = [value].flat().map((item) => encodeURIComponent(toText(item)));
      return `${encodeURIComponent(name)}=${values.join(",")}`;
    })
    .join("&");
}

/** A body in the encoding that its content type names. */
export function serializeBody(body: unknown, contentType: string | null | undefined): string {
  if (contentType !== "application/x-www-form-urlencoded") return JSON.stringify(body);
  return new URLSearchParams(entriesOf(Object(body)).map(([name, value]) => [name, toText(value)])).toString();
}

function entriesOf(values: object): [name: string, value: unknown][] {
  return Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
}

function toText(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
