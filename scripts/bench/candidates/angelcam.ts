import type * as Package from "../../../src/index.ts";
import type { Candidate } from "../candidate.ts";
import { loadBuilt, OUR_CLIENT } from "../peer.ts";

/** A quota that counts like any other, and is large enough that no call waits. */
const ROOMY = [{ limit: 10_000_000, seconds: 60 }];

/** Everything on, by method and by path, and once with quota and retries off. */
export async function angelcam(): Promise<Candidate[]> {
  const { Angelcam, OAuthSession, memoryTokenStore, refreshTokenGrant } = await loadBuilt<typeof Package>(OUR_CLIENT);
  const make = (
    name: string,
    options: Package.AngelcamOptions,
    features: Candidate["features"],
    camera = (client: Package.Angelcam, id: number): Promise<unknown> => client.cameras.get(id),
  ): Candidate => ({
    name,
    module: OUR_CLIENT,
    features,
    isVariant: name.includes(","),
    connect({ origin, token, fetch }) {
      const now = Date.now();
      const tokens = {
        accessToken: token,
        refreshToken: token,
        issuedAt: now,
        expiresAt: now + 86_400_000,
        scope: undefined,
      };
      const session = new OAuthSession({
        clientId: "bench",
        grant: refreshTokenGrant({ refreshToken: token }),
        store: memoryTokenStore(tokens),
      });
      const client = new Angelcam({ auth: session, baseUrl: origin, fetch, ...options });
      return { camera: (id) => camera(client, id), cameras: () => client.cameras.list().toArray() };
    },
  });
  const everything = ["typed", "token", "errors", "timeout", "retries", "pages", "refresh", "quota"] as const;
  const byPath = async (client: Package.Angelcam, id: number) =>
    (await client.api.GET("/v1/cameras/{camera_id}/", { params: { path: { camera_id: id } } })).data;
  return [
    make("angelcam-client, quota and retries off", { quota: false, retry: false }, [
      "typed",
      "token",
      "errors",
      "timeout",
      "pages",
      "refresh",
    ]),
    make("angelcam-client, api.GET", { quota: { windows: ROOMY } }, everything, byPath),
    make("angelcam-client", { quota: { windows: ROOMY } }, everything),
  ];
}
