import type { Exchange } from "../messages.ts";

/** Fields and parameters whose values are secrets. */
const SECRET =
  /^(password|.*token|client_secret|code|refresh|hash|event_api_hash|signature_private_key|authorization)$/i;

const MASK = "••••";

/** The longest body that the panel shows. */
const LONGEST = 4_000;

/** A request and its response for the panel, without secrets. */
export async function maskedExchange(request: Request, requestBody: string, response: Response): Promise<Exchange> {
  const headers = [...request.headers].map(([name, value]) => [
    name,
    SECRET.test(name) ? `${value.split(" ")[0]} ${MASK}` : value,
  ]);
  return {
    method: request.method,
    url: maskUrl(request.url),
    requestHeaders: Object.fromEntries(headers) as Record<string, string>,
    requestBody: maskBody(requestBody),
    status: response.status,
    responseBody: maskBody(
      await response
        .clone()
        .text()
        .catch(() => "(the connection was lost)"),
    ),
  };
}

/** A text whose URLs and JSON have no secrets. */
function maskBody(text: string): string {
  const shown = maskJson(text) ?? (/^[\w.]+=/.test(text) ? maskUrl(`?${text}`).slice(1) : text);
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}\n…` : shown;
}

function maskJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), (name, value) => maskValue(name, value), 2);
  } catch {
    return undefined;
  }
}

function maskValue(name: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  return SECRET.test(name) ? MASK : maskUrl(value);
}

function maskUrl(url: string): string {
  const withoutPassword = url.replaceAll(/(:\/\/[^/:@\s]*:)[^/@\s]+@/g, `$1${MASK}@`);
  return withoutPassword.replaceAll(/([?&])([^=&#]+)=([^&#]*)/g, (whole, mark: string, name: string) =>
    SECRET.test(name) ? `${mark}${name}=${MASK}` : whole,
  );
}
