/** The hash of an address that holds a whole program. */
const PREFIX = "code=";

/** The hash for a program: its id where the code is unchanged, the code itself otherwise. */
export function hashOf(id: string, code: string, original: string | undefined): string {
  return code === original ? id : `${PREFIX}${encode(code)}`;
}

/** The code of a hash, or undefined where the hash names a program. */
export function codeOf(hash: string): string | undefined {
  if (!hash.startsWith(PREFIX)) return undefined;
  try {
    return decode(hash.slice(PREFIX.length));
  } catch {
    return "// The address is damaged: it holds no program.\n";
  }
}

function encode(text: string): string {
  const bytes = [...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join("");
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decode(text: string): string {
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}
