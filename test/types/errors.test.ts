import { expectTypeOf, test } from "vitest";
import type { AnyAngelcamError, ErrorCode } from "../../src/index.ts";
import {
  type AngelcamError,
  type ClipError,
  type NotFoundError,
  type OAuthError,
  RateLimitError,
  type StreamExpiredError,
} from "../../src/index.ts";

// Checked by the compiler, never run.

declare const error: AngelcamError;
declare const known: AnyAngelcamError;

test("the code of an error is one of the table, and a class has its own", () => {
  expectTypeOf(error.code).toEqualTypeOf<ErrorCode>();
  if (error instanceof RateLimitError) expectTypeOf(error.code).toEqualTypeOf<"rate_limited">();
  // @ts-expect-error there is no such code
  if (error.code === "rate_limit") throw error;
});

test("the code narrows the type of an error", () => {
  if (known.code === "not_found") expectTypeOf(known).toEqualTypeOf<NotFoundError>();
  if (known.code === "session_ended") expectTypeOf(known).toEqualTypeOf<OAuthError>();
  if (known.code === "clip_failed") expectTypeOf(known).toEqualTypeOf<ClipError>();
  if (known.code === "stream_expired") {
    expectTypeOf(known).toEqualTypeOf<StreamExpiredError>();
    expectTypeOf(known.expiresAt).toBeString();
  }
});

test("every code is that of a class, but those of other entries", () => {
  expectTypeOf<Exclude<ErrorCode, AnyAngelcamError["code"]>>().toEqualTypeOf<
    "webhook_invalid" | "contract_violation"
  >();
});
