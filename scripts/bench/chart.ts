import { OURS, YARDSTICK } from "./candidates.ts";
import type { Summary } from "./statistics.ts";

const [WIDTH, NAMES, ROW, TOP] = [720, 280, 26, 40];

/** Draws the overhead of a call as bars, for the docs: small, and in the colours of light and dark. */
export function chart(overhead: ReadonlyMap<string, Summary>): string {
  const yardstick = overhead.get(YARDSTICK)?.median ?? Number.NaN;
  const longest = Math.max(...[...overhead.values()].map(({ high }) => high));
  const scale = (value: number) => ((WIDTH - NAMES - 70) * value) / longest;
  const rows = [...overhead].sort(([, one], [, other]) => one.median - other.median);
  const height = TOP + rows.length * ROW + 10;
  const bars = rows.map(([name, { median, low, high }], index) => {
    const y = TOP + index * ROW;
    const middle = y + 9;
    return [
      `<text x="${NAMES - 8}" y="${y + 13}" text-anchor="end">${name}</text>`,
      `<rect x="${NAMES}" y="${y}" width="${scale(median).toFixed(1)}" height="18" rx="3"${name.startsWith(OURS) ? ' class="ours"' : ""}/>`,
      `<path d="M${(NAMES + scale(low)).toFixed(1)} ${middle}H${(NAMES + scale(high)).toFixed(1)}"/>`,
      `<text x="${(NAMES + scale(high) + 8).toFixed(1)}" y="${y + 13}">${(median / yardstick).toFixed(2)} ×</text>`,
    ].join("");
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title">
<title id="title">Overhead of a call, as a multiple of ${YARDSTICK}: shorter is better</title>
<style>
text { font: 13px system-ui, sans-serif; fill: #1d232b }
rect { fill: #b9c3d0 }
.ours { fill: #1f5fbf }
path { stroke: #56606d; stroke-width: 2 }
@media (prefers-color-scheme: dark) { text { fill: #e6e9ee } rect { fill: #4a5563 } .ours { fill: #7db2ff } path { stroke: #a3adba } }
</style>
<text x="${NAMES}" y="20">Overhead of a call, as a multiple of ${YARDSTICK} (shorter is better)</text>
${bars.join("\n")}
</svg>
`;
}
