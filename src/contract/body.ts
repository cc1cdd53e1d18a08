/** A body that was read, or the reason why it was not. */
export type ReadBody = { readonly value: unknown } | { readonly problem: string };

/** `application/json` for `Application/JSON; charset=utf-8`; undefined without a header. */
export function mediaTypeOf(headers: Headers): string | undefined {
  return headers.get("Content-Type")?.split(";")[0]?.trim().toLowerCase() || undefined;
}

/** True for JSON and for what is written in it, such as `application/problem+json`. */
export function isJson(mediaType: string): boolean {
  return /^application\/(?:.+\+)?json$/.test(mediaType);
}

/** False for videos, images and streams, which are long or never end: no schema describes them. */
export function isReadable(headers: Headers): boolean {
  const mediaType = mediaTypeOf(headers) ?? "";
  return !/^(?:video|audio|image)\/|^(?:application\/octet-stream|multipart\/x-mixed-replace|text\/event-stream)$/.test(
    mediaType,
  );
}

/** True for a form. */
export function isForm(mediaType: string): boolean {
  return mediaType === "application/x-www-form-urlencoded" || mediaType === "multipart/form-data";
}

/** Reads JSON. The problem quotes nothing of the body, because it may hold a credential. */
export function readJson(text: string): ReadBody {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { problem: "is not JSON" };
  }
}

/** The fields of a form in their order, or why they cannot be read. */
export function readForm(text: string, headers: Headers): [string, string][] | { readonly problem: string } {
  const contentType = headers.get("Content-Type") ?? "";
  if (mediaTypeOf(headers) === "multipart/form-data") return readMultipart(text, contentType);
  if (!text.split("&").every(isPercentEncoded)) return { problem: "has a broken % escape" };
  return [...new URLSearchParams(text)];
}

/**
 * True for percent-encoded UTF-8. The decoded text is looked at, because bundlers drop a call whose result nobody uses,
 * also one that was to throw.
 */
export function isPercentEncoded(text: string): boolean {
  try {
    return decodeURIComponent(text) !== text || !text.includes("%");
  } catch {
    return false;
  }
}

function readMultipart(text: string, contentType: string): [string, string][] | { readonly problem: string } {
  const boundary = contentType.match(/boundary="?([^";]+)/i)?.[1];
  if (boundary === undefined) return { problem: "names no boundary" };
  const parts = text.split(`--${boundary}`).slice(1, -1);
  return parts.map((part) => {
    const [head = "", ...content] = part.split("\r\n\r\n");
    const name = head.match(/\bname="([^"]*)"/i)?.[1] ?? "";
    return [name, content.join("\r\n\r\n").replace(/\r\n$/, "")];
  });
}
