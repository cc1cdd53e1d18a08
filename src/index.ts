export type * from "../generated/client.ts";
export type { OperationId, SecurityScheme, ServerName } from "../generated/operations.ts";
export type * from "../generated/schema.ts";
export type { AnyAngelcamError } from "./any-angelcam-error.ts";
export type { Auth, RejectedCredential, TokenClient, TokenForm, TokenResponse, TokenRoute } from "./auth/auth.ts";
export type { RefreshEvent, SessionEvent, TokenSaveFailedEvent } from "./auth/events.ts";
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
export { OAuthSession } from "./auth/session.ts";
export type { OAuthSessionOptions } from "./auth/session-options.ts";
export type { ErrorSummary } from "./auth/stored-tokens.ts";
export type { OnTokens } from "./auth/token-cache.ts";
export {
  type LockedTokenStore,
  type LockOptions,
  memoryTokenStore,
  type TokenStore,
  type Tokens,
} from "./auth/token-store.ts";
export type { Clock } from "./base/clock.ts";
export type { Fetch } from "./base/fetch.ts";
export { Angelcam } from "./client/angelcam.ts";
export type { ApiPromise, WithResponse } from "./client/api-promise.ts";
export { type AuthorizationUrlOptions, authorizationUrl } from "./client/authorization-url.ts";
export type { BodyOf, Input, QueryOf, ResponseOf } from "./client/operation-types.ts";
export type { AngelcamOptions } from "./client/options.ts";
export type { Page } from "./client/pagination/page.ts";
export type { PagePromise } from "./client/pagination/page-promise.ts";
export type { RequestOptions } from "./client/request-options.ts";
export { AngelcamError, type ErrorDetails } from "./errors/angelcam-error.ts";
export {
  ApiError,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
} from "./errors/api-errors.ts";
export {
  ConnectionError,
  OAuthError,
  QuotaError,
  TimeoutError,
  TokenStoreError,
  UnexpectedResponseError,
} from "./errors/client-errors.ts";
export type { ErrorCode } from "./errors/error-code.ts";
export type { RetryOptions } from "./errors/retry-policy.ts";
export {
  ClipError,
  type CreateClipOptions,
  clipIdOf,
  createClip,
  type WaitForClipOptions,
  waitForClip,
} from "./helpers/clips.ts";
export { type Downloads, type DownloadsOptions, downloads, type FootageDownload } from "./helpers/footage/downloads.ts";
export {
  type DateInput,
  type Footage,
  type FootageCoverage,
  type FootageOptions,
  type FootageSegment,
  type FootageSource,
  footage,
} from "./helpers/footage/footage.ts";
export {
  type LiveStream,
  type LiveStreamOptions,
  liveStream,
  StreamExpiredError,
  type StreamFormat,
  StreamFormatError,
  type StreamLink,
} from "./helpers/live-stream/index.ts";
export { type PairArrowClientOptions, pairArrowClient } from "./helpers/pairing.ts";
export {
  type Playback,
  type PlaybackOptions,
  type PlaybackPosition,
  type PlaybackSpeed,
  playback,
} from "./helpers/playback.ts";
export { type DetectStreamsOptions, detectStreams, StreamDetectionError } from "./helpers/stream-detection.ts";
export type { QuotaWaitEvent } from "./quota/events.ts";
export type { QuotaOptions, QuotaState } from "./quota/options.ts";
export { Quota, type QuotaLimiter, type QuotaRequest, type QuotaSlot } from "./quota/quota.ts";
export type { QuotaUsage, QuotaWindow } from "./quota/window.ts";
export type { ApiPaths } from "./transport/api-paths.ts";
export type { ClientEvent, RequestEvent, ResponseEvent, RetryEvent } from "./transport/events.ts";
export type {
  Api,
  ClientMethod,
  ClientRequestMethod,
  ErrorResponse,
  FetchOptions,
  FetchResponse,
  MethodResponse,
  Middleware,
  Readable,
} from "./transport/openapi-fetch.ts";
