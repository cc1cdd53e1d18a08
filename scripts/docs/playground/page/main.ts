import type { FaultName, RunEvent } from "../messages.ts";
import type { Program } from "../programs.ts";
import { createEditor } from "./editor.ts";
import { createPanels } from "./panels.ts";
import { connectRunner, type Runner } from "./runner-frame.ts";
import { codeOf, hashOf } from "./share.ts";

/** Milliseconds until a program that does not end is stopped. */
const LONGEST_RUN = 60_000;

const select = document.querySelector("#program") as HTMLSelectElement;
const button = document.querySelector("#run") as HTMLButtonElement;
const share = document.querySelector("#share") as HTMLButtonElement;
const status = document.querySelector("#status") as HTMLElement;
const programs = JSON.parse(document.querySelector("#programs")?.textContent ?? "[]") as Program[];
const title = document.title;

/** Milliseconds between the last change of the code and its way into the address. */
const SAVE_DELAY = 200;

let timer: ReturnType<typeof setTimeout> | undefined;
let saveTimer: ReturnType<typeof setTimeout> | undefined;
let isRunning = false;

const editor = createEditor(document.querySelector("#editor") as HTMLElement, {
  onRun: () => run(),
  onEdit: () => {
    clearTimeout(saveTimer);
    saveTimer = setTimeout(save, SAVE_DELAY);
  },
});
const panels = createPanels();
let runner: Runner | undefined;
open();
void connectRunner(document.querySelector("iframe") as HTMLIFrameElement, onEvent).then((connected) => {
  runner = connected;
  setRunning(false);
  button.disabled = false;
});
button.addEventListener("click", () => (isRunning ? stop("Stopped.") : run()));
select.addEventListener("change", () => {
  location.hash = select.value;
});
share.addEventListener("click", async () => {
  save();
  await navigator.clipboard.writeText(location.href).then(
    () => setStatus("The link is in the clipboard."),
    () => setStatus("The link is in the address bar."),
  );
});
addEventListener("hashchange", open);

/** Shows the program that the address names or holds. */
function open(): void {
  if (isRunning) stop("");
  panels.clear();
  const hash = location.hash.slice(1);
  const shared = codeOf(hash);
  const named = programs.find(({ id }) => id === hash);
  const program = named ?? programs[0];
  if (!program) return;
  select.value = shared === undefined ? program.id : "";
  editor.setCode(shared ?? program.code);
  document.title = shared === undefined ? `${program.title} · ${title}` : title;
  setStatus(
    hash === "" || named || shared !== undefined ? "" : "The address names no program, so this is the first one.",
  );
}

/** Keeps the code in the address, so that a reload or the way back shows it again. */
function save(): void {
  const program = programs.find(({ id }) => id === select.value);
  if (editor.code() !== program?.code) select.value = "";
  history.replaceState(null, "", `#${hashOf(select.value, editor.code(), program?.code)}`);
}

function run(): void {
  const boxes = [...document.querySelectorAll<HTMLInputElement>("[name=fault]:checked")];
  panels.clear();
  editor.markLine(undefined);
  setRunning(true);
  setStatus("Running …");
  // On a phone the results are below the window.
  document.querySelector(".results")?.scrollIntoView({ block: "nearest" });
  runner?.run({ code: editor.code(), faults: boxes.map(({ value }) => value as FaultName) });
  timer = setTimeout(() => stop(`Stopped after ${LONGEST_RUN / 1000} seconds.`), LONGEST_RUN);
}

function stop(text: string): void {
  runner?.stop();
  setRunning(false);
  setStatus(text);
  panels.show({ type: "console", level: "warn", text });
}

function onEvent(event: RunEvent): void {
  panels.show(event);
  if (event.type !== "done") return;
  runner?.stop();
  setRunning(false);
  editor.markLine(event.error?.line);
  setStatus(event.error ? "The program threw an error." : "Done.");
}

function setRunning(running: boolean): void {
  isRunning = running;
  clearTimeout(timer);
  button.textContent = running ? "Stop" : "Run";
  document.documentElement.dataset.playground = running ? "running" : "ready";
}

function setStatus(text: string): void {
  status.textContent = text;
}
