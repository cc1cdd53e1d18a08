import { createSandbox, type Sandbox, type SandboxCamera } from "angelcam-client/sandbox";
import { PacedClock } from "./paced-clock.ts";
import { picture, type Scene } from "./picture.ts";

/** The simulated time at which the page begins: always the same, so that every visitor sees the same grid. */
const BEGINNING = Date.parse("2026-11-24T12:00:00Z");

/** Simulated seconds per real second. */
const PACE = 10;

/** Simulated milliseconds until a response. */
const LATENCY = 800;

const CAMERAS: readonly [name: string, scene: Scene, status?: "offline"][] = [
  ["Front door", "door"],
  ["Loading bay", "yard"],
  ["North car park", "parking"],
  ["Lobby", "hall"],
  ["Warehouse", "shelves"],
  ["Back stairs", "stairs"],
  ["South car park", "parking"],
  ["Delivery gate", "yard", "offline"],
  ["Staff entrance", "door"],
  ["Office corridor", "hall"],
  ["Cold store", "shelves"],
  ["Roof stairs", "stairs"],
];

/** The two cameras that are not recorded. */
const NOT_RECORDED = ["Lobby", "Roof stairs"];

/** The state of the page: a sandbox, its clock, and the actions of the visitor. */
export interface DemoState {
  readonly sandbox: Sandbox;
  readonly clock: PacedClock;
  /** Disconnects a camera, or connects it again. */
  plug(cameraId: number): void;
}

/** Makes an account with twelve cameras. Its clock does not advance until it is started. */
export function createDemoState(): DemoState {
  const clock = new PacedClock(BEGINNING, PACE);
  const sandbox = createSandbox({
    cameras: 0,
    clock,
    latency: LATENCY,
    sleep: (milliseconds) => new Promise((resolve) => clock.setTimeout(() => resolve(), milliseconds)),
    onRequest: ({ operation }) => {
      if (operation === "cameras.list") for (const camera of sandbox.cameras) takePicture(camera, clock.now());
    },
  });
  for (const [name, , status = "online"] of CAMERAS) {
    const applications = NOT_RECORDED.includes(name) ? [] : [{ code: "CRA" as const }];
    takePicture(sandbox.cameras.add({ name, status: "online", applications }), BEGINNING);
    const camera = [...sandbox.cameras].at(-1);
    if (camera) camera.status = status;
  }
  // The sandbox creates a week of footage at the first read: here, before its clock starts.
  for (const { id } of sandbox.cameras) sandbox.recordings.of(id);
  return { sandbox, clock, plug: (cameraId) => plug(sandbox, cameraId) };
}

function plug({ cameras, recordings }: Sandbox, cameraId: number): void {
  const camera = cameras.get(cameraId);
  if (!camera) return;
  camera.status = camera.status === "online" ? "offline" : "online";
  for (const recording of recordings.of(cameraId)) {
    recording.status = camera.status === "online" ? "RECORDING" : "CONNECTING";
  }
}

/** Draws a snapshot as a data URL, because the pictures of the sandbox are on a host that does not exist. */
function takePicture(camera: SandboxCamera, now: number): void {
  if (camera.status !== "online") return;
  const scene = CAMERAS.find(([name]) => name === camera.name)?.[1] ?? "door";
  camera.snapshot = { url: picture(scene, camera.id, now), created_at: new Date(now).toISOString() };
}
