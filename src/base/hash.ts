/** FNV-1a with 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/), and a last mix for short texts. Not for security. */
export function hash(text: string, seed = 0): number {
  let value = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}

/** So many hashes of a text, in hexadecimal digits, 8 for each. */
export function hexadecimalHash(text: string, hashes: number): string {
  return Array.from({ length: hashes }, (_, seed) => hash(text, seed).toString(16).padStart(8, "0")).join("");
}
