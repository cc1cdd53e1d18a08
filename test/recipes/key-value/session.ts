import { Angelcam, OAuthSession, passwordGrant } from "angelcam-client";
import Keyv from "keyv";
import { keyValueTokenStore } from "./token-store.ts";

// In memory; with an adapter of Keyv it is SQLite, DynamoDB, etcd or another.
export const store = new Keyv<string>();

const username = process.env.ANGELCAM_USERNAME ?? "";
const session = new OAuthSession({
  clientId: process.env.ANGELCAM_CLIENT_ID ?? "",
  grant: passwordGrant({ username, password: process.env.ANGELCAM_PASSWORD ?? "" }),
  store: keyValueTokenStore(store, `angelcam:${username}`),
});
export const angelcam = new Angelcam({ auth: session });

console.log((await angelcam.me.get()).email);
