import { kindOf } from "../base/kind-of.ts";

/** Rejects what is no client, such as arguments in another order. A test may pass an object with the methods that it needs. */
export function checkClient(caller: string, angelcam: unknown): void {
  if (typeof angelcam === "object" && angelcam !== null) return;
  // A string is not shown: it can be a token.
  throw new TypeError(`${caller}: angelcam must be a client, made with new Angelcam(…), got ${kindOf(angelcam)}`);
}
