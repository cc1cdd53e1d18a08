import { createServer } from "node:http";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { Angelcam, AngelcamError, liveStream, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });

/** The cameras that your visitors may watch. */
const PUBLIC_CAMERAS = new Set((process.env.PUBLIC_CAMERAS ?? "").split(",").map(Number));

/**
 * `GET /live/1234` streams MJPEG. The browser gets pictures and nothing else: neither the token of the account nor the link of
 * the stream, which is a secret as well.
 */
export const server = createServer(async (request, response) => {
  const id = Number(request.url?.match(/^\/live\/(\d+)$/)?.[1]);
  if (!PUBLIC_CAMERAS.has(id)) return void response.writeHead(404).end();
  const watching = new AbortController();
  response.on("close", () => watching.abort());
  try {
    const stream = await liveStream(angelcam, id, { format: "mjpeg", signal: watching.signal });
    const upstream = await fetch(stream.url, { signal: watching.signal });
    if (!upstream.ok || !upstream.body) return void response.writeHead(502).end();
    // Only these headers: the others may tell where the stream comes from.
    const contentType = upstream.headers.get("Content-Type") ?? "application/octet-stream";
    response.writeHead(200, { "Content-Type": contentType, "Cache-Control": "no-store" });
    Readable.fromWeb(upstream.body as ReadableStream)
      .on("error", () => response.destroy())
      .pipe(response);
  } catch (error) {
    if (watching.signal.aborted) return;
    // Not only an AngelcamError: the streamer may not be reached either, and an error thrown here would end the server.
    response.writeHead(error instanceof AngelcamError && error.retryable ? 503 : 502).end();
  }
});

// Start it with `server.listen(3000)`.
