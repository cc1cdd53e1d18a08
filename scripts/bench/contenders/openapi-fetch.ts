import createClient from "openapi-fetch";
import type { paths } from "../../../generated/schema.ts";
import { type Contender, everyPage, PAGE } from "../contender.ts";

/** Typed by path, and nothing more: no error is thrown, nothing is repeated. */
export const openapiFetch: Contender = {
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
