import type { components } from "../../../generated/schema.ts";

/** How a stream is packed. */
export type StreamFormat = components["schemas"]["Stream"]["format"];

/** Seconds that a link works when it does not say so itself, see spec/schemas/Stream.yaml. */
export const LIFETIMES: Readonly<Record<StreamFormat, number>> = { hls: 3600, mjpeg: 120, mp4: 120, mpegts: 120 };

/** The last second that a `Date` can hold. */
const LATEST = 8_640_000_000_000;

/**
 * When a link that was given out just now stops working, in milliseconds since 1970 (UTC): the `exp` of its token where
 * that is a JSON Web Token, else what is known of the format. A token that has expired already says that the clocks
 * differ; it is not believed.
 */
export function expiryOf(url: string, format: StreamFormat, now: number): number {
  const seconds = expClaimOf(url);
  const named = seconds === undefined ? 0 : seconds * 1000;
  return named > now ? named : now + (LIFETIMES[format] ?? 120) * 1000;
}

function expClaimOf(url: string): number | undefined {
  try {
    const [, payload = "", signature] = (new URL(url).searchParams.get("token") ?? "").split(".");
    if (signature === undefined) return undefined;
    const { exp } = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as { exp?: unknown };
    return typeof exp === "number" && Math.abs(exp) <= LATEST ? exp : undefined;
  } catch {
    return undefined;
  }
}
