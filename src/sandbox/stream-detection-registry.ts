import type { StreamDetectionRequest, StreamDetectionResult } from "../../generated/schema.ts";
import { rulesFor } from "./document.ts";
import { MadeUpItems, type SandboxList } from "./resources/collection.ts";

/** A search for streams as the sandbox keeps it. */
export interface SandboxStreamDetection {
  readonly id: string;
  /** The body of the request. */
  readonly request: StreamDetectionRequest;
  /** By the sandbox's clock: `in-progress` for 10 seconds, then its outcome. */
  readonly result: StreamDetectionResult;
  /** How it ends; a test can change it at any time. */
  outcome: StreamDetectionResult;
}

/** The searches for streams of an account. */
export type SandboxStreamDetections = SandboxList<SandboxStreamDetection, string> &
  Pick<StreamDetectionRegistry, "resolveNext">;

/** How long a search takes, in milliseconds. Made up: Angelcam names no time. */
const SEARCHES_FOR = 10_000;

/** The searches of an account. */
export class StreamDetectionRegistry extends MadeUpItems<SandboxStreamDetection> {
  readonly #outcomes: StreamDetectionResult[] = [];

  /**
   * Lets the next search end like this: with an error, or with other streams than the one of the document's example.
   *
   * @example
   * ```ts
   * sandbox.streamDetections.resolveNext({ status: "error", error: "The address does not answer." });
   * ```
   */
  resolveNext(outcome: StreamDetectionResult): void {
    this.#outcomes.push(outcome);
  }

  start(request: StreamDetectionRequest): SandboxStreamDetection {
    const { clock } = this.source;
    const endsAt = clock.now() + SEARCHES_FOR;
    const example = rulesFor("streamDetection.get").examples[0] as StreamDetectionResult;
    const detection: SandboxStreamDetection = {
      id: this.random.uuid(),
      request,
      outcome: this.#outcomes.shift() ?? example,
      get result() {
        return clock.now() < endsAt ? { status: "in-progress" as const } : this.outcome;
      },
    };
    this.items.push(detection);
    return detection;
  }
}
