import type { OperationId } from "../../generated/operations.ts";
import { checkNames } from "../base/check-names.ts";
import { hexadecimalHash } from "../base/hash.ts";
import { checkOperation } from "./document.ts";
import type { FaultKind } from "./fault.ts";

/** A request to the sandbox, without secrets. */
export interface LogEntry {
  /** 1 for the first request of the sandbox. */
  readonly number: number;
  /** When it came, in milliseconds since 1970, by the sandbox's clock. */
  readonly time: number;
  readonly method: string;
  /** The requested origin, such as `https://api.angelcam.com`. */
  readonly origin: string;
  /** The path without its query: `/v1/cameras/20311/`. */
  readonly path: string;
  /** The query; of a secret only its fingerprint. */
  readonly query: Readonly<Record<string, string>>;
  /** The operation, or undefined for a path or a method that the API does not have. */
  readonly operation: OperationId | undefined;
  /** The user name of the account that the request counts to, if it is known. */
  readonly account: string | undefined;
  /** The fingerprint of the token or code that was used; see `fingerprint`. */
  readonly credential: string | undefined;
  /** `grant_type` of a token request. */
  readonly grant: string | undefined;
  /** The status of the response; undefined while it is pending, and when the connection was cut. */
  readonly status: number | undefined;
  /** The fault that this request met. */
  readonly fault: FaultKind | undefined;
}

/** Which requests to count: each given property must be equal. */
export type LogFilter = Partial<Omit<LogEntry, "query">>;

/** A log entry while its request is under way. */
export type OpenEntry = { -readonly [Name in keyof LogEntry]: LogEntry[Name] };

/** The properties of a request that are not known when it comes. */
const UNKNOWN = {
  ...{ operation: undefined, account: undefined, credential: undefined, grant: undefined },
  ...{ status: undefined, fault: undefined },
};

const FILTERS = ["number", "time", "method", "origin", "path", ...Object.keys(UNKNOWN)];

/** The requests that came, oldest first. */
export class RequestLog {
  #entries: OpenEntry[] = [];
  #total = 0;

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  add(entry: Pick<LogEntry, "time" | "method" | "origin" | "path" | "query">): OpenEntry {
    const open = { number: ++this.#total, ...entry, ...UNKNOWN };
    this.#entries.push(open);
    return open;
  }

  count(filter: LogFilter): number {
    checkNames("filter of sandbox.count", filter, FILTERS);
    if (filter.operation !== undefined) checkOperation("sandbox.count", filter.operation);
    const wanted = Object.entries(filter) as [keyof LogFilter, unknown][];
    return this.#entries.filter((entry) => wanted.every(([name, value]) => entry[name] === value)).length;
  }

  /** Forgets the requests; the numbers go on. */
  clear(): void {
    this.#entries = [];
  }
}

/**
 * A short name for a credential, to distinguish credentials where none may be shown. It is made for logs of invented
 * tokens, not for security.
 *
 * @example
 * ```ts
 * const used = sandbox.requests.filter(({ credential }) => credential === fingerprint(token));
 * ```
 */
export function fingerprint(secret: string): string {
  return hexadecimalHash(secret, 2);
}
