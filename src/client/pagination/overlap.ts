/**
 * How many known items the next page may repeat without costing one more request.
 *
 * 250 items in pages of 100 take three requests that could carry 300 items. Those 50 places are spent on repeating the
 * end of the page before, which shows whether the list has moved, and by how much. Half of them, for the other half is
 * room for what is added at the end.
 *
 * @param remaining Items that are still to come, at least one.
 * @param limit Items a page.
 */
export function overlapFor(remaining: number, limit: number): number {
  const pages = Math.ceil(remaining / limit);
  return Math.floor((limit - remaining / pages) / 2);
}
