import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });

/** The code under test: the names of the cameras that are offline. */
export async function offlineCameras(): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, status } of angelcam.cameras.list()) if (status === "offline") names.push(name);
  return names;
}
