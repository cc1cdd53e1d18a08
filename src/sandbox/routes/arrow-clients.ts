import type { ArrowServiceFlags } from "../../../generated/schema.ts";
import { CallError, found } from "../responses.ts";
import type { Routes, SignedInCall } from "../route-table.ts";

/** Pairing of Arrow clients, and what a paired one does. Their list is that of `special-lists.ts`. */
export function serveArrowClients(routes: Routes): void {
  routes.signedIn("arrowClients.pair", ({ space: { arrowClients }, body }) => {
    const { uuid, angelbox_id, mac } = body;
    if (!uuid && !angelbox_id && !mac) throw new CallError(400, "One of uuid, angelbox_id and mac is required.");
    const client = arrowClients.pair(body);
    return client.wasPairedByMac && !uuid ? { mac: client.mac } : { uuid: client.uuid };
  });

  routes.signedIn("arrowClients.resetServiceTable", ({ space, path, body }) => {
    const { uuid } = reachable({ space, path });
    const services = space.collection("/v1/arrow-clients/{arrow_client_id}/services/", uuid);
    for (const { id, flags } of [...services]) {
      // Without `full`, services that were added by hand stay.
      if (body?.full || !(flags as ArrowServiceFlags).custom) services.remove(id as string);
    }
  });

  routes.signedIn("arrowClients.scanNetwork", ({ space, path }) => space.arrowClients.scan(reachable({ space, path })));
}

/** The Arrow client of a path, if it can be reached. */
function reachable({ space, path }: Pick<SignedInCall<"arrowClients.get">, "space" | "path">) {
  const client = found(space.arrowClients.get(path.arrow_client_id as string));
  if (client.status !== "online") throw new CallError(502, "The Arrow client cannot be reached.");
  return client;
}
