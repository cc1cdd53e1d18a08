import { Angelcam, personalAccessToken } from "angelcam-client";
import { EnvHttpProxyAgent, fetch as undiciFetch } from "undici";

// Reads HTTP_PROXY, HTTPS_PROXY and NO_PROXY. `fetch` of the same package, for the one of Node is of another version.
const dispatcher = new EnvHttpProxyAgent();
const fetchThroughProxy = (input: RequestInfo | URL, init?: RequestInit) =>
  undiciFetch(input as string, { ...(init as object), dispatcher }) as unknown as Promise<Response>;

export const angelcam = new Angelcam({
  auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? ""),
  fetch: fetchThroughProxy,
  // Undefined for Angelcam itself.
  baseUrl: process.env.ANGELCAM_BASE_URL,
});

console.log((await angelcam.me.get()).email);
