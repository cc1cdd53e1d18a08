import type { RunEvent, RunRequest } from "../messages.ts";

/** Runs programs in the sandboxed frame. */
export interface Runner {
  /** Starts a program; one that still runs is ended. */
  run(request: RunRequest): void;
  stop(): void;
}

/**
 * Connects the page with the frame.
 *
 * @param onEvent Called for the events of the current run only.
 */
export function connectRunner(frame: HTMLIFrameElement, onEvent: (event: RunEvent) => void): Promise<Runner> {
  let run = 0;
  const send = (message: object) => frame.contentWindow?.postMessage(message, "*");
  const runner: Runner = {
    run(request) {
      run++;
      send({ type: "run", run, request });
    },
    stop() {
      run++;
      send({ type: "stop" });
    },
  };
  return new Promise((resolve) => {
    addEventListener("message", ({ data, source }) => {
      if (source !== frame.contentWindow) return;
      if (data.ready === true) resolve(runner);
      else if (data.run === run) onEvent(data.event as RunEvent);
    });
    frame.src = frame.dataset.src ?? "";
  });
}
