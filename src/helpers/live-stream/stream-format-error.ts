import { AngelcamError } from "../../errors/angelcam-error.ts";
import type { StreamFormat } from "./link-expiry.ts";

/** The camera has no stream in the format that was asked for. `available` names those that it has. */
export class StreamFormatError extends AngelcamError {
  override readonly name: string = "StreamFormatError";
  /** The formats that the camera has, which may be none. */
  declare readonly available: readonly StreamFormat[];

  /** @internal */
  constructor(cameraId: number, format: StreamFormat, available: readonly StreamFormat[]) {
    const has = available.length > 0 ? `It has ${available.join(", ")}.` : "It has no live stream at all.";
    super(`Camera ${cameraId} has no ${format} stream. ${has}`, {
      code: "stream_format_unavailable",
      retryable: false,
    });
    Object.defineProperty(this, "available", { value: available, enumerable: true });
  }
}
