import type { Candidate, Client } from "./candidate.ts";
import { cameraText, listText, TOKEN } from "./fixtures.ts";
import { workOfCalls } from "./race.ts";

/** The work of a round. */
export type Work =
  /** So many calls with a stubbed fetch, in microseconds of the processor a call. */
  | { readonly kind: "calls"; readonly times: number }
  /** So many lists of 1,000 cameras with a stubbed fetch, in milliseconds of the processor a list. */
  | { readonly kind: "lists"; readonly times: number }
  /** So many calls over HTTP, some of them at once, in microseconds of the processor a call. */
  | { readonly kind: "loopback"; readonly times: number; readonly atOnce: number; readonly origin: string };

/** An origin that receives no request, because `fetch` is stubbed. */
const ORIGIN = "https://api.angelcam.com";

const HEADERS = { "Content-Type": "application/json" };

/** Prepares a candidate and returns the function that does a round of work; one client is created for each kind of work. */
export function workerOf({ name, connect }: Candidate): (work: Work) => Promise<number> {
  const clients = new Map<Work["kind"], Client>();
  const clientFor = (kind: Work["kind"], origin: string, fetch: typeof globalThis.fetch | undefined): Client => {
    const client = clients.get(kind) ?? connect({ origin, token: TOKEN, fetch });
    clients.set(kind, client);
    return client;
  };
  return async (work) => {
    if (work.kind === "calls") {
      const client = clientFor("calls", ORIGIN, async () => new Response(cameraText, { headers: HEADERS }));
      return await workOfCalls(work.times, () => client.camera(20_311));
    }
    if (work.kind === "loopback") {
      const client = clientFor("loopback", work.origin, undefined);
      return await workOfCalls(work.times, () => client.camera(20_311), work.atOnce);
    }
    const client = clientFor("lists", ORIGIN, respondWithList);
    const list = async () => {
      const { length } = await client.cameras();
      if (length !== 1000) throw new Error(`${name} returned ${length} cameras in place of 1000`);
    };
    return (await workOfCalls(work.times, list)) / 1000;
  };
}

async function respondWithList(input: Request | URL | string): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : (Object(input).url ?? input));
  return new Response(listText(Number(url.searchParams.get("offset") ?? 0)), { headers: HEADERS });
}
