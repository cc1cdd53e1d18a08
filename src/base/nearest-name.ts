/** `Did you mean "limit"?` for `limt`, or undefined when no known name is near. */
export function suggestion(name: string, known: Iterable<string>): string | undefined {
  const nearest = nearestName(name, known);
  return nearest === undefined ? undefined : `Did you mean "${nearest}"?`;
}

/**
 * The known name that was probably meant: the same in another spelling, or at most one typing error away, two in a name of
 * more than five characters.
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const mostErrors = name.length > 5 ? 2 : 1;
  let nearest: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const isSame = withoutPunctuation(candidate) === withoutPunctuation(name);
    const distance = isSame ? 0 : distanceOf(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= mostErrors && distance < (nearest?.distance ?? Number.POSITIVE_INFINITY)) {
      nearest = { name: candidate, distance };
    }
  }
  return nearest?.name;
}

/** `cameraId`, `camera-id` and `camera_id` are one name. */
function withoutPunctuation(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/**
 * How many typing errors lie between two names: a character added, left out or changed, or two neighbours swapped
 * ("optimal string alignment").
 */
export function distanceOf(one: string, other: string): number {
  let twoAbove: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        (above[column - 1] ?? 0) + (isSame ? 0 : 1),
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        isSwapped ? (twoAbove[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    twoAbove = above;
    above = current;
  }
  return above[other.length] ?? 0;
}
