/** The exit codes that a shell expects of a program that a signal has ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** A request to end the program. */
export interface StopSignal {
  /** Aborts when the request comes. */
  readonly signal: AbortSignal;
  /** The exit code of a program that was cut short by it. */
  readonly exitCode: () => number;
}

/** Listens for Ctrl+C and for the signals of other programs that end this one. A second Ctrl+C ends it at once. */
export function stopSignal(): StopSignal {
  const stop = new AbortController();
  let exitCode = 0;
  for (const [name, code] of Object.entries(EXIT_CODES)) {
    process.once(name, () => {
      exitCode ||= code;
      stop.abort();
    });
  }
  return { signal: stop.signal, exitCode: () => exitCode };
}
