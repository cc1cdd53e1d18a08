import type { OperationId } from "../../generated/operations.ts";
import { readForm as fieldsOfForm, isForm, mediaTypeOf } from "../contract/body.ts";
import { readAddress } from "../http/read-address.ts";
import { checkBodyHeaders, chunksOf, readBody } from "../http/read-body.ts";
import { RequestError } from "../http/request-error.ts";
import { angelcamDocument, angelcamRouter } from "../openapi/angelcam-document.ts";
import { readCredential, readForm } from "./credentials.ts";
import { rulesFor } from "./document.ts";
import { fingerprint } from "./request-log.ts";
import type { Form } from "./route-table.ts";
import type { State } from "./state.ts";

/** The context of a request in flight. */
export type RequestContext = Awaited<ReturnType<typeof readRequest>>;

/** Reads a request, finds out whose it is, and logs it. */
export async function readRequest(request: Request, state: State) {
  const { log, clock } = state;
  const url = new URL(request.url);
  const { headers, method } = request;
  const entry = log.add({ time: clock.now(), method, origin: url.origin, path: url.pathname, query: queryOf(url) });
  const match = angelcamRouter().find(method === "HEAD" ? "GET" : method, url);
  const route = match.problem ? undefined : match.route;
  const rules = route && rulesFor(route.operation.id as OperationId);
  entry.operation = rules?.id;
  const address = await unreadable(() => readAddress(`${url.pathname}${url.search}`, url.host));
  let bodyText = "";
  const body = await unreadable(async () => {
    // A GET has no body, whatever its headers say.
    if (method === "GET" || method === "HEAD") return;
    const takesFile = rules?.takesFile ?? false;
    checkBodyHeaders(headers, takesFile);
    bodyText = await readBody(chunksOf(request), takesFile);
  });
  const form = formOf(bodyText, headers);
  const isOpen = rules?.signedIn === false;
  const credential = form && isOpen ? readForm(form, state) : readCredential(headers.get("Authorization"), state);
  entry.account = credential?.account?.username;
  entry.credential = credential?.secret === undefined ? undefined : fingerprint(credential.secret);
  entry.grant = isOpen ? form?.grant_type : undefined;
  return {
    ...{ request, url, headers, bodyText, form, entry, credential },
    /** The operation, if the document has one for its method, its path and its host. */
    operation: route && rules && { route, rules },
    /** The errors of an address or a body that cannot be read; neither is looked into. */
    malformed: { address, body },
  };
}

/** Returns the error of reading a part of a request; undefined when it can be read. */
async function unreadable(read: () => unknown): Promise<RequestError | undefined> {
  try {
    await read();
    return undefined;
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
}

function formOf(bodyText: string, headers: Headers): Form | undefined {
  if (!isForm(mediaTypeOf(headers) ?? "")) return undefined;
  const fields = fieldsOfForm(bodyText, headers);
  return "problem" in fields ? undefined : Object.fromEntries(fields);
}

/** The query for the log; of a secret only its fingerprint. */
function queryOf({ searchParams }: URL): Record<string, string> {
  const { secretNames } = angelcamDocument();
  const shown = [...searchParams].map(([name, value]) => [name, secretNames.has(name) ? fingerprint(value) : value]);
  return Object.fromEntries(shown);
}
