import { type CameraPage, type Candidate, everyPage, PAGE } from "../candidate.ts";
import { loadPeer } from "../peer.ts";

interface Axios {
  create(options: object): { get<T>(path: string, options?: object): Promise<{ data: T }> };
}

/** It has no retries of its own. Over the network it uses its own adapter in place of fetch. */
export async function axios(): Promise<Candidate[]> {
  const { default: factory } = await loadPeer<{ default: Axios }>("axios");
  return [
    {
      name: "axios",
      module: "axios",
      features: ["token", "errors", "timeout"],
      connect({ origin, token, fetch }) {
        const client = factory.create({
          baseURL: origin,
          headers: { Authorization: `Bearer ${token}` },
          timeout: 30_000,
          ...(fetch ? { adapter: "fetch", env: { fetch, Request, Response } } : {}),
        });
        return {
          camera: async (id) => (await client.get(`/v1/cameras/${id}/`)).data,
          cameras: () =>
            everyPage(
              async (offset) =>
                (await client.get<CameraPage>("/v1/cameras/", { params: { limit: PAGE, offset } })).data,
            ),
        };
      },
    },
  ];
}
