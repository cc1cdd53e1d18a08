/** A header, or a parameter of a query. */
export interface HarPair {
  readonly name: string;
  readonly value: string;
}

/** A request and its response, as HTTP Archive 1.2 has them. */
export interface HarEntry {
  readonly startedDateTime: string;
  /** Milliseconds. */
  readonly time: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly httpVersion: string;
    readonly cookies: readonly HarPair[];
    readonly headers: readonly HarPair[];
    readonly queryString: readonly HarPair[];
    readonly postData?: { readonly mimeType: string; readonly text: string };
    readonly headersSize: number;
    readonly bodySize: number;
  };
  readonly response: {
    /** 0 when there was none. */
    readonly status: number;
    readonly statusText: string;
    readonly httpVersion: string;
    readonly cookies: readonly HarPair[];
    readonly headers: readonly HarPair[];
    readonly content: {
      readonly size: number;
      readonly mimeType: string;
      readonly text?: string;
      /** `base64` for a body that is no text. */
      readonly encoding?: string;
    };
    readonly redirectURL: string;
    readonly headersSize: number;
    readonly bodySize: number;
  };
  readonly cache: Readonly<Record<string, never>>;
  readonly timings: { readonly send: number; readonly wait: number; readonly receive: number };
  /** Our extension: the operation of the request. */
  readonly _operationId?: string;
  /** Our extension: the violations, one text each. */
  readonly _violations?: readonly string[];
}

/** An HTTP Archive. `angelcam-contract proxy --record` writes one, and `angelcam-sandbox --replay` plays it back. */
export interface Har {
  readonly log: {
    readonly version: string;
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: readonly HarEntry[];
  };
}

/** Replaces a credential in a recording. */
export const HAR_MASK = "[secret]";

/** A request that was recorded, and its response. */
export interface RecordedExchange {
  readonly method: string;
  readonly url: URL;
  /** 0 when there was no response. */
  readonly status: number;
  readonly headers: readonly HarPair[];
  /** Undefined for a body that was received and is not in the recording. */
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
}

/** An entry as any tool may write it. */
interface ForeignEntry {
  readonly request?: { readonly method?: unknown; readonly url?: unknown } | null;
  readonly response?: { readonly status?: unknown; readonly headers?: unknown; readonly content?: unknown } | null;
}

/**
 * Reads an HTTP Archive of any tool: browsers leave out bodies, and record what was blocked or broke off. An entry
 * without a method or an absolute address is left out.
 *
 * @throws TypeError for a text that is none.
 */
export function readHar(text: string): RecordedExchange[] {
  let har: unknown;
  try {
    har = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new TypeError("The recording is not JSON. angelcam-contract proxy --record FILE writes one.");
  }
  const entries: unknown = (har as Partial<Har> | null)?.log?.entries;
  const exchanges = Array.isArray(entries) ? entries.flatMap(exchangesOf) : [];
  if (!Array.isArray(entries) || (exchanges.length === 0 && entries.length > 0))
    throw new TypeError("The recording is no HTTP Archive (HAR). angelcam-contract proxy --record FILE writes one.");
  return exchanges;
}

function exchangesOf(entry: ForeignEntry | null): RecordedExchange[] {
  const { method, url } = entry?.request ?? {};
  const { status: code, headers, content } = entry?.response ?? {};
  if (typeof method !== "string" || typeof url !== "string" || !URL.canParse(url)) return [];
  const status = Number.isInteger(Number(code)) ? Number(code) : 0;
  const pairs = Array.isArray(headers) ? (headers as (HarPair | null)[]) : [];
  return [
    {
      ...{ method, url: new URL(url), status },
      headers: pairs.flatMap((pair) => (isPair(pair) ? [{ name: pair.name, value: String(pair.value) }] : [])),
      body: method === "HEAD" || [204, 205, 304].includes(status) ? "" : bodyOf(content ?? {}, status),
    },
  ];
}

function isPair(pair: HarPair | null): pair is HarPair {
  return typeof pair?.name === "string" && ["string", "number"].includes(typeof pair.value);
}

/** Base64 may hold any text, too: some tools encode JSON in it. */
function bodyOf({ text, encoding, size }: { text?: unknown; encoding?: unknown; size?: unknown }, status: number) {
  if (typeof text !== "string") return Number(size) > 0 && Math.floor(status / 100) !== 3 ? undefined : "";
  if (String(encoding).toLowerCase() !== "base64") return text;
  try {
    const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    const decoded = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return decoded.includes("\uFFFD") ? bytes : decoded;
  } catch {
    return undefined;
  }
}
