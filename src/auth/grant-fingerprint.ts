import { FNV_OFFSET_BASIS, fnv1a, hexadecimal } from "../base/hash.ts";

/** The usual start value, and a second one for 32 more bits. */
const STARTS = [FNV_OFFSET_BASIS, 0x9e_37_79_b9];

/**
 * The fingerprint of a refresh token or code, which is stored beside the tokens that came from it: 64 bits of FNV-1a. It is no
 * secret and need not be a cryptographic hash, as a store that shows it has also the tokens themselves.
 */
export function grantFingerprint(credential: string): string {
  return STARTS.map((start) => hexadecimal(fnv1a(credential, start))).join("");
}
