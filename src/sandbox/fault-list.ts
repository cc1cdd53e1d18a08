import { checkOptionNames } from "../base/check-names.ts";
import { checkAmount, checkNumber, mustBe } from "../base/check-number.ts";
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

/** The statuses of responses without a body. */
const BODILESS = [204, 205, 304];

/** @throws TypeError or RangeError for a fault that the sandbox could not show. */
function check(fault: Fault): void {
  checkOptionNames("faults.add", fault, NAMES);
  if (fault.operation !== undefined) checkOperation("faults.add", fault.operation);
  const kind = kindOf(fault);
  if (!KINDS.includes(kind)) throw new TypeError(`faults.add: unknown kind ${JSON.stringify(fault.kind)}`);
  if (kind === "latency" && !(Number(fault.latency) >= 0)) {
    throw new TypeError("faults.add: say what goes wrong, with a kind, a status or a latency");
  }
  const { nth = 1, times = 1, latency = 0, status, ...other } = { ...fault } as Record<string, unknown>;
  const { bytes = 1, pause = 0, to, body, headers } = other;
  checkNumber("faults.add: nth", { type: "integer", minimum: 1 }, nth);
  checkAmount("faults.add: times", 1, times);
  checkNumber("faults.add: latency", { type: "number", minimum: 0 }, latency);
  checkNumber("faults.add: bytes", { type: "integer", minimum: 1 }, bytes);
  checkNumber("faults.add: pause", { type: "number", minimum: 0 }, pause);
  if (status !== undefined || kind === "status") {
    const [minimum, maximum] = kind === "redirect" ? [300, 399] : [200, 599];
    checkNumber("faults.add: status", { type: "integer", minimum, maximum }, status);
    if (BODILESS.includes(status as number) && kind !== "empty" && kind !== "redirect")
      throw new RangeError(`faults.add: a response with the status ${status} has no body; take the kind "empty"`);
  }
  if (kind === "redirect" && typeof to !== "string") throw new TypeError(mustBe("faults.add: to", "an address", to));
  if (body !== undefined && JSON.stringify(body) === undefined) throw new TypeError("faults.add: the body is no JSON");
  new Headers(headers as HeadersInit | undefined);
}
