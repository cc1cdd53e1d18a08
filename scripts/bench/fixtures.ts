import document from "../../generated/openapi.json" with { type: "json" };
import { PAGE } from "./candidate.ts";

/** A token as long as a real one, valid nowhere. */
export const TOKEN = "bench-token-".padEnd(40, "x");

const CAMERAS = 1000;

/** A camera as the document's example has it. */
const camera = document.components.examples.camera_online.value;

/** A response of `cameras.get`. */
export const cameraText = JSON.stringify(camera);

const pages = Array.from({ length: CAMERAS / PAGE }, (_, page) =>
  JSON.stringify({
    count: CAMERAS,
    next:
      page * PAGE + PAGE < CAMERAS
        ? `https://api.angelcam.com/v1/cameras/?limit=${PAGE}&offset=${(page + 1) * PAGE}`
        : null,
    previous: null,
    results: Array.from({ length: PAGE }, (_, index) => ({ ...camera, id: page * PAGE + index + 1 })),
  }),
);

/** A response of `cameras.list`, for a page that begins at a multiple of 100. */
export function listText(offset: number): string {
  const page = pages[offset / PAGE];
  if (page === undefined) throw new RangeError(`There is no page at ${offset}`);
  return page;
}
