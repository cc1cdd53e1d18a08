import { timeOf } from "../date-input.ts";
import { offsetPage } from "../offset-page.ts";
import { errorAnswer, invalidInput } from "../responses.ts";
import type { Routes } from "../route-table.ts";

/** Security incidents. */
export function serveIncidents(routes: Routes): void {
  routes.signedIn("rts.incidents.list", ({ account: { incidents }, query, url }) => {
    const [from, to] = [timeOf(query.start), timeOf(query.end)];
    if (from !== undefined && to !== undefined && from >= to) return invalidInput({ start: ["Must be before end."] });
    const selected = incidents.select(from, to);
    if (query.ordering === "asc") selected.reverse();
    return Response.json(offsetPage(selected, query, url, (incident) => incidents.show(incident)));
  });

  routes.signedIn("rts.incidents.get", ({ account: { incidents }, path }) => {
    const incident = incidents.get(path.incident_id as number);
    return incident ? Response.json(incidents.show(incident)) : errorAnswer(404);
  });
}
