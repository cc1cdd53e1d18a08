import type { components, paths } from "angelcam-client/schema";
import { createOpenApiHttp } from "openapi-msw";

// Handlers for MSW with the types of the document: paths, parameters, bodies and responses. A mistake in any of
// them does not compile.

const api = createOpenApiHttp<paths>({ baseUrl: "https://api.angelcam.com" });
const signIn = createOpenApiHttp<paths>({ baseUrl: "https://my.angelcam.com" });

const cameras = ["Front door", "Back door", "Yard"].map((name, index): components["schemas"]["Camera"] => ({
  id: 101 + index,
  name,
  type: "h264",
  status: name === "Back door" ? "offline" : "online",
  snapshot: { url: null, created_at: "2026-11-24T07:58:41Z" },
  live_snapshot: null,
  streams: [],
  applications: [],
  low_latency_enabled: false,
  audio_enabled: false,
  enable_status_checks: true,
  enable_periodical_snapshots: true,
  tags: [],
}));

/** An account with three cameras, one of which is offline. */
export const handlers = [
  signIn.post("/oauth/token/", ({ response }) =>
    response(200).json({
      access_token: "access",
      refresh_token: "refresh",
      token_type: "Bearer",
      expires_in: 36_000,
      scope: "user_access camera_access",
    }),
  ),
  api.get("/v1/cameras/", ({ query, response }) => {
    const [limit, offset] = [Number(query.get("limit") ?? 100), Number(query.get("offset") ?? 0)];
    const isLast = offset + limit >= cameras.length;
    const next = isLast ? null : `https://api.angelcam.com/v1/cameras/?limit=${limit}&offset=${offset + limit}`;
    return response(200).json({
      count: cameras.length,
      next,
      previous: null,
      results: cameras.slice(offset, offset + limit),
    });
  }),
  api.get("/v1/cameras/{camera_id}/", ({ params, response }) => {
    const camera = cameras.find(({ id }) => id === Number(params.camera_id));
    return camera
      ? response(200).json(camera)
      : response(404).json({ title: "not_found", detail: "Not found.", status: 404 });
  }),
];
