import type { StreamDetectionRequest, StreamDetectionResult } from "../../generated/schema.ts";
import type { TimeSource } from "./clock.ts";
import { firstExample } from "./contract.ts";
import { uuid } from "./identifier.ts";
import type { Random } from "./random.ts";

/** A search for streams as the sandbox keeps it. */
export interface SandboxDetection {
  readonly id: string;
  /** What the request asked for. */
  readonly request: StreamDetectionRequest;
  /** By the sandbox's clock: `in-progress` for 10 seconds, then its outcome. */
  readonly result: StreamDetectionResult;
  /** How it ends; a test can change it at any time. */
  outcome: StreamDetectionResult;
}

/** The searches for streams of an account. */
export interface SandboxDetections extends Iterable<SandboxDetection> {
  readonly count: number;
  get(id: string): SandboxDetection | undefined;
  /**
   * Lets the next search end like this: with an error, or with other streams than the one of the document's example.
   *
   * @example
   * ```ts
   * sandbox.detections.endNext({ status: "error", error: "The address does not answer." });
   * ```
   */
  endNext(outcome: StreamDetectionResult): void;
}

/** How long a search takes, in milliseconds. Made up: Angelcam names no time. */
const SEARCHES_FOR = 10_000;

/** The searches of an account. */
export class DetectionBook implements SandboxDetections {
  readonly #clock: TimeSource;
  readonly #random: Random;
  readonly #detections = new Map<string, SandboxDetection>();
  readonly #outcomes: StreamDetectionResult[] = [];

  constructor(clock: TimeSource, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  get count(): number {
    return this.#detections.size;
  }

  [Symbol.iterator](): Iterator<SandboxDetection> {
    return this.#detections.values();
  }

  get(id: string): SandboxDetection | undefined {
    return this.#detections.get(id);
  }

  endNext(outcome: StreamDetectionResult): void {
    this.#outcomes.push(outcome);
  }

  start(request: StreamDetectionRequest): SandboxDetection {
    const clock = this.#clock;
    const endsAt = clock.now() + SEARCHES_FOR;
    const example = firstExample("streamDetection.get").value as StreamDetectionResult;
    const detection: SandboxDetection = {
      id: uuid(this.#random),
      request,
      outcome: this.#outcomes.shift() ?? example,
      get result() {
        return clock.now() < endsAt ? { status: "in-progress" as const } : this.outcome;
      },
    };
    this.#detections.set(detection.id, detection);
    return detection;
  }
}
