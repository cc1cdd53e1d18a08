export type { SandboxAccount, SandboxAccountOptions } from "./accounts.ts";
export type { SandboxCamera, SandboxCameras } from "./camera-collection.ts";
export type { SandboxClient, SandboxGrant } from "./clients.ts";
export type { SandboxClock, TimeSource } from "./clock.ts";
export { createSandbox } from "./create-sandbox.ts";
export type { Fault, FaultKind } from "./fault.ts";
export type { AddedFault, SandboxFaults } from "./fault-list.ts";
export { fingerprint } from "./fingerprint.ts";
export type { SandboxOptions } from "./options.ts";
export type { QuotaWindow, RetryAfter, SandboxQuotaOptions, SandboxQuotaState } from "./quota.ts";
export type { LogEntry, LogFilter } from "./request-log.ts";
export type {
  Sandbox,
  SandboxAuthorizeOptions,
  SandboxListener,
  SandboxListenOptions,
  SandboxQuota,
  SandboxTokenOptions,
  SandboxTokens,
} from "./sandbox.ts";
export type { Sleep } from "./sleep.ts";
