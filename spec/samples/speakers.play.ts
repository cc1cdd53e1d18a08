import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const session = await angelcam.speakers.play(71, { message: 318, repeat: true, stop_after: 30 });
// Without a message the response has a live session: speak through its WebSocket.
console.log(session ? session.webrtc_signaling_url : "The audio message plays for 30 seconds.");
