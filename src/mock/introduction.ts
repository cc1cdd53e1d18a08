import type { OpenApiDocument } from "../openapi/openapi-document.ts";

/** The text printed at the start of the mock: its address, the next steps, and the operations it serves. */
export function introduction(
  { operations }: OpenApiDocument,
  summaries: ReadonlyMap<string, string>,
  origin: string,
): string {
  const longest = Math.max(...operations.map(({ path }) => path.length));
  const lines = operations.map(
    ({ id, method, path }) => `  ${method.padEnd(6)}  ${path.padEnd(longest)}  ${summaries.get(id) ?? ""}`,
  );
  return `A mock of the Angelcam API listens on ${origin}

${lines.join("\n")}

Next:

  try it             curl "${origin}/v1/cameras/?limit=5" \\
                       --header "Authorization: Bearer anything"
  in your program    new Angelcam({ baseUrl: "${origin}", auth: bearerToken("anything") })
  an error           --header "Prefer: code=429"
  another example    --header "Prefer: example=offline", for /v1/cameras/20311/
  in a container     --host 0.0.0.0
  with a memory      npx angelcam-sandbox: what you create is in the list, tokens expire
  stop               Ctrl+C

Any token is accepted.`;
}
