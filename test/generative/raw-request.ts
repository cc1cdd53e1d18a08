import { connect } from "node:net";

/** Bytes for a port, as they are. */
export interface RawRequest {
  /** The fault of the bytes. */
  readonly fault: string;
  readonly bytes: Buffer;
  /** True when the sender ends its side behind them, so that nothing more can come. */
  readonly ends: boolean;
}

/** A response, as far as HTTP. */
export interface RawResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/**
 * Sends bytes and reads the first response.
 *
 * @throws Error when no complete response comes in time, or the connection ends without one.
 */
export function sendRaw(origin: string, { bytes, ends }: RawRequest, longest: number): Promise<RawResponse> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    let received = Buffer.alloc(0);
    const timer = setTimeout(() => finish(() => reject(new Error(`No response within ${longest} ms`))), longest);
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      socket.destroy();
      settle();
    };
    socket.on("error", (error) => finish(() => reject(error)));
    socket.on("end", () => finish(() => reject(new Error(`The connection ended after "${received}"`))));
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      const response = parseResponse(received);
      if (response) finish(() => resolve(response));
    });
    socket.write(bytes);
    if (ends) socket.end();
  });
}

/** Reads a response; undefined while it is not complete. */
function parseResponse(received: Buffer): RawResponse | undefined {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [line = "", ...fields] = received.subarray(0, end).toString("latin1").split("\r\n");
  const status = Number(line.split(" ")[1]);
  const rest = received.subarray(end + 4);
  if (status === 100) return parseResponse(rest);
  const headers = new Map(
    fields.map((field) => {
      const mark = field.indexOf(":");
      return [field.slice(0, mark).toLowerCase(), field.slice(mark + 1).trim()];
    }),
  );
  const length = Number(headers.get("content-length") ?? 0);
  return rest.length < length ? undefined : { status, headers, body: rest.subarray(0, length).toString() };
}
