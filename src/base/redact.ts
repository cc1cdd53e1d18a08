/** Replaces each credential in a text. */
const MASK = "[secret]";

/** Characters of a message that a clean error keeps. */
const LONGEST_MESSAGE = 1_000;

/** Characters of a message that are searched for credentials, so that a huge one costs no time. */
const LONGEST_SEARCHED = 100_000;

/** Errors that one clean copy holds at most, causes and members of an AggregateError included. */
const MOST_ERRORS = 20;

/** Lines of a stack that a clean error keeps. */
const MOST_FRAMES = 20;

/** Bytes from which the Base64 form of a credential is long enough not to occur by chance. */
const SHORTEST_BASE64 = 6;

/** Removes credentials from what is logged, thrown or reported. */
export interface Redactor {
  /**
   * The text without credentials: those that follow a secret name or an authentication scheme, those in a URL, and
   * those that are known.
   *
   * @param known Credentials in use, removed wherever they are: plain, or encoded as JSON, percent, form, HTML or Base64.
   */
  redact(text: string, known?: Iterable<string>): string;
  /**
   * A copy of an error of other code that is safe to keep and to log: its name, code, syscall, message, stack frames, cause
   * and members, all without credentials. Other properties, such as `config.headers` of axios or `command.args` of
   * ioredis, are left out.
   */
  cleanError(error: unknown, known?: Iterable<string>): Error;
}

/**
 * Makes the redactor of an API.
 *
 * @param secretNames Names of fields that hold a credential.
 */
export function createRedactor(secretNames: readonly string[]): Redactor {
  let named: RegExp | undefined;
  const redact = (text: string, known: Iterable<string> = []) => {
    named ??= namedSecrets(secretNames.join("|"));
    let safe = text;
    // A credential that contains another one is removed first.
    for (const secret of [...known].sort((a, b) => b.length - a.length)) {
      if (secret) safe = safe.replace(new RegExp(secretPattern(secret), "gi"), MASK);
    }
    return safe.replace(named, (_, ...groups: unknown[]) => groups.slice(0, GROUPS).find(Boolean) + MASK);
  };
  return {
    redact,
    cleanError(error, known = []) {
      const secrets = [...known];
      return copyError(error, (text) => redact(text.slice(0, LONGEST_SEARCHED), secrets), { left: MOST_ERRORS });
    },
  };
}

/**
 * The source of a regular expression (flag `i`) that finds a credential plain, and escaped or encoded as JSON, twice as
 * JSON, as percent, form or HTML entities, and as Base64 at any position of a longer text.
 */
export function secretPattern(secret: string): string {
  // A run of backslashes is one unit: with a choice for each of them, a search could take exponential time.
  const units = secret.match(/\\+|./gsu) ?? [];
  return [units.map(encodedUnit).join(""), ...base64Patterns(secret)].join("|");
}

/** How many groups of the expression below hold text that is kept. */
const GROUPS = 6;

/** Finds the value behind a secret name or an authentication scheme. Each group holds what is kept before the value. */
function namedSecrets(names: string): RegExp {
  // No letter before it, other than one of a percent code.
  const name = `(?<!(?<!%[\\da-f])[a-z_])(?:${names})`;
  const quote = `(?:\\\\{0,8}["']|&quot;|&#(?:3[49]|x2[27]);|%22)`;
  return new RegExp(
    [
      // JSON, escaped quotes included, also where the text was cut off inside the value.
      `("(?:${names})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`,
      // The same inside other text, in which the quotes are escaped or encoded, and as Node prints an object.
      `(${name}${quote}?\\s*(?::|%3A)(?:\\s|%20|\\+)*${quote})(?:(?!${quote}).)*`,
      // A form or a link, and one inside another.
      `(${name}=)[^&\\s"'<>]*`,
      `(${name}%3D)(?:(?!%26)[^&\\s"'<>])*`,
      // A header.
      `(\\b(?:(?:Bearer|PersonalAccessToken)|authorization\\W{1,9}Basic)(?:\\s|%20)+)(?!(?:${names})=)[\\w.~+/-]+=*`,
      // User name and password of a URL.
      "(//)[^/?#\\s\"'<>@]+(?=@)",
    ].join("|"),
    "gis",
  );
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };

