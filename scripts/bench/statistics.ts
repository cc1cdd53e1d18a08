/** A figure of several rounds. */
export interface Figure {
  readonly median: number;
  /** Half of the rounds lie between these two. */
  readonly low: number;
  readonly high: number;
}

/**
 * Sums rounds up.
 *
 * @throws RangeError for no round, because a figure of nothing would look like one of something.
 */
export function summarise(rounds: readonly number[]): Figure {
  if (rounds.length === 0) throw new RangeError("There is no round to sum up");
  const sorted = rounds.toSorted((one, other) => one - other);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

function quantile(sorted: readonly number[], part: number): number {
  const place = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return below + (above - below) * (place - Math.floor(place));
}
