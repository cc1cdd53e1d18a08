export type { SandboxAccount, SandboxAccountOptions } from "./accounts.ts";
export type { ArrowClientName, SandboxArrowClient, SandboxArrowClients } from "./arrow-client-collection.ts";
export type { SandboxCamera, SandboxIncident, SandboxSharedCamera } from "./camera.ts";
export type { SandboxClient, SandboxGrant } from "./clients.ts";
export type { SandboxClip, SandboxClipOptions, SandboxClips } from "./clip-collection.ts";
export type { DateInput, SandboxClock, Sleep, TimeSource } from "./clock.ts";
export { createSandbox } from "./create-sandbox.ts";
export type { SandboxEvent, SandboxEventOptions, SandboxEvents } from "./event-collection.ts";
export type { Fault, FaultKind } from "./fault.ts";
export type { AddedFault, SandboxFaults } from "./fault-list.ts";
export { fingerprint } from "./fingerprint.ts";
export type { SandboxOptions } from "./options.ts";
export { pageOf } from "./page-of.ts";
export type { QuotaWindow, RetryAfter, SandboxQuotaOptions, SandboxQuotaState } from "./quota.ts";
export type { SandboxRecording } from "./recording.ts";
export type { SandboxRecordings, SandboxSegment } from "./recording-collection.ts";
export type { LogEntry, LogFilter } from "./request-log.ts";
export type { SandboxCollection, SandboxList } from "./resources/collection.ts";
export type {
  Sandbox,
  SandboxListener,
  SandboxListenOptions,
  SandboxQuota,
} from "./sandbox.ts";
export type { SandboxSpace, SandboxSpaceContent } from "./space.ts";
export type { SandboxStreamDetection, SandboxStreamDetections } from "./stream-detection-registry.ts";
export type { SandboxAuthorizeOptions, SandboxTokenOptions, SandboxTokens } from "./tokens.ts";
