/** True when a client that sends this `Accept` takes one of the types. A header that names no type takes any. */
export function accepts(header: string | null, types: readonly string[]): boolean {
  const ranges = (header ?? "")
    .split(",")
    .map(readRange)
    .filter(({ range }) => range !== "");
  if (ranges.length === 0) return true;
  return types.some((type) => {
    const [matching] = [type, `${type.split("/")[0]}/*`, "*/*"].flatMap((wanted) =>
      ranges.filter(({ range }) => range === wanted),
    );
    return matching !== undefined && matching.quality > 0;
  });
}

function readRange(text: string): { readonly range: string; readonly quality: number } {
  const [range = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  return { range, quality: quality === undefined ? 1 : Number(quality) };
}
