import { secretNames } from "../../generated/client.ts";

const NAMES = secretNames.join("|");
const MASK = "[secret]";

/**
 * The value after `"access_token": "` in JSON, escaped quotes included, also where the text was cut off inside it; after
 * `access_token=` in a form or a link; and after `Bearer`, wherever a header was echoed. A group each for what stays.
 */
const CREDENTIAL = new RegExp(
  `("(?:${NAMES})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*|\\b((?:${NAMES})=)[^&\\s"'<>]*|\\b((?:Bearer|PersonalAccessToken)\\s+)(?!(?:${NAMES})=)[\\w.~+/-]+=*`,
  "gis",
);

/**
 * Takes credentials out of a text that will be shown: by the names that the spec marks as secret, and by value.
 *
 * @param known Credentials that are in use, removed wherever they stand.
 */
export function redact(text: string, known: Iterable<string> = []): string {
  let safe = text.replace(CREDENTIAL, `$1$2$3${MASK}`);
  for (const secret of known) {
    if (secret) safe = safe.replaceAll(secret, MASK);
  }
  return safe;
}
