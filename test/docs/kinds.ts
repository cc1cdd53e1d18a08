/** One page of each kind, with its heading. */
export const KINDS = [
  ["index.html", "Angelcam API"],
  ["guides/limits.html", "Rate limits and quota"],
  ["reference.html#/cameras/cameras.list", "List cameras"],
  ["operations/cameras.list.html", "List cameras"],
  ["schemas/Camera.html", "Camera"],
  ["playground.html#cameras.list", "Playground"],
] as const;
