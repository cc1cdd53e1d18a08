import { secretPattern } from "../base/redact.ts";
import { angelcamDocument } from "../openapi/angelcam-document.ts";
import { mapTexts } from "./plain-text.ts";

/** Replaces a credential. */
const MASK = "[secret]";

/** Shorter texts occur too often by chance to be masked. */
const SHORTEST = 4;

/** Parameters in the query of a link, such as that of a stream or a download, that let in anyone who has it. */
const KEY_OF_A_LINK = /token|secret|signature|credential|password|hash|key/i;

/** The word of a header `Authorization` that is no credential. */
export const SCHEME = /^(?:bearer|personalaccesstoken|basic)$/i;

/** A run of letters and digits that is longer than this, such as a sound in Base64, is searched for one core after the other. */
const LONGEST_RUN = 2_000;

/**
 * Every credential that was in the environment, in a request or in a response. All that the command prints or writes
 * goes through `mask`.
 */
export class Secrets {
  readonly #values = new Set<string>();
  /**
   * By the length of their core, and by their core: the longest run of letters and digits, which no encoding but Base64
   * changes. A long recording has tens of thousands, of which a text holds one or two.
   */
  readonly #byCore = new Map<number, Map<string, string[]>>();

  /** Remembers a credential. */
  add(value: unknown): void {
    if (typeof value !== "string" || value.length < SHORTEST || value === MASK || this.#values.has(value)) return;
    this.#values.add(value);
    const runs = value.match(/[a-z0-9]+/gi) ?? [];
    const core = runs.reduce((longest, run) => (run.length > longest.length ? run : longest), "").toLowerCase();
    const cores = this.#byCore.get(core.length) ?? new Map<string, string[]>();
    this.#byCore.set(core.length, cores.set(core, [...(cores.get(core) ?? []), value]));
  }

  /** Remembers the token in a header `Authorization`, also one without the scheme before it. */
  addHeader(authorization: string | null): void {
    for (const word of authorization?.split(/[\s,]+/) ?? []) if (!SCHEME.test(word)) this.add(word);
  }

  /** Remembers the credentials in a body, JSON or form, and those in the links of a JSON body. */
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

  /** True for a parameter of a link that lets in anyone who has it. */
  isKeyOfLink(name: string): boolean {
    return angelcamDocument().secretNames.has(name) || KEY_OF_A_LINK.test(name);
  }

  /** The text without credentials, plain or encoded. A credential that is a part of a longer word stays. */
  mask(text: string): string {
    const runs = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    const present = new Set(["", ...runs].flatMap((run) => this.#within(run)));
    // A credential that contains another one is masked first.
    return [...present]
      .sort((one, other) => other.length - one.length)
      .reduce((safe, value) => safe.replace(patternOf(value), MASK), text);
  }

  /** The secrets whose core is in a run. */
  #within(run: string): string[] {
    return [...this.#byCore].flatMap(([length, cores]) => {
      if (length > run.length) return [];
      if (run.length > LONGEST_RUN) return [...cores].flatMap(([core, secrets]) => (run.includes(core) ? secrets : []));
      const found: string[] = [];
      for (let start = 0; start + length <= run.length; start++) {
        found.push(...(cores.get(run.slice(start, start + length)) ?? []));
      }
      return found;
    });
  }

  /** The same for every text in a value. */
  maskAll<T>(value: T): T {
    return mapTexts(value, (text) => this.mask(text)) as T;
  }

  #addForm(form: URLSearchParams): void {
    for (const [name, value] of form) if (this.isKeyOfLink(name)) this.add(value);
  }

  #addJson(value: unknown, name = ""): void {
    if (typeof value === "string") {
      if (angelcamDocument().secretNames.has(name)) this.add(value);
      if (/^[a-z]+:\/\//.test(value) && URL.canParse(value)) this.addUrl(new URL(value));
    } else if (Array.isArray(value)) for (const item of value) this.#addJson(item, name);
    else if (typeof value === "object" && value !== null) {
      for (const [field, part] of Object.entries(value)) this.#addJson(part, field);
    }
  }
}

/** A secret in any encoding. It is not kept: twenty thousand of them would take all the memory of the process. */
function patternOf(value: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9])(?:${secretPattern(value)})(?![A-Za-z0-9])`, "gi");
}
