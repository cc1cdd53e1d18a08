import type { Random } from "./random.ts";

/** A made-up UUID of version 4. */
export function uuid(random: Random): string {
  const digits = random.hexadecimal(30);
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(12, 15)}`, `a${digits.slice(15, 18)}`];
  return [...parts, digits.slice(18)].join("-");
}
