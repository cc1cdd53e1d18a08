import { AngelcamError } from "angelcam-client";
import { angelcamOf, forgetAngelcamOf } from "./angelcam.ts";
import { accounts, userOf } from "./users.ts";

/** `app/api/cameras/route.ts` */
export async function GET(request: Request): Promise<Response> {
  const user = userOf(request);
  if (user === undefined) return new Response(null, { status: 401 });
  const angelcam = await angelcamOf(user, accounts);
  if (!angelcam) return Response.json({ link: "/angelcam/link" }, { status: 401 });
  try {
    const { results } = await angelcam.cameras.list({ limit: 100 });
    return Response.json(results);
  } catch (error) {
    if (!(error instanceof AngelcamError)) throw error;
    if (error.code === "session_ended") forgetAngelcamOf(user);
    return Response.json({ code: error.code }, { status: error.retryable ? 503 : 502 });
  }
}
