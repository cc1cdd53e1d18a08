export type { ServerName } from "../generated/client.ts";
export type { components, operations, paths } from "../generated/schema.ts";
export type { Auth } from "./auth/auth.ts";
export { type AuthorizationUrlOptions, authorizationUrl } from "./auth/authorization-url.ts";
export { bearerToken, personalAccessToken } from "./auth/fixed-token.ts";
export {
  type AuthorizationCodeGrantOptions,
  authorizationCodeGrant,
  type Grant,
  type PasswordGrantOptions,
  passwordGrant,
  type RefreshTokenGrantOptions,
  refreshTokenGrant,
} from "./auth/grants.ts";
export { OAuthSession, type OAuthSessionOptions } from "./auth/session.ts";
export { memoryTokenStore, type TokenStore, type Tokens } from "./auth/token-store.ts";
export type { Clock } from "./base/clock.ts";
export { Angelcam, type AngelcamOptions } from "./client/angelcam.ts";
export type { ApiPromise, BodyOf, QueryOf, ResponseOf, WithResponse } from "./client/operation.ts";
export type { Page } from "./client/pagination/page.ts";
export type { PagePromise } from "./client/pagination/page-promise.ts";
export type { RequestOptions } from "./client/request-options.ts";
export { AngelcamError, type ErrorDetails } from "./errors/angelcam-error.ts";
export { ApiError } from "./errors/api-error.ts";
export { AuthenticationError } from "./errors/authentication-error.ts";
export { BadRequestError } from "./errors/bad-request-error.ts";
export { ConnectionError } from "./errors/connection-error.ts";
export type { ErrorCode } from "./errors/error-code.ts";
export { NotFoundError } from "./errors/not-found-error.ts";
export { OAuthError } from "./errors/oauth-error.ts";
export { PermissionDeniedError } from "./errors/permission-denied-error.ts";
export { QuotaError } from "./errors/quota-error.ts";
export { RateLimitError } from "./errors/rate-limit-error.ts";
export { ServerError } from "./errors/server-error.ts";
export { TimeoutError } from "./errors/timeout-error.ts";
export { UnexpectedResponseError } from "./errors/unexpected-response-error.ts";
export {
  ClipError,
  type CreateClipOptions,
  clipIdOf,
  createClip,
  type WaitForClipOptions,
  waitForClip,
} from "./helpers/clips.ts";
export { type Downloads, type DownloadsOptions, downloads, type FootageDownload } from "./helpers/downloads.ts";
export {
  type Footage,
  type FootageCoverage,
  type FootageOptions,
  type FootageSegment,
  footage,
} from "./helpers/footage/footage.ts";
export {
  LiveStream,
  type LiveStreamOptions,
  liveStream,
  type StreamFormat,
  StreamFormatError,
  type StreamLink,
} from "./helpers/live-stream/index.ts";
export { type PairArrowClientOptions, pairArrowClient } from "./helpers/pairing.ts";
export { type DetectStreamsOptions, detectStreams, StreamDetectionError } from "./helpers/stream-detection.ts";
export {
  Quota,
  type QuotaLimiter,
  type QuotaOptions,
  type QuotaRequest,
  type QuotaSlot,
  type QuotaState,
  type QuotaUsage,
  type QuotaWindow,
} from "./quota/quota.ts";
export type { ClientEvent } from "./transport/events.ts";
export type { RetryOptions } from "./transport/retry-options.ts";
