import type { Document } from "../generate/document.ts";
import { curl } from "../shared/curl.ts";
import { operationsOf, type PlacedOperation, sampleRequest } from "../shared/sample-request.ts";

/** What a person who has just started the mock wants to know: where it is, what it serves, and how to ask it. */
export function introduction(document: Document, origin: string): string {
  const operations = operationsOf(document);
  const longest = Math.max(...operations.map(({ path }) => path.length));
  const lines = operations.map(
    ({ method, path, operation }) => `  ${method.padEnd(6)}  ${path.padEnd(longest)}  ${operation.summary ?? ""}`,
  );
  return `A mock of the ${document.info.title} ${document.info.version} listens on ${origin}

${lines.join("\n")}

Try it:

  ${example(document, operations, origin)}

  new Angelcam({ baseUrl: "${origin}", auth: bearerToken("anything") })

Any token will do. The header "Prefer: code=429" asks for another answer. Ctrl+C stops the mock.`;
}

/** A list says the most: it has a parameter, a token and several things in its answer. */
function example(document: Document, operations: readonly PlacedOperation[], origin: string): string {
  const place = operations.find(({ operation }) => operation["x-paging"]) ?? operations[0];
  if (!place) return `curl ${origin}`;
  const command = curl(sampleRequest(document, { ...place, servers: [{ url: origin }] }));
  return command.replace("$ACCESS_TOKEN", "anything").replaceAll("\n", "\n  ");
}
