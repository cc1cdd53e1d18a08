/** How a stream is packed. */
export type StreamFormat = "hls" | "mjpeg" | "mp4" | "mpegts";

/** Seconds that a link works when it does not say so itself, see spec/schemas/Stream.yaml. */
export const LIFETIMES: Readonly<Record<StreamFormat, number>> = { hls: 3600, mjpeg: 120, mp4: 120, mpegts: 120 };

/** The longest lifetime in seconds that a link is believed to have. */
const LONGEST = 7 * 86_400;

/** A token as live links have it: Base64 of a JSON object, a dot, 64 hexadecimal digits. */
const TOKEN = /^([\w+/-]+={0,2})\.[0-9a-f]{64}$/i;

/**
 * How long a link that was received just now works, in milliseconds.
 *
 * Its token has the time of its making in microseconds and its timeout in seconds. Where the two put the end before now
 * or later than a whole timeout from now, this machine's clock differs from the server's; the timeout counts then. A link
 * without such a token has the documented lifetime of its format.
 *
 * @param now Milliseconds since 1970 (UTC).
 */
export function remainingLifetime(url: string, format: StreamFormat, now: number): number {
  const claims = claimsOf(url);
  if (!claims) return LIFETIMES[format] * 1000;
  const lifetime = claims.timeout * 1000;
  const remaining = claims.time / 1000 + lifetime - now;
  return remaining > 0 && remaining <= lifetime ? remaining : lifetime;
}

function claimsOf(url: string): { readonly time: number; readonly timeout: number } | undefined {
  try {
    // A plus sign in a query reads as a space.
    const token = new URL(url).searchParams.get("token")?.replaceAll(" ", "+") ?? "";
    const payload = TOKEN.exec(token)?.[1] ?? "";
    const { time, timeout } = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    return isUsable(time, Number.MAX_SAFE_INTEGER) && isUsable(timeout, LONGEST) ? { time, timeout } : undefined;
  } catch {
    return undefined;
  }
}

function isUsable(value: unknown, maximum: number): value is number {
  return typeof value === "number" && value > 0 && value <= maximum;
}
