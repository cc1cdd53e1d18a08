import { SPEED } from "../messages.ts";

// Time in the worker starts at the day that the samples use, and runs faster, so that no reader waits for a clip. Random
// numbers are the same in each run, and so are cameras, tokens and output.

const START = Date.parse("2026-11-24T12:00:00Z");

const { setTimeout: realSetTimeout, setInterval: realSetInterval } = globalThis;
const realNow = performance.now.bind(performance);
const elapsed = () => realNow() * SPEED;
const now = () => Math.floor(START + elapsed());
class VirtualDate extends Date {
  constructor(...parts: [] | [number | string | Date]) {
    if (parts.length === 0) super(now());
    else super(...(parts as [number]));
  }

  static override now(): number {
    return now();
  }
}
Object.assign(globalThis, {
  Date: VirtualDate,
  setTimeout: (task: () => void, delay = 0, ...rest: unknown[]) => realSetTimeout(task, delay / SPEED, ...rest),
  setInterval: (task: () => void, delay = 0, ...rest: unknown[]) => realSetInterval(task, delay / SPEED, ...rest),
});
Object.defineProperty(Performance.prototype, "now", { value: elapsed });
AbortSignal.timeout = (delay) => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException("The operation timed out", "TimeoutError")), delay);
  return controller.signal;
};
let seed = 1;
Math.random = () => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
};
crypto.getRandomValues = <T extends ArrayBufferView | null>(array: T): T => {
  if (array instanceof Uint8Array) for (const index of array.keys()) array[index] = Math.floor(Math.random() * 256);
  return array;
};
// A frame without an origin is no secure context, and has no randomUUID of its own.
crypto.randomUUID = () => {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
