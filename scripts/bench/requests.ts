import type * as SandboxPackage from "../../src/sandbox/index.ts";
import { type Ask, JOBS, type Library, type Site } from "./jobs.ts";
import { loadBuilt, OUR_CLIENT, OUR_SANDBOX } from "./peer.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** The cost of a job. */
export interface Spent {
  /** Requests sent. */
  readonly sent: number;
  /** Those that Angelcam rejected with 429. */
  readonly rejected: number;
  /** Seconds of simulated time that it took. */
  readonly seconds: number;
  /** False when it gave up. */
  readonly isDone: boolean;
}

/** The cost of a job, once for each way to do it. */
export interface JobResult {
  readonly job: string;
  readonly ours: Spent;
  /** By hand, asking again a second after a 429. */
  readonly impatient: Spent;
  /** By hand, waiting as Retry-After says, three tries in all: as ky, redocly's client and openai do. */
  readonly patient: Spent;
}

/** The footage of the camera: a week with a gap. */
const WEEK = [
  { start: "2026-11-17T12:00:00Z", end: "2026-11-20T15:00:00Z" },
  { start: "2026-11-20T17:30:00Z", end: "2026-11-24T12:00:00Z" },
];

const ORIGIN = "https://api.angelcam.com";

/** Counts the requests of each job on a sandbox with Angelcam's quota, in simulated time. */
export async function countRequests(): Promise<JobResult[]> {
  const library = await loadBuilt<Library>(OUR_CLIENT);
  const { createSandbox } = await loadBuilt<typeof SandboxPackage>(OUR_SANDBOX);
  const results: JobResult[] = [];
  for (const job of JOBS) {
    const spend = async (work: (site: Site, sandbox: SandboxPackage.Sandbox, token: string) => Promise<unknown>) => {
      const clock = new VirtualClock();
      const sandbox = createSandbox({ cameras: 250, clock });
      const recording = [...sandbox.recordings][0];
      if (recording) sandbox.recordings.setFootage(recording.id, WEEK);
      const others = [...sandbox.cameras].filter(({ id, type }) => type !== "mjpeg" && id !== recording?.cameraId);
      const cameraIds = [recording?.cameraId ?? 0, ...others.map(({ id }) => id)];
      const site = { clock, cameraIds, recordingId: recording?.id ?? "" };
      const token = sandbox.tokens.personalAccessToken();
      const began = clock.now();
      const isDone = await clock.run(
        work(site, sandbox, token).then(
          () => true,
          (error) => {
            if (error instanceof GaveUp) return false;
            throw error;
          },
        ),
      );
      const rejected = sandbox.count({ status: 429 });
      return { sent: sandbox.count(), rejected, seconds: (clock.now() - began) / 1000, isDone };
    };
    const byHand = (tries: number, again: (retryAfter: number) => number) =>
      spend((site, sandbox, token) => job.byHand(handSender(site.clock, sandbox.fetch, token, tries, again), site));
    results.push({
      job: job.name,
      ours: await spend((site, { fetch }, token) => {
        const { clock } = site;
        const auth = library.personalAccessToken(token);
        return job.ours(new library.Angelcam({ auth, fetch, clock, coalesce: true }), site, library);
      }),
      impatient: await byHand(Number.POSITIVE_INFINITY, () => 1),
      patient: await byHand(3, (retryAfter) => retryAfter),
    });
  }
  return results;
}

/** The last try was rejected too. */
class GaveUp extends Error {}

function handSender(
  clock: VirtualClock,
  fetch: typeof globalThis.fetch,
  token: string,
  tries: number,
  again: (retryAfter: number) => number,
): Ask {
  const headers = { Authorization: `PersonalAccessToken ${token}`, "Content-Type": "application/json" };
  return async (path, body) => {
    const method = body ? "POST" : "GET";
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(`${ORIGIN}${path}`, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (response.ok) return response.json();
      if (response.status !== 429) throw new Error(`${method} ${path} returned ${response.status}`);
      if (attempt >= tries) throw new GaveUp(`${method} ${path} was rejected ${tries} times`);
      await clock.pause(again(Number(response.headers.get("Retry-After"))) * 1000);
    }
  };
}
