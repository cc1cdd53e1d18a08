import type { OperationId } from "../../../generated/operations.ts";
import { rulesFor } from "../document.ts";
import { CallError } from "../responses.ts";
import type { Routes } from "../route-table.ts";
import { itemExists } from "./resources.ts";

/** The header of a response that does not depend on the request: it is an example of the document. */
const EXAMPLE_HEADER = { "X-Sandbox": "example" } as const;

/** The operations whose effect is outside of Angelcam, or unknown. They need their item, and return an example. */
export const examples: readonly OperationId[] = [
  "angelCamera.getLatestFirmware",
  "clients.invite",
  "speakers.play",
  "speakers.stop",
  "speakers.test",
];

/** Serves what has no model. */
export function serveExamples(routes: Routes): void {
  for (const id of examples) {
    const rules = rulesFor(id);
    const { path: template, status } = rules;
    routes.signedIn(id, ({ space, path, body }) => {
      if (!itemExists(template, space, path)) throw new CallError(404);
      const headers = EXAMPLE_HEADER;
      const [value] = rules.examples;
      // A speaker that plays a stored message opens no session.
      const isSilent = id === "speakers.play" && (body as { message?: unknown } | undefined)?.message != null;
      if (value === undefined || isSilent) return new Response(null, { status: 204, headers });
      return Response.json(fill(value, path), { status, headers });
    });
  }
}

/** The example with the values of the path instead of its own: a response never contradicts the request. */
function fill(example: unknown, path: Readonly<Record<string, unknown>>): object {
  const known = Object.entries(path).filter(([name]) => name in (example as object));
  return { ...(example as object), ...Object.fromEntries(known) };
}
