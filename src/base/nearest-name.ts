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
  let nearest: string | undefined;
  let mostErrors = name.length > 5 ? 2 : 1;
  for (const candidate of known) {
    const isSame = withoutPunctuation(candidate) === withoutPunctuation(name);
    const distance = isSame ? 0 : distanceOf(name.toLowerCase(), candidate.toLowerCase(), mostErrors);
    if (distance > mostErrors) continue;
    nearest = candidate;
    mostErrors = distance - 1;
  }
  return nearest;
}

/** `cameraId`, `camera-id` and `camera_id` are one name. */
function withoutPunctuation(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/**
 * How many typing errors lie between two names: a character added, left out or changed, or two neighbours swapped
 * ("optimal string alignment").
 *
 * @returns `Infinity` for more than `most`, which is a small number: each error takes four times as long.
 */
export function distanceOf(one: string, other: string, most: number): number {
  for (let errors = 0; errors <= most; errors++) if (isWithin(errors, one, other)) return errors;
  return Number.POSITIVE_INFINITY;
}

function isWithin(errors: number, one: string, other: string): boolean {
  if (one === other || errors < 1) return one === other;
  let same = 0;
  while (one[same] === other[same]) same++;
  const after = (skipped: number, skippedOfOther: number) =>
    isWithin(errors - 1, one.slice(same + skipped), other.slice(same + skippedOfOther));
  const isSwapped = one[same] === other[same + 1] && one[same + 1] === other[same];
  return after(1, 1) || after(1, 0) || after(0, 1) || (isSwapped && after(2, 2));
}
