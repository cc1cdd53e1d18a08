import type { ArrowClientSummary, ArrowPairing, ArrowServiceFlags } from "../../../generated/schema.ts";
import { normalMac, type SandboxArrowClient } from "../arrow-client-collection.ts";
import { cursorPage } from "../cursor-page.ts";
import { errorResponse, invalidInput, noContent } from "../responses.ts";
import type { Routes } from "../route-table.ts";

/** Arrow clients and their pairing. */
export function serveArrowClients(routes: Routes): void {
  routes.signedIn("arrowClients.list", ({ space: { arrowClients }, query: { mac }, url }) => {
    const paired = [...arrowClients].filter(({ status }) => status !== "not_paired");
    return cursorPage(
      paired.filter((client) => mac === undefined || client.mac === normalMac(mac)),
      url,
      { keyOf: (client) => client.uuid, show: summary },
    );
  });

  routes.signedIn("arrowClients.pair", ({ space: { arrowClients }, body }) => {
    const { uuid, angelbox_id, mac } = body;
    if (!uuid && !angelbox_id && !mac) return invalidInput("One of uuid, angelbox_id and mac is required.");
    const client = arrowClients.pair(body);
    const pairing: ArrowPairing = client.wasPairedByMac && !uuid ? { mac: client.mac } : { uuid: client.uuid };
    return Response.json(pairing);
  });

  routes.signedIn("arrowClients.get", ({ space: { arrowClients }, path }) => {
    const client = arrowClients.get(path.arrow_client_id as string);
    return client ? Response.json(arrowClients.show(client)) : errorResponse(404);
  });

  routes.signedIn("arrowClients.unpair", ({ space: { arrowClients }, path }) =>
    arrowClients.remove(path.arrow_client_id as string) ? noContent() : errorResponse(404),
  );

  routes.signedIn("arrowClients.resetServiceTable", ({ space, path, body }) => {
    const client = space.arrowClients.get(path.arrow_client_id as string);
    if (!client) return errorResponse(404);
    if (client.status !== "online") return unreachable();
    const services = space.collection("/v1/arrow-clients/{arrow_client_id}/services/", client.uuid);
    for (const { id, flags } of [...services]) {
      // Without `full`, services that were added by hand stay.
      if (body?.full || !(flags as ArrowServiceFlags).custom) services.remove(id as string);
    }
    return noContent();
  });

  routes.signedIn("arrowClients.scanNetwork", ({ space: { arrowClients }, path }) => {
    const client = arrowClients.get(path.arrow_client_id as string);
    if (!client) return errorResponse(404);
    if (client.status !== "online") return unreachable();
    arrowClients.scan(client.uuid);
    return noContent();
  });
}

function summary({ uuid, mac, ip }: SandboxArrowClient): ArrowClientSummary {
  return { uuid, mac, ip };
}

function unreachable(): Response {
  return errorResponse(502, { detail: "The Arrow client cannot be reached." });
}
