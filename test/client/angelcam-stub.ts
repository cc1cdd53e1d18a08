import { account, json, type RecordingFetch, recordingFetch } from "../support/fake-angelcam.ts";

/** The tokens of the quick start. */
export const TOKENS = {
  access_token: "1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ",
  refresh_token: "aFBNWhoLnq7hSTEVII5ELd9g20NjxC",
  token_type: "Bearer",
  expires_in: 36_000,
  scope: "read write",
};

const PAGE = { count: 0, next: null, previous: null, results: [] };

/** A fetch that responds to the operations of the quick start, on any host. */
export function stubbedAngelcam(): RecordingFetch {
  return recordingFetch(({ url }) => {
    const { pathname } = new URL(url);
    if (pathname.endsWith("/oauth/token/")) return json(TOKENS);
    if (pathname.endsWith("/v1/me/")) return json(account);
    if (pathname.endsWith("/v1/cameras/")) return json(PAGE);
    return json({ id: Number(pathname.split("/").at(-2)), streams: [] });
  });
}
