import createClient from "openapi-fetch";
import type { paths } from "../../../generated/schema.ts";
import { type Candidate, everyPage, PAGE } from "../candidate.ts";

/** Typed by path only: it throws no errors and has no retries. */
export const openapiFetch: Candidate = {
  name: "openapi-fetch",
  module: "openapi-fetch",
  features: ["typed", "token"],
  connect({ origin, token, fetch }) {
    const headers = { Authorization: `Bearer ${token}` };
    const client = createClient<paths>({ baseUrl: origin, headers, ...(fetch ? { fetch } : {}) });
    return {
      async camera(id) {
        const { data } = await client.GET("/v1/cameras/{camera_id}/", { params: { path: { camera_id: id } } });
        return data;
      },
      cameras: () =>
        everyPage(async (offset) => {
          const { data } = await client.GET("/v1/cameras/", { params: { query: { limit: PAGE, offset } } });
          return data ?? { count: 0, results: [] };
        }),
    };
  },
};
