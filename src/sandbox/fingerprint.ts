/**
 * A short name for a credential, to distinguish credentials where none may be shown. It is made for logs of invented
 * tokens, not for security.
 *
 * @example
 * ```ts
 * const used = sandbox.requests.filter(({ credential }) => credential === fingerprint(token));
 * ```
 */
export function fingerprint(secret: string): string {
  return [0, 1].map((seed) => hash(secret, seed).toString(16).padStart(8, "0")).join("");
}

/** FNV-1a with 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/), and a last mix for short texts. */
export function hash(text: string, seed = 0): number {
  let value = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
