import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.clients.list({ limit: 2 });
console.log(`${page.count} clients`);
for (const client of page.results) console.log(client.id, client.email, client.activated_at ?? "invited");
