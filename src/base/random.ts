import { hash } from "./hash.ts";

const LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The same numbers for the same seed, each time. Mulberry32 of Tommy Ettinger: four lines, good enough for test data. */
export class Random {
  #state: number;

  constructor(seed: number | string) {
    this.#state = typeof seed === "number" ? seed : hash(seed);
  }

  /** A number from 0 up to, but not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number between both bounds, bounds included. */
  integer(lowest: number, highest: number): number {
    return lowest + Math.floor(this.next() * (highest - lowest + 1));
  }

  /** True in so many of a hundred cases. */
  chance(percent: number): boolean {
    return this.next() * 100 < percent;
  }

  /** One of the list. */
  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.integer(0, list.length - 1)] ?? list[0];
  }

  /** Letters and digits, as tokens are made of. */
  text(length: number): string {
    return Array.from({ length }, () => LETTERS_AND_DIGITS[this.integer(0, LETTERS_AND_DIGITS.length - 1)]).join("");
  }

  /** Hexadecimal digits, as keys are made of. */
  hexadecimal(length: number): string {
    return Array.from({ length }, () => this.integer(0, 15).toString(16)).join("");
  }

  /** A UUID of version 4. */
  uuid(): string {
    return this.hexadecimal(30).replace(/^(.{8})(.{4})(.{3})(.{3})/, "$1-$2-4$3-a$4-");
  }
}
