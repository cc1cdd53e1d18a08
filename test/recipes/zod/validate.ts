import { Angelcam, personalAccessToken } from "angelcam-client";
import { zCamera } from "./generated/zod.gen.ts";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });

/** A camera that has every field that the document promises; throws a ZodError that names those that are not. */
export async function validCamera(id: number) {
  return zCamera.parse(await angelcam.cameras.get(id));
}
