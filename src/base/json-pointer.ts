/** One step of a JSON pointer (RFC 6901): `~` and `/` are escaped. */
function escapePointerKey(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The pointer one step further down: `/results` and `0` become `/results/0`. */
export function appendPointer(pointer: string, key: string): string {
  return `${pointer}/${escapePointerKey(key)}`;
}

/** The keys of a pointer, of its form in a URL (`#/paths/~1v1~1me~1`) too. The empty pointer has none. */
export function parsePointer(pointer: string): string[] {
  const isFragment = pointer.startsWith("#");
  return pointer
    .replace(/^#/, "")
    .split("/")
    .slice(1)
    .map((key) => (isFragment ? decodeURIComponent(key) : key).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value that a pointer leads to; undefined when there is none. Inherited properties do not count. */
export function resolvePointer(root: unknown, pointer: string): unknown {
  return parsePointer(pointer).reduce<unknown>(
    (parent, key) =>
      typeof parent === "object" && parent !== null && Object.hasOwn(parent, key)
        ? (parent as Readonly<Record<string, unknown>>)[key]
        : undefined,
    root,
  );
}
