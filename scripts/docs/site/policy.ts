import { createHash } from "node:crypto";

/**
 * A Content-Security-Policy that allows nothing but what it names.
 *
 * @param allowed What each directive allows, such as `{ "img-src": "data:" }`.
 */
export function contentSecurityPolicy(allowed: Readonly<Record<string, string>>): string {
  const directives = { "default-src": "'none'", ...allowed, "base-uri": "'none'", "form-action": "'none'" };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join("; ");
}

/** The source that allows exactly this text of a script or a style sheet. */
export function sha256(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
