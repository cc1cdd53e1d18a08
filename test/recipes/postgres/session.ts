import { Angelcam, OAuthSession, passwordGrant } from "angelcam-client";
import pg from "pg";
import { postgresTokenStore, TABLE } from "./token-store.ts";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
// Idle connections that the server closes are replaced; without a listener they would end the process.
pool.on("error", (error) => console.error(error.message));
await pool.query(TABLE);

const username = process.env.ANGELCAM_USERNAME ?? "";
const session = new OAuthSession({
  clientId: process.env.ANGELCAM_CLIENT_ID ?? "",
  grant: passwordGrant({ username, password: process.env.ANGELCAM_PASSWORD ?? "" }),
  store: postgresTokenStore(pool, username),
});
export const angelcam = new Angelcam({ auth: session });

console.log((await angelcam.me.get()).email);
