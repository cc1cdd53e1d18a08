// Node only: reads a file and opens a port.
import { readFile } from "node:fs/promises";
import { type Har, readHar } from "../openapi/har.ts";
import { listen } from "./listen.ts";
import { replay } from "./replay.ts";

/** Options of {@link serveRecording}. */
export interface RecordingServerOptions {
  readonly recording: Har;
  /** Its name, for the message. */
  readonly file: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly print: (text: string) => void;
  readonly untilStopped: () => Promise<void>;
}

/**
 * Reads a recording.
 *
 * @throws TypeError for a file that cannot be read, or holds none.
 */
export async function readRecording(file: string): Promise<Har> {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new TypeError(`--replay ${file} cannot be read: ${error.message}`);
  });
  return readHar(text);
}

/** Plays a recording back over HTTP until it is stopped. Returns the exit code. */
export async function serveRecording(options: RecordingServerOptions): Promise<number> {
  const { recording, file, port, print, untilStopped } = options;
  const respond = replay(recording);
  const serve = async (request: Request) => ({ response: await respond(request), fault: undefined });
  await using server = await listen(serve, port, "127.0.0.1");
  // Requested first: the reader of the text may stop it at once.
  const stopped = untilStopped();
  const count = recording.log.entries.length;
  print(`${count} recorded requests of ${file} are played back on ${server.origin}\n\nPress Ctrl+C to end.`);
  await stopped;
  return 0;
}
