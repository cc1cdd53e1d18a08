import { type ContractFetch, createContract, type Violation, withContract } from "../../src/contract/index.ts";
import { Angelcam, personalAccessToken } from "../../src/index.ts";
import { document } from "../client/documented-operations.ts";
import { requestExample, responseExample } from "../spec/examples.ts";
import { json } from "../support/fake-angelcam.ts";

/** Part of a request that no message may ever show. */
export const TOKEN = "fe6a3f0c25b84b1c";

/** The example of this name in a successful response. */
export function exampleResponse(id: string, name: string): Record<string, unknown> {
  return responseExample(document, id, name);
}

/** The example of this name in a request. */
export function exampleRequest(id: string, name: string): Record<string, unknown> {
  return requestExample(document, id, name);
}

/** The violations of a request, without its response. */
export function brokenBy(url: string, { method = "GET", headers = {}, body = "" } = {}): Violation[] {
  return createContract().checkRequest({
    method,
    url: url.startsWith("/") ? `https://api.angelcam.com${url}` : url,
    headers: { Authorization: `Bearer ${TOKEN}`, ...headers },
    bodyText: body,
  });
}

/** The violations of a form that is sent to the token endpoint. */
export function brokenByForm(fields: Record<string, string>): Violation[] {
  return brokenBy("https://my.angelcam.com/oauth/token/", {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields).toString(),
  });
}

/** The violations of a response to `cameras.get`. */
export function brokenByResponse(response: Response, bodyText: string): Violation[] {
  const request = { method: "GET", url: "https://api.angelcam.com/v1/cameras/20311/", headers: {} };
  return createContract().checkResponse(request, { status: response.status, headers: response.headers, bodyText });
}

/** A client of a server that returns this response, checked by the contract. */
export function watchedClient(response: () => Response, mode: "throw" | "report" = "report"): WatchedClient {
  const fetch = withContract(async () => response(), { mode });
  const auth = personalAccessToken(TOKEN);
  return { fetch, angelcam: new Angelcam({ auth, fetch, retry: false, quota: false }) };
}

/** A client, and the `fetch` that watches it. */
export interface WatchedClient {
  readonly fetch: ContractFetch;
  readonly angelcam: Angelcam;
}

/** The messages of violations. */
export function messagesOf(violations: readonly Violation[]): string[] {
  return violations.map(({ severity, message }) => (severity === "error" ? message : `${severity}: ${message}`));
}

export { json };
