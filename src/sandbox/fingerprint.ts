import { hexadecimalHash } from "../base/hash.ts";

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
  return hexadecimalHash(secret, 2);
}
