import type { Candidate } from "./candidate.ts";
import { inFreshProcess } from "./fresh-process.ts";

/** The cost of one client that is kept. */
export interface ClientCost {
  readonly kilobytes: number;
  readonly milliseconds: number;
}

/**
 * The cost of each client in a service that holds one per linked account: ours with a session each.
 *
 * @param clients How many are held at once.
 */
export function measureClients(all: readonly Candidate[], clients: number): Map<string, ClientCost> {
  const measured = all.filter(({ isVariant }) => !isVariant);
  return new Map(
    measured.map(({ name }) => {
      const bytes = inFreshProcess(program(name, clients, "bytes"), ["--expose-gc"]);
      const microseconds = inFreshProcess(program(name, clients, "microseconds"), ["--expose-gc"]);
      return [name, { kilobytes: bytes / 1000, milliseconds: microseconds / 1000 }];
    }),
  );
}

/** Prints the bytes or the microseconds of the processor per client. */
function program(name: string, clients: number, unit: "bytes" | "microseconds"): string {
  return `
    import { candidates } from "./candidates.ts";
    import { cameraText, TOKEN } from "./fixtures.ts";
    const candidate = (await candidates()).find((one) => one.name === ${JSON.stringify(name)});
    const fetch = async () => new Response(cameraText, { headers: { "Content-Type": "application/json" } });
    const connect = () => candidate.connect({ origin: "https://api.angelcam.com", token: TOKEN, fetch });
    const make = (count) => Array.from({ length: count }, connect);
    make(1000);
    globalThis.gc();
    const heap = process.memoryUsage().heapUsed;
    const cpu = process.cpuUsage();
    const held = make(${clients});
    const { user, system } = process.cpuUsage(cpu);
    globalThis.gc();
    const bytes = (process.memoryUsage().heapUsed - heap) / held.length;
    console.log(Math.round(${unit === "bytes" ? "bytes" : "(user + system) / held.length"}));
    process.exit();
  `;
}
