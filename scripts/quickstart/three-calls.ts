import { styleText } from "node:util";
import type { components } from "../../generated/schema.ts";
import type { Document } from "../generate/document.ts";
import { operationsOf } from "../shared/sample-request.ts";
import { columns } from "./columns.ts";
import type { Credentials } from "./credentials.ts";
import { type Observer, observedFetch, type SentRequest } from "./observed-fetch.ts";

type Camera = components["schemas"]["Camera"];
type OAuthToken = components["schemas"]["OAuthToken"];
type CurrentUser = components["schemas"]["CurrentUser"];

/** Options of `threeCalls`. */
export interface ThreeCallsOptions {
  /** The bundled document. */
  document: Document;
  credentials: Credentials;
  /** Origin of a mock that responds in place of Angelcam. */
  mock?: string | undefined;
  /** Prints a text and ends the line. */
  print: (text: string) => void;
  signal: AbortSignal;
}

/**
 * The quick start: signs in, checks the account on the test server, lists five cameras, and shows each step.
 *
 * @throws AngelcamError when a call fails.
 */
export async function threeCalls({ document, credentials, mock, print, signal }: ThreeCallsOptions): Promise<void> {
  // Imported here, because the generator may just have written this code.
  const { Angelcam, OAuthSession, passwordGrant, personalAccessToken } = await import("../../src/index.ts");
  const auth =
    "token" in credentials
      ? personalAccessToken(credentials.token)
      : new OAuthSession({ clientId: credentials.clientId, grant: passwordGrant(credentials) });
  const angelcam = new Angelcam({ auth, fetch: observedFetch(printer(document, print), mock), retry: false });

  const account = await angelcam.me.get({ server: "test", signal });
  print(indented(describeAccount(account)));

  const page = await angelcam.cameras.list({ limit: 5 }, { signal });
  print(indented(describeCameras(page.results)));
  print(indented(`\n${page.results.length} of ${page.count} cameras`));
}

/** Shows each request under a headline of its own: the summary of its operation. */
function printer(document: Document, print: (text: string) => void): Observer {
  const operations = operationsOf(document);
  let step = 0;
  return {
    onRequest(request) {
      const { method, url } = request;
      const known = operations.find((operation) => operation.method === method && operation.path === url.pathname);
      print(`\n${styleText("bold", `${++step}. ${known?.operation.summary ?? "Request"}`)}\n`);
      print(indented(describeRequest(request)));
    },
    async onResponse({ url }, response, milliseconds) {
      const { status, statusText } = response;
      const statusLine = styleText(status < 400 ? "green" : "red", `${status} ${statusText}`.trimEnd());
      print(indented(`${statusLine} after ${Math.round(milliseconds)} ms\n`));
      if (!response.ok || !url.pathname.startsWith("/oauth/")) return;
      // An invalid response is reported by the client, so it is ignored here.
      const token = (await response.json().catch(() => ({}))) as Partial<OAuthToken>;
      if (token.expires_in) print(indented(`Signed in. The access token works for ${token.expires_in / 3600} hours.`));
    },
  };
}

function describeRequest({ method, url, destination, authorization, fields }: SentRequest): string {
  const facts = [
    ...(destination.origin === url.origin ? [] : [["sent to", destination.href]]),
    ...(authorization === undefined ? [] : [["header", `Authorization: ${authorization} ***`]]),
    ...(fields.length === 0 ? [] : [["form", fields.join(", ")]]),
  ];
  const lines = columns(facts).split("\n").filter(Boolean);
  return [styleText("cyan", `${method} ${url}`), ...lines.map((line) => styleText("dim", line))].join("\n");
}

function describeAccount({ id, email, first_name, last_name }: CurrentUser): string {
  const name = [first_name, last_name].filter(Boolean).join(" ");
  return columns([
    ["Account", String(id)],
    ["E-mail", email],
    ["Name", name || "-"],
  ]);
}

function describeCameras(cameras: readonly Camera[]): string {
  const rows = cameras.map(({ id, name, type, status, streams }) => {
    const formats = streams.map(({ format }) => format).join(" ");
    return [String(id), name, type, status, formats || "-"];
  });
  return columns([["ID", "NAME", "TYPE", "STATUS", "STREAMS"], ...rows]);
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "   ");
}
