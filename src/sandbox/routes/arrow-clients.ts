import type { ArrowClientSummary, ArrowPairing } from "../../../generated/schema.ts";
import { normalMac, type SandboxArrowClient } from "../arrow-client-collection.ts";
import { cursorPage } from "../cursor-page.ts";
import { errorAnswer, invalidInput } from "../responses.ts";
import type { Routes } from "../route-table.ts";

/** Arrow clients and their pairing. Their services come from the examples of the document. */
export function serveArrowClients(routes: Routes): void {
  routes.signedIn("arrowClients.list", ({ account: { arrowClients }, query: { mac }, url }) => {
    const paired = [...arrowClients].filter(({ status }) => status !== "not_paired");
    return cursorPage(
      paired.filter((client) => mac === undefined || client.mac === normalMac(mac)),
      url,
      { keyOf: (client) => client.uuid, show: summary },
    );
  });

  routes.signedIn("arrowClients.pair", ({ account: { arrowClients }, body }) => {
    const { uuid, angelbox_id, mac } = body;
    if (!uuid && !angelbox_id && !mac) return invalidInput("One of uuid, angelbox_id and mac is required.");
    const client = arrowClients.pair(body);
    const answer: ArrowPairing = client.wasPairedByMac && !uuid ? { mac: client.mac } : { uuid: client.uuid };
    return Response.json(answer);
  });

  routes.signedIn("arrowClients.get", ({ account: { arrowClients }, path }) => {
    const client = arrowClients.get(path.arrow_client_id as string);
    return client ? Response.json(arrowClients.show(client)) : errorAnswer(404);
  });

  routes.signedIn("arrowClients.unpair", ({ account: { arrowClients }, path }) =>
    arrowClients.remove(path.arrow_client_id as string) ? new Response(null, { status: 204 }) : errorAnswer(404),
  );

  routes.signedIn("arrowClients.scanNetwork", ({ account: { arrowClients }, path }) => {
    const client = arrowClients.get(path.arrow_client_id as string);
    if (!client) return errorAnswer(404);
    if (client.status !== "online") return errorAnswer(502, { detail: "The Arrow client cannot be reached." });
    arrowClients.scan(client.uuid);
    return new Response(null, { status: 204 });
  });
}

function summary({ uuid, mac, ip }: SandboxArrowClient): ArrowClientSummary {
  return { uuid, mac, ip };
}
