import { type CameraPage, type Candidate, everyPage, PAGE } from "../candidate.ts";
import { loadBuilt, REDOCLY_CLIENT } from "../peer.ts";

interface Generated {
  readonly OPERATIONS: object;
  createClient(
    operations: object,
    config: object,
  ): {
    cameras_get(input: { path: { camera_id: number } }): Promise<unknown>;
    cameras_list(input: { query: { limit: number; offset: number } }): Promise<CameraPage>;
  };
}

/** Generated from the same document by `redocly generate-client`, with the retries and the timeout that it can have. */
export async function redocly(): Promise<Candidate[]> {
  const { createClient, OPERATIONS } = await loadBuilt<Generated>(REDOCLY_CLIENT);
  return [
    {
      name: "redocly generate-client",
      module: REDOCLY_CLIENT,
      features: ["typed", "token", "errors", "timeout", "retries"],
      connect({ origin, token, fetch }) {
        const client = createClient(OPERATIONS, {
          serverUrl: origin,
          auth: { bearer: token },
          timeout: 30_000,
          retry: { retries: 2 },
          ...(fetch ? { fetch } : {}),
        });
        return {
          camera: (id) => client.cameras_get({ path: { camera_id: id } }),
          cameras: () => everyPage((offset) => client.cameras_list({ query: { limit: PAGE, offset } })),
        };
      },
    },
  ];
}
