/** Bytes of the largest body that is examined for a hint. */
const LARGEST_EXAMINED = 1_000_000;

/** The SHA-256 of a body. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** True when a claim holds this hash. It is not documented in which alphabet of Base64, nor whether it is padded. */
export function isHash(claim: string, hash: Uint8Array): boolean {
  const base64 = btoa(String.fromCharCode(...hash));
  return [base64, base64.slice(0, -1)].includes(claim.replaceAll("-", "+").replaceAll("_", "/"));
}

/** Suggests why a body does not match its signature, without quoting the body. */
export async function hintFor(bytes: Uint8Array, claim: string): Promise<string> {
  const fits = async (text: string | Uint8Array<ArrayBuffer>) =>
    isHash(claim, await hashOf(typeof text === "string" ? new TextEncoder().encode(text) : text));
  const text = bytes.length <= LARGEST_EXAMINED ? new TextDecoder().decode(bytes) : "";
  for (const form of serializationsOf(text)) {
    if (await fits(form)) {
      return "The body was parsed and serialised again: pass the bytes as they came, before any JSON middleware";
    }
  }
  const decoded = fromBase64(text);
  if (decoded && (await fits(decoded))) {
    return "The body is still Base64, as gateways deliver it (isBase64Encoded): decode it first";
  }
  return "Pass the bytes as they came: a body that was parsed, re-encoded or trimmed has another hash";
}

/** The usual forms of the same JSON: compact, as Python writes it, both without and with non-ASCII characters, trimmed. */
function serializationsOf(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    const forms = [JSON.stringify(value), spaced(value), text.trim()];
    return [...forms, ...forms.map(toAscii), `${text}\n`];
  } catch {
    return [];
  }
}

/** JSON with a blank after each comma and colon. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}: ${spaced(field)}`);
  return `{${fields.join(", ")}}`;
}

function toAscii(json: string): string {
  return json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}
