import { Angelcam, OAuthSession, passwordGrant } from "angelcam-client";

// The session gets the tokens when the first call needs them.
const session = new OAuthSession({
  clientId: process.env.ANGELCAM_CLIENT_ID ?? "",
  grant: passwordGrant({
    username: process.env.ANGELCAM_USERNAME ?? "",
    password: process.env.ANGELCAM_PASSWORD ?? "",
  }),
});
const account = await new Angelcam({ auth: session }).me.get();
console.log(`Signed in as ${account.email}`);
