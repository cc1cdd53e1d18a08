/** `Did you mean "limit"?` for `limt`, or undefined when no known name is near. */
export function suggestion(name: string, known: Iterable<string>): string | undefined {
  const nearest = nearestName(name, known);
  return nearest === undefined ? undefined : `Did you mean "${nearest}"?`;
}

/** The known name that is meant: one or two slips of the keyboard away, or the same in another spelling. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const slips = name.length > 5 ? 2 : 1;
  let nearest: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const distance = plain(candidate) === plain(name) ? 0 : distanceOf(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= slips && distance < (nearest?.distance ?? Number.POSITIVE_INFINITY)) {
      nearest = { name: candidate, distance };
    }
  }
  return nearest?.name;
}

/** `cameraId`, `camera-id` and `camera_id` are one name. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** The Levenshtein distance: how many letters to add, drop or change. */
export function distanceOf(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const change = (above[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      current[column] = Math.min(change, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
    }
    above = current;
  }
  return above[other.length] ?? 0;
}
