import { copyGiven } from "../base/copy-given.ts";
import type { RequestOptions } from "../client/request-options.ts";
import { callOptionNames } from "../transport/call-options.ts";

/** The options of a helper that go to every request, read by name: options with a prototype keep what they inherit. */
export function requestOptionsOf(options: RequestOptions): RequestOptions {
  return copyGiven(options, callOptionNames as readonly (keyof RequestOptions)[]);
}
