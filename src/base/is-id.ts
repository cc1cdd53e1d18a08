/** Dots alone lead to another path, and half a surrogate pair cannot be sent. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && !/^\.{0,2}$|\p{Surrogate}/u.test(value);
}
