import { checkNumber, mustBe } from "../base/check-number.ts";

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
  if (contentType !== "application/x-www-form-urlencoded") return JSON.stringify(body, checkValue);
  return new URLSearchParams(entriesOf(Object(body)).map(([name, value]) => [name, toText(value)])).toString();
}

function entriesOf(values: object): [name: string, value: unknown][] {
  return Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
}

function toText(value: unknown): string {
  return (value as Partial<Date> | null)?.toISOString?.() ?? String(value);
}

/**
 * Rejects NaN, Infinity and invalid dates, which JSON writes as null: that is a value of its own, which frees a service from
 * its camera.
 */
function checkValue(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  if (typeof value === "number") checkNumber(name, { type: "number" }, value);
  if (value === null && this[name]) throw new TypeError(mustBe(name, "a date", this[name]));
  return value;
}
