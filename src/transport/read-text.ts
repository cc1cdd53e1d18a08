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
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return utf8.decode(join(chunks, size));
    size += value.byteLength;
    if (size > maxSize) {
      reader.cancel().catch(() => {});
      throw new ResponseTooLargeError();
    }
    chunks.push(value);
  }
}

const utf8 = new TextDecoder();

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks;
  if (chunks.length === 1 && first) return first;
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

function checkLength(text: string, maxSize: number): string {
  if (text.length > maxSize) throw new ResponseTooLargeError();
  return text;
}
