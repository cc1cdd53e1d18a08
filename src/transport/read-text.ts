/** The body of a response is larger than it may be. */
export class ResponseTooLargeError extends Error {}

/**
 * Reads the body of a response as text, and stops as soon as it is too large: a compressed body of a few hundred
 * kilobytes can unpack to gigabytes.
 *
 * @param maxSize Bytes after decompression.
 * @throws ResponseTooLargeError
 */
export async function readText(response: Response, maxSize: number): Promise<string> {
  const reader = response.body?.getReader?.();
  // The response of another fetch implementation may have no web stream.
  if (!reader) return checkLength(await response.text(), maxSize);
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

function checkLength(text: string, maxSize: number): string {
  if (text.length > maxSize) throw new ResponseTooLargeError();
  return text;
}
