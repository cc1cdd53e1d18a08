import type { Camera, CameraCreate, Incident, SharedCamera } from "../../generated/schema.ts";

/**
 * A camera as the sandbox keeps it: what the API shows of it, but for the links that are made for each response, and
 * what only filters look at.
 */
export interface SandboxCamera extends Omit<Camera, "streams" | "live_snapshot"> {
  /** The location that it belongs to, for the filter `location_id`. */
  locationId: number | undefined;
  /** How many guests may see it, for the filter `has_guests`. */
  guests: number;
  /** How Angelcam reaches it; known of cameras that were connected by a request. */
  connectionType?: CameraCreate["connection_type"] | undefined;
  /** The address of its stream, as it came with a request. The API never shows it. */
  url?: string;
}

/** A camera shared by another account, without the links that are made for each response. */
export type SandboxSharedCamera = Omit<SharedCamera, "streams" | "live_snapshot">;

/** An incident, without the page to share, which ends after an hour. */
export type SandboxIncident = Omit<Incident, "incident_sharing_url">;
