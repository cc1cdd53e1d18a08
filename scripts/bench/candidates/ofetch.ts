import { type CameraPage, type Candidate, everyPage, PAGE } from "../candidate.ts";
import { loadPeer } from "../peer.ts";

type Send = <T>(path: string, options?: object) => Promise<T>;

interface Ofetch {
  createFetch(globals: object): { create(options: object): Send };
}

/** Once with all that it has (timeout, retries, errors), once with timeout and retries off. */
export async function ofetch(): Promise<Candidate[]> {
  const { createFetch } = await loadPeer<Ofetch>("ofetch");
  const make = (name: string, options: object, features: Candidate["features"]): Candidate => ({
    name,
    module: "ofetch",
    features,
    isVariant: name.includes(" off"),
    connect({ origin, token, fetch = globalThis.fetch }) {
      const send = createFetch({ fetch, Headers, AbortController }).create({
        baseURL: origin,
        headers: { Authorization: `Bearer ${token}` },
        ...options,
      });
      return {
        camera: (id) => send(`/v1/cameras/${id}/`),
        cameras: () => everyPage((offset) => send<CameraPage>("/v1/cameras/", { query: { limit: PAGE, offset } })),
      };
    },
  });
  return [
    make("ofetch, timeout and retries off", { retry: 0 }, ["token", "errors"]),
    make("ofetch", { timeout: 30_000, retry: 2 }, ["token", "errors", "timeout", "retries"]),
  ];
}
