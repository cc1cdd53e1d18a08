import type { Routes } from "../route-table.ts";
import type { World } from "../state.ts";
import { serveArrowClients } from "./arrow-clients.ts";
import { serveCameras } from "./cameras.ts";
import { serveClips } from "./clips.ts";
import { serveEvents } from "./events.ts";
import { serveExamples } from "./examples.ts";
import { serveIncidents } from "./incidents.ts";
import { serveMe } from "./me.ts";
import { serveMessages } from "./messages.ts";
import { servePlaybacks } from "./playbacks.ts";
import { serveRecordings } from "./recordings.ts";
import { serveSignIn } from "./sign-in.ts";
import { serveStreamDetection } from "./stream-detection.ts";

/** Every part of the API. What no part serves with a memory of its own answers with examples, so those come last. */
export function serveParts(routes: Routes, world: World): void {
  serveSignIn(routes, world);
  serveMe(routes);
  serveCameras(routes, world);
  serveRecordings(routes, world);
  servePlaybacks(routes, world);
  serveClips(routes, world);
  serveEvents(routes, world);
  serveMessages(routes);
  serveIncidents(routes);
  serveArrowClients(routes);
  serveStreamDetection(routes);
  serveExamples(routes);
}
