/** The body of a response is larger than it may be. */
export class ResponseTooLargeError extends Error {}

/**
 * Reads the body of a response as text, and stops as soon as it is too large: a compressed body of a few hundred
 * kilobytes can unpack to gigabytes.
 *
 * @param maxSize Bytes after decompression.
 * @throws ResponseTooLargeError; TypeError, with the code that Node gives to a wrong argument, for what the `fetch` of a
 * program has returned in place of a response that nobody has read.
 */
export async function readText(response: Response, maxSize: number): Promise<string> {
  if (!response?.headers?.get || response.bodyUsed) {
    const mistake = new TypeError("fetch must return an unread Response");
    throw Object.assign(mistake, { code: "ERR_INVALID_ARG_TYPE" });
  }
  const reader = response.body?.getReader?.();
  // The response of another fetch implementation may have no web stream, and keep a byte order mark.
  if (!reader) {
    const text = await response.text();
    if (text.length > maxSize) throw new ResponseTooLargeError();
    return text.replace(/^\uFEFF/, "");
  }
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > maxSize) {
      reader.cancel().catch(() => {});
      throw new ResponseTooLargeError();
    }
    text += decoder.decode(value, { stream: true });
  }
}
