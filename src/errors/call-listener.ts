import { cleanError } from "./redact.ts";

/**
 * Calls a listener of the program. An error that it throws, or with which its promise rejects, is shown on the console; it
 * fails no call and loses no token.
 *
 * @param name Names the listener in the message: `onEvent`.
 */
export async function callListener(name: string, call: () => unknown): Promise<void> {
  try {
    await call();
  } catch (error) {
    console.error(`angelcam-client: ${name} threw`, cleanError(error));
  }
}
