import { type CameraPage, type Candidate, everyPage, PAGE } from "../candidate.ts";

/** `fetch` as a quick start uses it: without types and without errors. */
export const bareFetch: Candidate = {
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
