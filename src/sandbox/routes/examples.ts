import type { OperationId } from "../../../generated/operations.ts";
import type { PlayRequest } from "../../../generated/schema.ts";
import { RequestError } from "../../http/request-error.ts";
import { rulesFor } from "../document.ts";
import type { Routes } from "../route-table.ts";
import { parentIdAt } from "./resources.ts";

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
      parentIdAt(rules.path, call);
      const [example] = rules.examples as readonly object[];
      const { message, repeat, stop_after } = Object(id === "speakers.play" ? body : undefined) as PlayRequest;
      if (repeat && stop_after == null) throw new RequestError(400, { stop_after: ["`repeat` requires it."] });
      // A speaker that plays a stored message opens no session.
      if (example === undefined || message != null) return new Response(null, { status: 204, headers });
      const known = Object.entries(path).filter(([name]) => name in example);
      return Response.json({ ...example, ...Object.fromEntries(known) }, { status: rules.status, headers });
    });
  }
}
