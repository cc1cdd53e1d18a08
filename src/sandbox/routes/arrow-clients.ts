import type { ArrowPairing, ArrowServiceFlags } from "../../../generated/schema.ts";
import type { KeptArrowClient } from "../arrow-client-collection.ts";
import { errorResponse, invalidInput, noContent } from "../responses.ts";
import type { Routes, SignedInCall } from "../route-table.ts";

/** Pairing of Arrow clients, and what a paired one does. Their list is that of `special-lists.ts`. */
export function serveArrowClients(routes: Routes): void {
  routes.signedIn("arrowClients.pair", ({ space: { arrowClients }, body }) => {
    const { uuid, angelbox_id, mac } = body;
    if (!uuid && !angelbox_id && !mac) return invalidInput("One of uuid, angelbox_id and mac is required.");
    const client = arrowClients.pair(body);
    const pairing: ArrowPairing = client.wasPairedByMac && !uuid ? { mac: client.mac } : { uuid: client.uuid };
    return Response.json(pairing);
  });

  routes.signedIn("arrowClients.resetServiceTable", (call) =>
    onReachable(call, ({ uuid }) => {
      const services = call.space.collection("/v1/arrow-clients/{arrow_client_id}/services/", uuid);
      for (const { id, flags } of [...services]) {
        // Without `full`, services that were added by hand stay.
        if (call.body?.full || !(flags as ArrowServiceFlags).custom) services.remove(id as string);
      }
    }),
  );

  routes.signedIn("arrowClients.scanNetwork", (call) =>
    onReachable(call, (client) => call.space.arrowClients.scan(client)),
  );
}

/** Tells an Arrow client to do something, if it can be reached. */
function onReachable(
  { space, path }: Pick<SignedInCall<"arrowClients.get">, "space" | "path">,
  act: (client: KeptArrowClient) => void,
): Response {
  const client = space.arrowClients.get(path.arrow_client_id as string);
  if (!client) return errorResponse(404);
  if (client.status !== "online") return errorResponse(502, { detail: "The Arrow client cannot be reached." });
  act(client);
  return noContent();
}
