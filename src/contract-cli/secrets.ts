import { secretNames } from "../sandbox/contract.ts";

/** In place of a credential. */
const MASK = "(secret)";

/** Shorter texts stand in too many places by chance to be taken out. */
const SHORTEST = 4;

/** Parameters in the query of a link, such as that of a stream or a download, that let in whoever has it. */
const KEY_OF_A_LINK = /token|secret|signature|credential|password|hash|key/i;

/**
 * Every credential that was seen in the environment, in a request or in an answer. Whatever the command prints or writes
 * goes through `mask`.
 */
export class Secrets {
  readonly #values = new Set<string>();

  /** Remembers a credential. */
  add(value: unknown): void {
    if (typeof value !== "string" || value.length < SHORTEST) return;
    this.#values.add(value);
    this.#values.add(encodeURIComponent(value));
    // As a form writes it.
    this.#values.add(new URLSearchParams([["", value]]).toString().slice(1));
  }

  /** Remembers the token in a header `Authorization`. */
  addHeader(authorization: string | null): void {
    this.add(authorization?.split(" ").at(-1));
  }

  /** Remembers the credentials in a body, JSON or form, and in the query of an address. */
  addText(text: string): void {
    try {
      this.#addJson(JSON.parse(text));
    } catch {
      this.#addForm(new URLSearchParams(text));
    }
  }

  /** Remembers the credentials in the query of an address. */
  addUrl(url: URL): void {
    this.#addForm(url.searchParams);
  }

  /** The text without credentials. A credential that is a part of a longer word is none there. */
  mask(text: string): string {
    if (this.#values.size === 0) return text;
    const longestFirst = [...this.#values].sort((one, other) => other.length - one.length).map(escaped);
    return text.replaceAll(new RegExp(`(?<![A-Za-z0-9])(?:${longestFirst.join("|")})(?![A-Za-z0-9])`, "g"), MASK);
  }

  /** The same for every text in a value. */
  maskAll<T>(value: T): T {
    return maskDeep(value, (text) => this.mask(text)) as T;
  }

  #addForm(form: URLSearchParams): void {
    for (const [name, value] of form) if (secretNames.has(name) || KEY_OF_A_LINK.test(name)) this.add(value);
  }

  #addJson(value: unknown, name = ""): void {
    if (typeof value === "string") {
      if (secretNames.has(name)) this.add(value);
      if (/^[a-z]+:\/\//.test(value) && URL.canParse(value)) this.addUrl(new URL(value));
    } else if (Array.isArray(value)) for (const item of value) this.#addJson(item, name);
    else if (typeof value === "object" && value !== null) {
      for (const [field, part] of Object.entries(value)) this.#addJson(part, field);
    }
  }
}

function maskDeep(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskDeep(item, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, maskDeep(part, mask)]));
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
