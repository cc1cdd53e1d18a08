/** A body of the pieces that a generator makes, each when the reader wants it. */
export function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(out) {
        const { done, value } = await pieces.next();
        if (done) out.close();
        else out.enqueue(value);
      },
      cancel: () => pieces.return(undefined).then(() => {}),
    },
    { highWaterMark: 0 },
  );
}
