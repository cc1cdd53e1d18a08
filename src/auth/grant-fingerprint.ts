/** The 32-bit FNV-1a offset basis, and a second start value for 32 more bits. */
const SEEDS = [0x81_1c_9d_c5, 0x9e_37_79_b9];
const PRIME = 0x01_00_01_93;

/**
 * The fingerprint of a refresh token or code, which is stored beside the tokens that came from it: 64 bits of FNV-1a. It is no
 * secret and need not be a cryptographic hash, as a store that shows it has also the tokens themselves.
 */
export function grantFingerprint(credential: string): string {
  return SEEDS.map((seed) => {
    let hash = seed;
    for (let index = 0; index < credential.length; index++) {
      hash = Math.imul(hash ^ credential.charCodeAt(index), PRIME);
    }
    return (hash >>> 0).toString(16).padStart(8, "0");
  }).join("");
}
