import { toIso } from "../../base/time.ts";
import { AngelcamError } from "../../errors/angelcam-error.ts";
import type { StreamFormat } from "./link-expiry.ts";

/** The camera has no stream in the requested format. `available` names the formats that it has. */
export class StreamFormatError extends AngelcamError {
  override readonly name: string = "StreamFormatError";
  declare readonly code: "stream_format_unavailable";
  /** The formats that the camera has, which may be none. */
  declare readonly available: readonly string[];

  /** @internal */
  constructor(cameraId: number, format: StreamFormat, available: readonly string[]) {
    const has = available.length > 0 ? `It has ${available.join(", ")}.` : "It has no live stream at all.";
    super(`Camera ${cameraId} has no ${format} stream. ${has}`, {
      code: "stream_format_unavailable",
      retryable: false,
    });
    Object.defineProperty(this, "available", { value: available, enumerable: true });
  }
}

/**
 * The link of a live stream has expired, or is known to expire before it can be renewed. While it has a listener, it is
 * renewed as soon as that is possible. `cause` is the failure that prevents the renewal, `retryAt` its next try.
 */
export class StreamExpiredError extends AngelcamError {
  override readonly name: string = "StreamExpiredError";
  declare readonly code: "stream_expired";
  /** When the link stops working, UTC ISO. */
  declare readonly expiresAt: string;

  /**
   * @internal
   * @param expiry Milliseconds since 1970 (UTC).
   * @param retryAt When it is renewed, in the same; undefined without a listener.
   */
  constructor(cameraId: number, expiry: number, retryAt: number | undefined, cause: unknown, advice: string) {
    const expiresAt = toIso(expiry);
    super(
      `The link of the live stream of camera ${cameraId} works until ${expiresAt}, and is not renewed yet. ${advice}`,
      {
        code: "stream_expired",
        retryable: true,
        ...(retryAt === undefined ? {} : { retryAt: new Date(retryAt) }),
      },
      cause,
    );
    Object.defineProperty(this, "expiresAt", { value: expiresAt, enumerable: true });
  }
}
