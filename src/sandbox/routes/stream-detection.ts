import { errorAnswer, invalidInput } from "../responses.ts";
import type { Routes } from "../route-table.ts";

/** Searches for streams. */
export function serveStreamDetection(routes: Routes): void {
  routes.signedIn("streamDetection.start", ({ account: { detections }, body }) => {
    const places = [body.address, body.arrow_service].filter((place) => place !== undefined);
    if (places.length !== 1) return invalidInput("Give either an address or an Arrow service.");
    return Response.json({ session_id: detections.start(body).id });
  });

  routes.signedIn("streamDetection.get", ({ account: { detections }, path }) => {
    const detection = detections.get(path.session_id as string);
    return detection ? Response.json(detection.result) : errorAnswer(404);
  });
}
