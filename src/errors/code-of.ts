import { AngelcamError } from "./angelcam-error.ts";

/** An error as an event names it: by its `code`, or by the name of its class where it is a mistake of the program. */
export function codeOf(error: unknown): string {
  if (error instanceof AngelcamError) return error.code;
  return error instanceof Error ? error.name : "Error";
}
