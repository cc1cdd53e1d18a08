// Node only.

/** A reader of the output that has gone, such as `| head -1`, ends no command: what is printed from then on is lost. */
export function ignoreClosedOutput(): void {
  for (const output of [process.stdout, process.stderr]) output.on("error", () => {});
}
