import { checkOptionNames } from "../base/check-names.ts";
import { checkOperation } from "./document.ts";
import { type Fault, kindOf } from "./fault.ts";
import { KINDS } from "./fault-response.ts";
import type { LogEntry } from "./request-log.ts";

/** A fault that was added. */
export interface AddedFault {
  /** How many requests have met it. */
  readonly met: number;
  /** Takes it back; what has happened has happened. */
  remove(): void;
}

/** The faults that are yet to come. */
export type SandboxFaults = Pick<FaultList, "count" | "add" | "clear">;

interface Waiting extends AddedFault {
  readonly fault: Fault;
  /** How many requests have matched it. */
  seen: number;
  met: number;
}

/** The faults that are yet to come, in the order in which they were added. */
export class FaultList {
  #waiting: Waiting[] = [];

  /** How many can still happen. */
  get count(): number {
    return this.#waiting.length;
  }

  /** Adds a fault. Of several that match a request, the one that was added first happens. */
  add(fault: Fault): AddedFault {
    check(fault);
    const waiting: Waiting = {
      fault,
      seen: 0,
      met: 0,
      remove: () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
      },
    };
    this.#waiting.push(waiting);
    return waiting;
  }

  /** Takes back all faults. */
  clear(): void {
    this.#waiting = [];
  }

  /** The fault that this request meets, if there is one. */
  take(entry: LogEntry): Fault | undefined {
    const matching = this.#waiting.filter(({ fault }) => matches(fault, entry));
    for (const waiting of matching) waiting.seen++;
    const chosen = matching.find(({ fault, seen }) => seen >= (fault.nth ?? 1));
    if (!chosen) return undefined;
    chosen.met++;
    if (chosen.met >= (chosen.fault.times ?? 1)) chosen.remove();
    return chosen.fault;
  }
}

function matches({ operation, method, path }: Fault, entry: LogEntry): boolean {
  return (
    (operation === undefined || operation === entry.operation) &&
    (method === undefined || method.toUpperCase() === entry.method) &&
    (path === undefined || (typeof path === "string" ? path === entry.path : entry.path.search(path) >= 0))
  );
}

const NAMES = [
  ...["kind", "operation", "method", "path", "nth", "times", "latency", "when", "status", "title", "detail", "body"],
  ...["headers", "retryAfter", "bytes", "pause", "to"],
];

function check(fault: Fault): void {
  checkOptionNames("faults.add", fault, NAMES);
  if (fault.operation !== undefined) checkOperation("faults.add", fault.operation);
  const { nth = 1, times = 1 } = fault;
  if (!KINDS.includes(kindOf(fault))) throw new TypeError(`faults.add: unknown kind ${JSON.stringify(fault.kind)}`);
  if (kindOf(fault) === "latency" && !(Number(fault.latency) >= 0)) {
    throw new TypeError("faults.add: say what goes wrong, with a kind, a status or a latency");
  }
  if (!(nth >= 1)) throw new RangeError(`faults.add: nth counts from 1, got ${nth}`);
  if (!(times >= 1)) throw new RangeError(`faults.add: times must be at least 1, got ${times}`);
}