function encodedUnit(unit: string): string {
  if (/[a-z0-9]/i.test(unit)) return unit;
  const json = quoted(unit);
  const texts = new Set([quoted(json), json, `\\${unit}`, unit]);
  return `(?:${Array.from(texts, (text) => Array.from(text, encodedCharacter).join("")).join("|")})`;
}

function encodedCharacter(character: string): string {
  const forms = [
    `&(?:amp;)*(?:${entitiesOf(character)});`,
    Array.from(new TextEncoder().encode(character), (byte) => `%(?:25)*${hexadecimal(byte, 2)}`).join(""),
    // One for each UTF-16 code unit, as writers of ASCII do.
    Array.from(
      { length: character.length },
      (_, index) => `\\\\{1,2}u${hexadecimal(character.charCodeAt(index), 4)}`,
    ).join(""),
    character.replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&"),
  ];
  if (character === " ") forms.push("\\+");
  return `(?:${forms.join("|")})`;
}

function entitiesOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `#0{0,6}${code}|#x0{0,6}${code.toString(16)}|${ENTITIES[character] ?? "#"}`;
}

function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function hexadecimal(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

/**
 * Base64 writes three bytes at a time, so a text looks different after one or two bytes. Characters that depend on a
 * neighbour too are matched as any.
 */
function base64Patterns(secret: string): string[] {
  const bytes = Array.from(new TextEncoder().encode(secret), (byte) => String.fromCharCode(byte)).join("");
  if (bytes.length < SHORTEST_BASE64) return [];
  return [0, 1, 2].map((before) => {
    const text = btoa("\0".repeat(before) + bytes).replace(/=/g, "");
    const own = text.slice(before && before + 1, (before + bytes.length) % 3 === 0 ? undefined : -1);
    const eitherAlphabet = own.replace(/\+/g, "(?:[+-]|%2B)").replace(/\//g, "(?:\\\\?[/_]|%2F)");
    return `${before ? "[\\w+/-]?" : ""}${eitherAlphabet}[\\w+/-]*(?:=|%3D){0,2}`;
  });
}

function copyError(error: unknown, redact: (text: string) => string, budget: { left: number }): Error {
  budget.left--;
  const name = wordIn(read(error, "name")) ?? "Error";
  const message = redact(messageOf(error)).slice(0, LONGEST_MESSAGE);
  const copy = new Error(message);
  const hidden = { name, stack: [`${name}: ${message}`, ...framesOf(error, redact)].join("\n") };
  for (const [key, value] of Object.entries(hidden)) {
    Object.defineProperty(copy, key, { value, configurable: true, writable: true });
  }
  for (const key of ["code", "syscall"]) {
    const value = read(error, key);
    if (Number.isFinite(value) || wordIn(value)) Object.assign(copy, { [key]: value });
  }
  const cause = read(error, "cause");
  if (cause !== undefined && budget.left > 0) copy.cause = copyError(cause, redact, budget);
  const members = read(error, "errors");
  if (Array.isArray(members)) {
    const errors = members.slice(0, budget.left).flatMap((member) => {
      return budget.left > 0 ? [copyError(member, redact, budget)] : [];
    });
    Object.assign(copy, { errors });
  }
  return copy;
}

/** A property of a foreign value, whose getters may throw. */
function read(value: unknown, name: string): unknown {
  try {
    return Object(value)[name];
  } catch {
    return undefined;
  }
}

/** A name or a code, and no text that may hold anything. */
function wordIn(value: unknown): string | undefined {
  return typeof value === "string" && /^[\w$.-]{1,64}$/.test(value) ? value : undefined;
}

function messageOf(error: unknown): string {
  const message = read(error, "message");
  if (typeof message === "string") return message;
  return Object(error) === error ? "an object without a message" : String(error);
}

/** Where the error was made, as V8 writes it. */
function framesOf(error: unknown, redact: (text: string) => string): string[] {
  const stack = read(error, "stack");
  if (typeof stack !== "string") return [];
  const frames = redact(stack)
    .split("\n")
    .filter((line) => /^ {4}at /.test(line));
  return frames.slice(0, MOST_FRAMES).map((line) => line.slice(0, LONGEST_MESSAGE));
}
