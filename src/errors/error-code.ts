/** The stable strings in `code` of an error. New ones may be added; none is renamed. */
export type ErrorCode =
  | "bad_request"
  | "not_authenticated"
  | "permission_denied"
  | "not_found"
  | "rate_limited"
  | "server_error"
  | "api_error"
  | "quota_exceeded"
  | "oauth_error"
  | "session_ended"
  | "session_in_doubt"
  | "connection_failed"
  | "timeout"
  | "unexpected_response"
  | "token_store_failed";
