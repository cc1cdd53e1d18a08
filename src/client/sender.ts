import type { Operation } from "../../generated/operations.ts";
import type { CallOptions, Parameters, SentCall } from "../transport/call.ts";

/** Sends the request of an operation; the methods use no other part of HTTP. */
export interface Sender {
  send(operation: Operation, parameters: Parameters, options: CallOptions): Promise<SentCall<unknown>>;
}
