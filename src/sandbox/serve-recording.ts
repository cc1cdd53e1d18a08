// Node only: reads a file and opens a port.
import { readFile } from "node:fs/promises";
import { readHar } from "../openapi/har.ts";
import { listen } from "./listen.ts";
import { replay } from "./replay.ts";
import type { Sandbox } from "./sandbox.ts";

/** What the command serves, and its message once it listens. */
export interface Program {
  readonly listen: (options: { readonly port: number; readonly host: string }) => ReturnType<Sandbox["listen"]>;
  readonly welcome: (origin: string) => string;
}

/**
 * Plays a recording back.
 *
 * @throws TypeError for a file that cannot be read, or holds no recording.
 */
export async function serveRecording(file: string): Promise<Program> {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new TypeError(`--replay ${file} cannot be read: ${error.message}`);
  });
  const recording = readHar(text);
  const respond = replay(recording);
  const serve = async (request: Request) => ({ response: await respond(request), fault: undefined });
  const count = recording.log.entries.length;
  return {
    listen: ({ port, host }) => listen(serve, port, host),
    welcome: (origin) => `${count} recorded requests of ${file} are played back on ${origin}\n\nPress Ctrl+C to end.`,
  };
}
