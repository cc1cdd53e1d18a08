import { Angelcam, OAuthSession, passwordGrant } from "angelcam-client";

// The session gets the tokens at the first call.
const session = new OAuthSession({
  clientId: process.env.ANGELCAM_CLIENT_ID ?? "",
  grant: passwordGrant({
    username: process.env.ANGELCAM_USERNAME ?? "",
    password: process.env.ANGELCAM_PASSWORD ?? "",
  }),
});
const account = await new Angelcam({ auth: session }).me.get();
console.log(`Signed in as ${account.email}`);
