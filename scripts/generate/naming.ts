/** `camera_id` as a TypeScript argument: `cameraId`. */
export function camelCase(name: string): string {
  return name.replace(/[_-]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The class of a resource: `CamerasClips` for `cameras.clips`. */
export function className(resource: string): string {
  return resource
    .split(".")
    .map((name) => name.charAt(0).toUpperCase() + name.slice(1))
    .join("");
}

/** The resource that holds this one: `cameras` for `cameras.clips`, the empty string for `cameras`. */
export function parentOf(resource: string): string {
  return resource.split(".").slice(0, -1).join(".");
}
