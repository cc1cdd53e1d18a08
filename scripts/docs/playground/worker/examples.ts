import document from "angelcam-client/openapi.json" with { type: "json" };
import { type Document, resolve } from "../../../generate/document.ts";
import { operationsOf, sampleRequest } from "../../../shared/sample-request.ts";
import { examplesOf, responsesOf } from "../../content/parts.ts";

// The samples use the ids of the document's examples, and not every such object is in a new sandbox.

const api = document as unknown as Document;
let routes: Map<string, () => Response> | undefined;

/**
 * The first example of a successful response, for a request whose path is the example of the document.
 *
 * @returns Undefined for any other path: there the 404 of the sandbox is right.
 */
export function exampleResponse({ method, url }: Request): Response | undefined {
  routes ??= new Map(operationsOf(api).flatMap(routesOf));
  return routes.get(`${method} ${new URL(url).pathname}`)?.();
}

function routesOf(place: ReturnType<typeof operationsOf>[number]): [string, () => Response][] {
  const [success] = responsesOf(api, place).filter(([status]) => status.startsWith("2"));
  if (!success) return [];
  const [status, { content = {} }] = success;
  const [example] = Object.values(content).flatMap((media) => examplesOf(api, resolve(api, media)));
  const headers = { "Content-Type": "application/json" };
  const respond = () =>
    example === undefined
      ? new Response(null, { status: Number(status) })
      : new Response(JSON.stringify(example.value), { status: Number(status), headers });
  return [[`${place.method} ${new URL(sampleRequest(api, place).url).pathname}`, respond]];
}
