import type { components } from "angelcam-client";
import { byId, element, setText } from "./element.ts";
import { clockTime } from "./time.ts";

/** A camera as the API returns it. */
export type Camera = components["schemas"]["Camera"];

/** Shows every camera as a button with its picture, its name and its status. */
export function showCameras(
  cameras: readonly Camera[],
  chosen: number | undefined,
  choose: (id: number) => void,
): void {
  const focused = document.activeElement?.getAttribute("data-camera");
  const online = cameras.filter(({ status }) => status === "online").length;
  setText(byId("camera-summary"), `${cameras.length} cameras, ${online} online`);
  byId("cameras").replaceChildren(...cameras.map((camera) => element("li", {}, card(camera, chosen, choose))));
  // The cards are new elements, so the keyboard focus is restored.
  if (focused) document.querySelector<HTMLElement>(`[data-camera="${focused}"]`)?.focus();
}

function card(camera: Camera, chosen: number | undefined, choose: (id: number) => void): HTMLElement {
  const { id, name, status, snapshot } = camera;
  const taken = snapshot ? clockTime(snapshot.created_at) : "";
  const picture = snapshot?.url
    ? element("img", { src: snapshot.url, alt: `Picture of ${taken}`, width: "320", height: "180" })
    : element("span", { class: "no-picture" }, "No picture yet");
  const button = element(
    "button",
    {
      type: "button",
      class: "card",
      "data-camera": String(id),
      "data-status": status,
      "aria-pressed": String(id === chosen),
    },
    picture,
    element("span", { class: "name" }, name),
    element("span", { class: "status" }, status),
    element("time", { datetime: snapshot?.created_at ?? "", "aria-hidden": "true" }, taken),
  );
  button.addEventListener("click", () => choose(id));
  return button;
}
