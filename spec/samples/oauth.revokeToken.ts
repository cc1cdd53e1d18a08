import { Angelcam, OAuthSession, passwordGrant } from "angelcam-client";

const session = new OAuthSession({
  clientId: process.env.ANGELCAM_CLIENT_ID ?? "",
  grant: passwordGrant({
    username: process.env.ANGELCAM_USERNAME ?? "",
    password: process.env.ANGELCAM_PASSWORD ?? "",
  }),
});
await new Angelcam({ auth: session }).me.get();
// Signs out: the refresh token stops working.
await session.revoke();
