import { createSandbox, type Sandbox, type SandboxCamera } from "angelcam-client/sandbox";
import { PacedClock } from "./paced-clock.ts";
import { picture, type Scene } from "./picture.ts";

/** When the story of the page begins: always the same moment, so that every visitor sees the same grid. */
const BEGINNING = Date.parse("2026-11-24T12:00:00Z");

/** One second of the page is ten seconds of the story. */
const PACE = 10;

/** How long an answer takes, in milliseconds of the story. */
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

/** The two cameras that nobody records. */
const NOT_RECORDED = ["Lobby", "Roof stairs"];

/** What the page is about: an Angelcam in memory, its time, and what may happen to it. */
export interface World {
  readonly sandbox: Sandbox;
  readonly clock: PacedClock;
  /** Takes a camera from the net, or connects it again. */
  plug(cameraId: number): void;
}

/** Makes an account with twelve cameras. Its clock stands still until it is started. */
export function makeWorld(): World {
  const clock = new PacedClock(BEGINNING, PACE);
  const sandbox = createSandbox({
    cameras: 0,
    clock,
    latency: LATENCY,
    sleep: (milliseconds) => new Promise((fulfil) => clock.setTimeout(() => fulfil(), milliseconds)),
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
  // The sandbox makes up a week of footage when somebody first looks: here, while its clock stands still.
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

/** The pictures of the sandbox lie on a host where nothing answers; those of this page are drawn, and stand in their link. */
function takePicture(camera: SandboxCamera, now: number): void {
  if (camera.status !== "online") return;
  const scene = CAMERAS.find(([name]) => name === camera.name)?.[1] ?? "door";
  camera.snapshot = { url: picture(scene, camera.id, now), created_at: new Date(now).toISOString() };
}
