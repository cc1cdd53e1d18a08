import { errorResponse, invalidInput } from "../responses.ts";
import type { Routes } from "../route-table.ts";

/** Searches for streams. */
export function serveStreamDetection(routes: Routes): void {
  routes.signedIn("streamDetection.start", ({ space: { streamDetections }, body }) => {
    const sources = [body.address, body.arrow_service].filter((source) => source !== undefined);
    if (sources.length !== 1) return invalidInput("Give either an address or an Arrow service.");
    return Response.json({ session_id: streamDetections.start(body).id });
  });

  routes.signedIn("streamDetection.get", ({ space: { streamDetections }, path }) => {
    const detection = streamDetections.get(path.session_id as string);
    return detection ? Response.json(detection.result) : errorResponse(404);
  });
}
