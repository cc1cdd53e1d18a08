// Inputs as programs have them, and the names of what comes out. Compiled with exactOptionalPropertyTypes.
import type { Angelcam, AngelcamOptions, BodyOf, Camera, CameraUpdate, OperationId, ResponseOf } from "angelcam-client";

declare const angelcam: Angelcam;
declare const maybe: string | undefined;

/** `as const` makes lists and objects read-only at every depth. */
const QUERY = { tags: ["outdoor", "door"], limit: 5 } as const;
const BODY = { name: "Door", tags: ["outdoor"] } as const;

export const options: AngelcamOptions = { timeout: undefined, deadline: undefined, space: undefined, fetch: undefined };

export async function call(): Promise<void> {
  await angelcam.cameras.list(QUERY);
  await angelcam.cameras.list({ stream_expires_at: maybe });
  await angelcam.cameras.update(1, BODY);
  await angelcam.cameras.update(1, { name: maybe });
  await angelcam.cameras.list({}, { signal: undefined, timeout: undefined });
  await angelcam.me.get({ cache: undefined, credentials: undefined, headers: { "X-Trace": maybe } });
}

export const body: BodyOf<"cameras.update"> = BODY;
export const update: CameraUpdate = { name: "Door" };
export const operation: OperationId = "cameras.list";

/** What `list()` resolves to is what `ResponseOf` names. */
export async function sameAsList(): Promise<ResponseOf<"cameras.list">> {
  const page = await angelcam.cameras.list();
  const first: Camera | undefined = page.results[0];
  return first ? page : await angelcam.cameras.list();
}
