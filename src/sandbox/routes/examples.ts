import type { OperationId } from "../../../generated/operations.ts";
import { contract, firstExample } from "../contract.ts";
import { offsetPage } from "../offset-page.ts";
import type { Routes, SignedInCall } from "../route-table.ts";

/** Everything that no other part serves: always the same, from the examples of the document. */
export function serveExamples(routes: Routes): void {
  for (const { id, paged } of contract) {
    if (routes.get(id)) continue;
    routes.signedIn(id, (call) => {
      const { status, value } = firstExample(id);
      if (value === undefined) return new Response(null, { status });
      return Response.json(paged ? onlyPage(value, call) : value, { status });
    });
  }
}

/** The items of the example as the whole list: its links lead to pages that nobody serves. */
function onlyPage(example: unknown, { query, url }: SignedInCall<OperationId>): object {
  const { results } = example as { results: unknown[] };
  const page = offsetPage(results, query as { limit?: number; offset?: number }, url, (item) => item);
  return { ...(example as object), ...page };
}
