import type { Routes } from "../route-table.ts";
import type { State } from "../state.ts";
import { serveActions } from "./actions.ts";
import { serveArrowClients } from "./arrow-clients.ts";
import { serveClips } from "./clips.ts";
import { serveEvents } from "./events.ts";
import { serveExamples } from "./examples.ts";
import { servePlaybacks } from "./playbacks.ts";
import { serveRecordings } from "./recordings.ts";
import { serveResources } from "./resources.ts";
import { serveSignIn } from "./sign-in.ts";

/** Every part of the API: first what is special and what has no model, then what all lists have in common. */
export function serveParts(routes: Routes, state: State): void {
  serveSignIn(routes, state);
  serveRecordings(routes, state);
  servePlaybacks(routes, state);
  serveClips(routes, state);
  serveEvents(routes, state);
  serveArrowClients(routes);
  serveActions(routes);
  serveExamples(routes);
  serveResources(routes);
}
