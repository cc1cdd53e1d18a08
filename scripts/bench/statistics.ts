/** The median and the spread of several rounds. */
export interface Summary {
  readonly median: number;
  /** Half of the rounds lie between these two. */
  readonly low: number;
  readonly high: number;
}

/**
 * Summarises rounds.
 *
 * @throws RangeError for no round, because the summary of no data would look valid.
 */
export function summarise(rounds: readonly number[]): Summary {
  if (rounds.length === 0) throw new RangeError("There is no round to summarise");
  const sorted = rounds.toSorted((one, other) => one - other);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

function quantile(sorted: readonly number[], part: number): number {
  const position = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(position)] ?? 0, sorted[Math.ceil(position)] ?? 0];
  return below + (above - below) * (position - Math.floor(position));
}
