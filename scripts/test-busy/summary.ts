/** How one run of the suite ended, and after how many seconds. */
export interface Run {
  readonly end: "green" | "red" | "time is up" | "stopped";
  readonly seconds: number;
}

/** `Run 2 of 3: green, 143 s`. */
export function formatRun({ end, seconds }: Run, number: number, total: number): string {
  return `Run ${number} of ${total}: ${end}, ${seconds.toFixed(0)} s`;
}

/** The last line of the output, and whether all runs that were wanted were green. */
export function summaryOf(runs: readonly Run[], wanted: number, loops: number): { text: string; passed: boolean } {
  const green = runs.filter(({ end }) => end === "green").length;
  const seconds = runs.map((run) => run.seconds.toFixed(0)).join(", ");
  const text = `${green} of ${wanted} runs were green beside ${loops} busy loops. Seconds: ${seconds || "none"}`;
  return { text, passed: wanted > 0 && green === wanted };
}
