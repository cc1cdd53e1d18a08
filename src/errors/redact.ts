import { secretNames } from "../../generated/client.ts";

const MASK = "[secret]";

/** `"access_token": "…"`, escaped quotes included, also where the text was cut off inside the value. */
const IN_JSON = new RegExp(`("(?:${secretNames.join("|")})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, "gis");

/** `access_token=…` in a form or a link; stream links carry a `token`. */
const IN_QUERY = new RegExp(`\\b((?:${secretNames.join("|")}|token)=)[^&\\s"'<>]*`, "gi");

/** `Bearer …` wherever a header was echoed. */
const IN_HEADER = /\b((?:Bearer|PersonalAccessToken)\s+)[A-Za-z0-9._~+/-]+=*/gi;

/**
 * Takes credentials out of a text that will be shown: by the names that the spec marks as secret, and by value.
 *
 * @param known Credentials that are in use, removed wherever they stand.
 */
export function redact(text: string, known: Iterable<string> = []): string {
  let safe = text.replace(IN_JSON, `$1${MASK}`).replace(IN_QUERY, `$1${MASK}`).replace(IN_HEADER, `$1${MASK}`);
  for (const secret of known) {
    if (secret) safe = safe.replaceAll(secret, MASK);
  }
  return safe;
}
