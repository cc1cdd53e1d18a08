import type { Contender } from "./contender.ts";
import { inFreshProcess } from "./fresh-process.ts";

/** Calls after which everything that is made once has been made. */
const WARM_UP = 5000;

/** Kilobytes that the heap has grown by after so many calls, all garbage collected. */
export function measureMemory(all: readonly Contender[], calls: number): Map<string, number> {
  return new Map(
    all
      .filter(({ isVariant }) => !isVariant)
      .map(({ name }) => [name, inFreshProcess(growth(name, calls), ["--expose-gc"])]),
  );
}

function growth(name: string, calls: number): string {
  return `
    import { contenders } from "./contenders.ts";
    import { cameraText, TOKEN } from "./fixtures.ts";
    const contender = (await contenders()).find((one) => one.name === ${JSON.stringify(name)});
    const fetch = async () => new Response(cameraText, { headers: { "Content-Type": "application/json" } });
    const client = contender.connect({ origin: "https://api.angelcam.com", token: TOKEN, fetch });
    const call = async (times) => {
      for (let done = 0; done < times; done++) await client.camera(20311);
      // What waits for a turn of the event loop, such as a finalizer, gets one.
      for (let turn = 0; turn < 10; turn++) { globalThis.gc(); await new Promise((fulfil) => setImmediate(fulfil)); }
      return process.memoryUsage().heapUsed;
    };
    const before = await call(${WARM_UP});
    const after = await call(${calls});
    console.log(Math.round((after - before) / 1000));
    process.exit();
  `;
}
