/** The usual start value of FNV-1a with 32 bits. */
export const FNV_OFFSET_BASIS = 0x81_1c_9d_c5;

/**
 * FNV-1a with 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/), as a number that may be negative. Not for security.
 *
 * @param start Another start value gives another hash of the same text.
 */
export function fnv1a(text: string, start: number): number {
  let value = start;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01_00_01_93);
  return value;
}

/** FNV-1a and a last mix, with which short texts differ in all bits. */
export function hash(text: string, seed = 0): number {
  let value = fnv1a(text, FNV_OFFSET_BASIS ^ seed);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}

/** So many hashes of a text, in hexadecimal digits, 8 for each. */
export function hexadecimalHash(text: string, hashes: number): string {
  return Array.from({ length: hashes }, (_, seed) => hexadecimal(hash(text, seed))).join("");
}

/** 32 bits as 8 hexadecimal digits. */
export function hexadecimal(bits: number): string {
  return (bits >>> 0).toString(16).padStart(8, "0");
}
