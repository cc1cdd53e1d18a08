import type { OperationId } from "../../../generated/operations.ts";
import { rulesFor } from "../document.ts";
import type { Routes } from "../route-table.ts";
import { checkParent } from "./resources.ts";

/** The operations whose effect is outside of Angelcam, or unknown. They need their item, and return an example. */
export const examples: readonly OperationId[] = [
  "angelCamera.getLatestFirmware",
  "clients.invite",
  "speakers.play",
  "speakers.stop",
  "speakers.test",
];

/** Serves what has no model. The header says that the response is an example; it never contradicts the path. */
export function serveExamples(routes: Routes): void {
  const headers = { "X-Sandbox": "example" };
  for (const id of examples) {
    const rules = rulesFor(id);
    routes.signedIn(id, (call) => {
      const { path, body } = call;
      checkParent(rules.path, call);
      const [example] = rules.examples as readonly object[];
      // A speaker that plays a stored message opens no session.
      const isSilent = id === "speakers.play" && (body as { message?: unknown } | undefined)?.message != null;
      if (example === undefined || isSilent) return new Response(null, { status: 204, headers });
      const known = Object.entries(path).filter(([name]) => name in example);
      return Response.json({ ...example, ...Object.fromEntries(known) }, { status: rules.status, headers });
    });
  }
}
