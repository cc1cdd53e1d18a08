import { type CameraPage, type Contender, everyPage, PAGE } from "../contender.ts";

/** What stands in a quick start: no types, no errors, nothing. */
export const bareFetch: Contender = {
  name: "fetch",
  module: undefined,
  features: ["token"],
  connect({ origin, token, fetch = globalThis.fetch }) {
    const headers = { Authorization: `Bearer ${token}`, Accept: "application/json" };
    const read = async (path: string) => (await fetch(`${origin}${path}`, { headers })).json();
    return {
      camera: (id) => read(`/v1/cameras/${id}/`),
      cameras: () => everyPage((offset) => read(`/v1/cameras/?limit=${PAGE}&offset=${offset}`) as Promise<CameraPage>),
    };
  },
};
