import type { ClientEvent } from "angelcam-client";
import { type Camera, showCameras } from "./cameras.ts";
import { askAllAtOnce, connect, readDay } from "./client.ts";
import { showDay, showNothing } from "./day.ts";
import { createDemoState } from "./demo-state.ts";
import { byId, setText } from "./element.ts";
import { showQuota } from "./gauge.ts";
import { describe, write } from "./journal.ts";
import { WatchedQuota } from "./watched-quota.ts";

const DAY = 86_400_000;

/** Real milliseconds between two updates of the gauge, because slots come free without an event. */
const REDRAW = 100;

const state = createDemoState();
const quota = new WatchedQuota({ maxWait: 120_000, clock: state.clock });
const angelcam = connect(state, quota, onEvent);
let cameras: readonly Camera[] = [];
let chosen: number | undefined;

state.clock.start();
setInterval(() => showQuota(quota, state.clock.now()), REDRAW);
onClick("refresh", refresh);
onClick("plug", async () => {
  if (chosen !== undefined) state.plug(chosen);
  await refresh();
});
onClick("stumble", async () => {
  state.sandbox.faults.add({ operation: "cameras.list", status: 503, times: 2 });
  await refresh();
});
onClick("expire", async () => {
  state.sandbox.expireAccessTokens();
  await Promise.all([refresh(), angelcam.me.get(), angelcam.me.get()]);
});
onClick("burst", async () => {
  await askAllAtOnce(angelcam);
});
await report(refresh);
const [first] = cameras;
if (first) await report(() => choose(first.id));
document.body.setAttribute("data-ready", "");

async function refresh(): Promise<void> {
  cameras = await angelcam.cameras.list().toArray();
  draw();
}

async function choose(id: number): Promise<void> {
  chosen = id;
  draw();
  const name = nameOf(id);
  setText(byId("day-title"), name);
  showNothing("Reading …");
  const end = new Date(state.clock.now());
  const day = await readDay(angelcam, id, new Date(end.getTime() - DAY), end);
  // The result is dropped when another camera has been chosen meanwhile.
  if (chosen === id) showDay(name, day);
}

function draw(): void {
  showCameras(cameras, chosen, (id) => report(() => choose(id)));
  const camera = cameras.find(({ id }) => id === chosen);
  setText(byId("plug"), `${camera?.status === "online" ? "Unplug" : "Plug in"} “${camera?.name ?? "…"}”`);
}

function nameOf(id: number): string {
  return cameras.find((camera) => camera.id === id)?.name ?? String(id);
}

function onEvent(event: ClientEvent): void {
  const text = describe(event);
  if (text) write(text, event.type, state.clock.now());
  showQuota(quota, state.clock.now());
}

/** Runs one action of a button at a time. `aria-disabled` keeps the focus, which a disabled button would lose. */
function onClick(id: string, act: () => Promise<void>): void {
  const button = byId(id);
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    await report(act);
    button.removeAttribute("aria-disabled");
  });
}

/** Writes an error to the journal. The errors of the client say what to do next. */
async function report(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    write(error instanceof Error ? `${error.name}: ${error.message}` : String(error), "error", state.clock.now());
  }
}
