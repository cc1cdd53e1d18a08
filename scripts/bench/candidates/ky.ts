import { type CameraPage, type Candidate, everyPage, PAGE } from "../candidate.ts";
import { loadPeer } from "../peer.ts";

interface Ky {
  create(options: object): { get(path: string, options?: object): { json<T>(): Promise<T> } };
}

/** Once with its defaults (timeout, retries, errors), once with timeout and retries off. */
export async function ky(): Promise<Candidate[]> {
  const { default: factory } = await loadPeer<{ default: Ky }>("ky");
  const make = (name: string, options: object, features: Candidate["features"]): Candidate => ({
    name,
    module: "ky",
    features,
    isVariant: name.includes(" off"),
    connect({ origin, token, fetch }) {
      const client = factory.create({
        headers: { Authorization: `Bearer ${token}` },
        ...options,
        ...(fetch ? { fetch } : {}),
      });
      return {
        camera: (id) => client.get(`${origin}/v1/cameras/${id}/`).json(),
        cameras: () =>
          everyPage((offset) =>
            client.get(`${origin}/v1/cameras/`, { searchParams: { limit: PAGE, offset } }).json<CameraPage>(),
          ),
      };
    },
  });
  return [
    make("ky, timeout and retries off", { timeout: false, retry: 0 }, ["token", "errors"]),
    make("ky", { timeout: 30_000, retry: { limit: 2 } }, ["token", "errors", "timeout", "retries"]),
  ];
}
