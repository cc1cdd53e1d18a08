import * as client from "angelcam-client";
import * as sandboxModule from "angelcam-client/sandbox";
import type { FaultName, RunEvent, SandboxSummary, WindowUse } from "../messages.ts";
import { exampleResponse } from "./examples.ts";
import { maskedExchange } from "./mask.ts";

type Sandbox = ReturnType<typeof sandboxModule.createSandbox>;

/** The camera that the samples use. */
const CAMERA = 20311;

/** The address of the mock server in the guides. */
const MOCK = "http://127.0.0.1:4010";

/** The seconds that a fault makes the client wait. */
const FAULT_WAIT = 20;

/** An Angelcam for one run. */
export interface World {
  /** The modules of the client that the program imports; they report to the page. */
  readonly modules: Readonly<Record<string, object>>;
  readonly environment: Readonly<Record<string, string>>;
  /** The `fetch` of the program: it reaches the sandbox and nothing else. */
  readonly fetch: typeof globalThis.fetch;
  /** True while a request of the program has no response. */
  isBusy(): boolean;
  /** Reports the quota and the sandbox to the page. */
  report(): void;
}

/** Creates a sandbox with the objects of the samples. */
export function createWorld(faults: readonly FaultName[], post: (event: RunEvent) => void): World {
  const clients: client.Angelcam[] = [];
  const sandbox = prepare(sandboxModule.createSandbox(), faults);
  let current = sandbox;
  const token = sandbox.tokens.personalAccessToken();
  const { username, password } = sandbox.account;
  const expired = new WeakSet<Sandbox>();

  const report = () => {
    const quotas = new Set(clients.map(({ quota }) => quota));
    const snapshots = [...quotas].flatMap((quota) => (quota ? quota.snapshot() : []));
    post({
      type: "state",
      quota: [...clientWindows(snapshots), ...sandboxWindows(current)],
      sandbox: summaryOf(current),
    });
  };
  let inFlight = 0;
  const send = async (target: Sandbox, request: Request): Promise<Response> => {
    const body = await request.clone().text();
    if (request.url.startsWith(MOCK)) request.headers.set("Authorization", `PersonalAccessToken ${token}`);
    if (faults.includes("expired-token") && request.headers.has("Authorization") && !expired.has(target)) {
      expired.add(target);
      target.expireAccessTokens();
      target.tokens.revokePersonalAccessToken(token);
    }
    current = target;
    const received = await target.fetch(request.clone());
    const response = (received.status === 404 && exampleResponse(request)) || received;
    post({ type: "exchange", exchange: await maskedExchange(request, body, response) });
    report();
    return response;
  };
  const fetchFrom =
    (target: Sandbox): typeof globalThis.fetch =>
    async (input, init) => {
      const request = new Request(input, init);
      inFlight++;
      try {
        return await send(target, request);
      } catch (error) {
        const { code } = Object((error as Error).cause) as { code?: string };
        const text = `${new URL(request.url).origin} is out of reach: the playground has no network, only a sandbox.`;
        if (code === "ENOTFOUND") post({ type: "console", level: "warn", text });
        throw error;
      } finally {
        inFlight--;
      }
    };
  const createSandbox = (options?: Parameters<typeof sandboxModule.createSandbox>[0]) => {
    const made = applyFaults(sandboxModule.createSandbox(options), faults);
    current = made;
    const fetch = fetchFrom(made);
    return new Proxy(made, {
      get(target, name) {
        if (name === "fetch") return fetch;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  };
  class Angelcam extends client.Angelcam {
    constructor(...options: ConstructorParameters<typeof client.Angelcam>) {
      super(...options);
      clients.push(this);
    }
  }
  return {
    modules: {
      "angelcam-client": { ...client, Angelcam },
      "angelcam-client/sandbox": { ...sandboxModule, createSandbox },
    },
    environment: {
      ANGELCAM_CLIENT_ID: sandbox.client.clientId,
      ANGELCAM_CLIENT_SECRET: sandbox.client.clientSecret ?? "",
      ANGELCAM_USERNAME: username,
      ANGELCAM_PASSWORD: password,
      ANGELCAM_TOKEN: token,
      ANGELCAM_SENSOR_HASH: sandbox.cameras.get(CAMERA)?.event_api_hash ?? "",
      ANGELCAM_ACCESS_TOKEN: sandbox.tokens.signIn().access_token ?? "",
      ANGELCAM_WEBHOOK_KEY: "a key of the playground",
      REFRESH_TOKEN: sandbox.tokens.signIn().refresh_token ?? "",
      CODE: sandbox.authorize({ redirectUri: "https://app.example.com/angelcam/callback" }),
    },
    fetch: fetchFrom(sandbox),
    isBusy: () => inFlight > 0,
    report,
  };
}

/** Adds the camera of the samples with a week of footage. */
function prepare(sandbox: Sandbox, faults: readonly FaultName[]): Sandbox {
  if (!sandbox.cameras.get(CAMERA)) sandbox.cameras.add({ id: CAMERA, name: "Front door" }, 0);
  for (const { id } of sandbox.recordings.of(CAMERA)) {
    sandbox.recordings.setFootage(id, [
      { start: "2026-11-17T06:00:00Z", end: "2026-11-23T21:00:00Z" },
      { start: "2026-11-23T21:40:00Z", end: "2026-11-24T12:00:00Z" },
    ]);
  }
  return applyFaults(sandbox, faults);
}

function applyFaults(sandbox: Sandbox, faults: readonly FaultName[]): Sandbox {
  const isApi = { path: /^\/v1\// };
  if (faults.includes("outage")) sandbox.faults.add({ ...isApi, status: 503, times: 2 });
  if (faults.includes("quota-empty")) sandbox.faults.add({ ...isApi, status: 429, retryAfter: FAULT_WAIT });
  if (faults.includes("camera-offline")) for (const camera of sandbox.cameras) camera.status = "offline";
  return sandbox;
}

function clientWindows(windows: readonly client.QuotaUsage[]): WindowUse[] {
  return windows.map(({ limit, seconds, used }) => ({ side: "client", limit, seconds, used }));
}

function sandboxWindows(sandbox: Sandbox): WindowUse[] {
  return sandbox.quota.state().map(({ limit, seconds, used }) => ({ side: "sandbox", limit, seconds, used }));
}

function summaryOf(sandbox: Sandbox): SandboxSummary {
  const cameras = [...sandbox.cameras].map(({ id, name, status }) => ({ id, name, status: String(status) }));
  const clips = [...sandbox.clips].map(({ name, status }) => ({ name, status: String(status) }));
  return { cameras, clips, requests: sandbox.requests.length };
}
