// @ts-check
// Plain JavaScript with three mistakes, each of which an editor underlines.
import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken("token"), timeuot: 5_000 });
const page = await angelcam.cameras.list({ limit: "5" });
console.log(page.results.map((camera) => camera.nmae));
