import { mustBe } from "../base/check-number.ts";

/** Rejects what is no client, such as arguments in another order. A test may pass an object with the methods that it needs. */
export function checkClient(caller: string, angelcam: unknown): void {
  if (typeof angelcam === "object" && angelcam !== null) return;
  throw new TypeError(mustBe(`${caller}: angelcam`, "a client, made with new Angelcam(…)", angelcam));
}
