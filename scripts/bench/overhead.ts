import type { Contender } from "./contender.ts";
import { cameraText, listText, TOKEN } from "./fixtures.ts";
import { type Runner, race, workOfCalls } from "./race.ts";
import type { Figure } from "./statistics.ts";

/** A host that nobody asks. */
const ORIGIN = "https://api.angelcam.com";

const HEADERS = { "Content-Type": "application/json" };

/** Microseconds of the processor for a call with a stubbed fetch: what the client itself costs, and the answer that every fetch makes. */
export function measureOverhead(
  all: readonly Contender[],
  rounds: number,
  calls: number,
): Promise<Map<string, Figure>> {
  const fetch = async () => new Response(cameraText, { headers: HEADERS });
  return race(
    all.map(({ name, connect }): Runner => {
      const client = connect({ origin: ORIGIN, token: TOKEN, fetch });
      return { name, round: () => workOfCalls(calls, () => client.camera(20_311)) };
    }),
    rounds,
  );
}

/** Milliseconds of the processor for a list of 1,000 cameras in pages of 100, with a stubbed fetch. */
export function measureList(all: readonly Contender[], rounds: number, lists: number): Promise<Map<string, Figure>> {
  const fetch = async (input: Request | URL | string) => {
    const url = new URL(input instanceof Request ? input.url : (Object(input).url ?? input));
    return new Response(listText(Number(url.searchParams.get("offset") ?? 0)), { headers: HEADERS });
  };
  return race(
    all.map(({ name, connect }): Runner => {
      const client = connect({ origin: ORIGIN, token: TOKEN, fetch });
      const list = async () => {
        const { length } = await client.cameras();
        if (length !== 1000) throw new Error(`${name} gave ${length} cameras in place of 1000`);
      };
      return { name, round: async () => (await workOfCalls(lists, list)) / 1000 };
    }),
    rounds,
  );
}
