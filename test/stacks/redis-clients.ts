import { EXPECTED, type Stack, shows } from "./stack.ts";

/** Saves tokens, reads them back with another client, and counts a request in the shared quota. */
const CHECK = `
import { redisQuota, redisTokenStore } from "angelcam-client/redis";
import { Angelcam, personalAccessToken } from "angelcam-client";
import { createSandbox } from "angelcam-client/sandbox";

export async function check(one, other) {
  const key = "stack:" + crypto.randomUUID();
  const tokens = { accessToken: "access", refreshToken: "refresh", issuedAt: Date.now(), expiresAt: Date.now() + 3600000, scope: undefined };
  await redisTokenStore(one, { key }).write(tokens);
  const read = await redisTokenStore(other, { key }).read();
  const held = await redisTokenStore(one, { key, lockTimeout: 5000 }).lock(async () => "locked");
  const sandbox = createSandbox({ cameras: 3 });
  const quota = redisQuota(other, { key: key + ":quota", windows: [{ limit: 5, seconds: 60 }] });
  const angelcam = new Angelcam({ auth: personalAccessToken(sandbox.tokens.personalAccessToken()), fetch: sandbox.fetch, quota });
  const { results } = await angelcam.cameras.list();
  const [usage] = await quota.refresh();
  const works = read?.refreshToken === "refresh" && held === "locked" && results.length === 3 && usage?.used === 1;
  console.log(works ? ${JSON.stringify(EXPECTED)} : JSON.stringify({ read, held, usage }));
}
`;

const NODE_REDIS = `
import { createClient } from "redis";
import { check } from "./check.js";
const clients = await Promise.all([1, 2].map(() => createClient({ url: process.env.REDIS_URL }).connect()));
await check(...clients);
process.exit();
`;

const ioredis = (name: string, exported: string) => `
import ${exported} from "${name}";
import { check } from "./check.js";
const clients = [1, 2].map(() => new Redis(process.env.REDIS_URL));
await check(...clients);
process.exit();
`;

/** The REST interface of Upstash, in front of the local Redis. */
const UPSTASH = `
import { createServer } from "node:http";
import { Redis } from "@upstash/redis";
import IORedis from "ioredis";
import { check } from "./check.js";
const redis = new IORedis(process.env.REDIS_URL);
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const sent = JSON.parse(Buffer.concat(chunks).toString());
  const call = ([command, ...args]) =>
    redis.call(command, ...args.map(String)).then((result) => ({ result }), (error) => ({ error: error.message }));
  // The package sends several commands at once where it can.
  const body = Array.isArray(sent[0]) ? await Promise.all(sent.map(call)) : await call(sent);
  response.writeHead(body.error ? 400 : 200, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const url = "http://127.0.0.1:" + server.address().port;
// Values stay text: the package parses what it has written itself.
const client = () => new Redis({ url, token: "token", automaticDeserialization: false, enableTelemetry: false });
await check(client(), client());
process.exit();
`;

/** A client of Redis in one version. */
function stack(name: string, packages: Readonly<Record<string, string>>, program: string, quick = false): Stack {
  return {
    name,
    packages,
    quick,
    redis: true,
    files: { "check.js": CHECK, "main.js": program },
    manifest: { type: "module" },
    steps: [shows("node", "main.js"), shows("node20", "main.js")],
  };
}

/** Every version of a client that the peer ranges name, against a real Redis. */
export const REDIS_CLIENTS: readonly Stack[] = [
  stack("redis 4", { redis: "4.7.1" }, NODE_REDIS, true),
  stack("redis 5", { redis: "5.12.1" }, NODE_REDIS, true),
  stack("redis 6", { redis: "6.3.1" }, NODE_REDIS, true),
  stack("ioredis 4", { ioredis: "4.31.0" }, ioredis("ioredis", "Redis"), true),
  stack("ioredis 5", { ioredis: "5.11.1" }, ioredis("ioredis", "{ Redis }"), true),
  stack("ioredis 6", { ioredis: "6.0.0" }, ioredis("ioredis", "{ Redis }"), true),
  stack("iovalkey", { iovalkey: "0.4.0" }, ioredis("iovalkey", "Redis"), true),
  stack("Upstash, a client with `eval`", { "@upstash/redis": "1.39.0", ioredis: "6.0.0" }, UPSTASH),
];
