import type { Candidate } from "./candidate.ts";
import { inFreshProcess } from "./fresh-process.ts";

/** Calls before the measurement, after which every cache is filled. */
const WARM_UP = 5000;

/** Kilobytes that the heap has grown by after so many calls, all garbage collected. */
export function measureMemory(all: readonly Candidate[], calls: number): Map<string, number> {
  return new Map(
    all
      .filter(({ isVariant }) => !isVariant)
      .map(({ name }) => [name, inFreshProcess(growth(name, calls), ["--expose-gc"])]),
  );
}

function growth(name: string, calls: number): string {
  return `
    import { candidates } from "./candidates.ts";
    import { cameraText, TOKEN } from "./fixtures.ts";
    const candidate = (await candidates()).find((one) => one.name === ${JSON.stringify(name)});
    const fetch = async () => new Response(cameraText, { headers: { "Content-Type": "application/json" } });
    const client = candidate.connect({ origin: "https://api.angelcam.com", token: TOKEN, fetch });
    const call = async (times) => {
      for (let done = 0; done < times; done++) await client.camera(20311);
      // Finalizers and other work of the event loop run before the measurement.
      for (let turn = 0; turn < 10; turn++) { globalThis.gc(); await new Promise((resolve) => setImmediate(resolve)); }
      return process.memoryUsage().heapUsed;
    };
    const before = await call(${WARM_UP});
    const after = await call(${calls});
    console.log(Math.round((after - before) / 1000));
    process.exit();
  `;
}
