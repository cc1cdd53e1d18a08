/** Virtual milliseconds in one real millisecond. */
export const SPEED = 20;

/** A fault that the reader switches on before a run. */
export type FaultName = "expired-token" | "outage" | "quota-empty" | "camera-offline";

/** From the page to the worker: run this code. */
export interface RunRequest {
  readonly code: string;
  readonly faults: readonly FaultName[];
}

/** A request of the program and its response. Secrets are masked. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  readonly status: number;
  readonly responseBody: string;
}

/** A window of the quota, as the client or as the sandbox counts it. */
export interface WindowUse {
  readonly side: "client" | "sandbox";
  readonly seconds: number;
  readonly limit: number;
  readonly used: number;
}

/** What the sandbox holds. */
export interface SandboxSummary {
  readonly cameras: readonly { readonly id: number; readonly name: string; readonly status: string }[];
  readonly clips: readonly { readonly name: string; readonly status: string }[];
  readonly requests: number;
}

/** From the worker to the page. */
export type RunEvent =
  | { readonly type: "ready" }
  | { readonly type: "console"; readonly level: "log" | "warn" | "error"; readonly text: string }
  | { readonly type: "exchange"; readonly exchange: Exchange }
  | { readonly type: "state"; readonly quota: readonly WindowUse[]; readonly sandbox: SandboxSummary }
  | { readonly type: "done"; readonly error?: { readonly message: string; readonly line?: number } };
