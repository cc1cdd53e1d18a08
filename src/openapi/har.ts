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

/**
 * Reads an HTTP Archive.
 *
 * @throws TypeError for a text that is none.
 */
export function readHar(text: string): Har {
  let har: unknown;
  try {
    har = JSON.parse(text);
  } catch {
    throw new TypeError("The recording is not JSON. angelcam-contract proxy --record FILE writes one.");
  }
  const entries = (har as Partial<Har> | null)?.log?.entries;
  const isRecording =
    Array.isArray(entries) &&
    entries.every((entry: Partial<HarEntry> | null) => {
      const { request, response } = entry ?? {};
      const isRequest = typeof request?.method === "string" && URL.canParse(request.url);
      return isRequest && Number.isInteger(response?.status) && hasContent(response as Partial<HarEntry["response"]>);
    });
  if (!isRecording)
    throw new TypeError("The recording is no HTTP Archive (HAR). angelcam-contract proxy --record FILE writes one.");
  return har as Har;
}

/** True for headers that are pairs of texts, and a body that is a text; both may be left out. */
function hasContent({ headers = [], content }: Partial<HarEntry["response"]>): boolean {
  if (!Array.isArray(headers)) return false;
  const arePairs = headers.every((one) => typeof one?.name === "string" && typeof one.value === "string");
  return arePairs && content !== null && ["string", "undefined"].includes(typeof content?.text);
}
