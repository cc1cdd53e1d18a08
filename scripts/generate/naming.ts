/** `camera_id` as a TypeScript argument: `cameraId`. */
export function camelCase(name: string): string {
  return name.replace(/[_-]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The class of a resource: `CamerasClipsResource` for `cameras.clips`. The ending keeps it apart from any schema. */
export function className(resource: string): string {
  const names = resource.split(".").map((name) => name.charAt(0).toUpperCase() + name.slice(1));
  return `${names.join("")}Resource`;
}

/** The resource that holds this one: `cameras` for `cameras.clips`, the empty string for `cameras`. */
export function parentOf(resource: string): string {
  return resource.split(".").slice(0, -1).join(".");
}
