#!/usr/bin/env node
// Node only: the command `angelcam-sandbox`.
import { parseArgs } from "node:util";
import { createSandbox } from "./create-sandbox.ts";
import type { Sandbox } from "./sandbox.ts";

const USAGE = `Usage: angelcam-sandbox [options]

A small Angelcam in memory, over HTTP, until you press Ctrl+C.

  --port 4020                   the port; 0 for a free one
  --cameras 250                 cameras in each account
  --accounts 1                  accounts
  --seed 1                      another seed, other cameras
  --no-quota                    no limit of requests
  --access-token-lifetime 36000 seconds that an access token works
  --help                        this text`;

const OPTIONS = {
  port: { type: "string", default: "4020" },
  cameras: { type: "string", default: "250" },
  accounts: { type: "string", default: "1" },
  seed: { type: "string", default: "1" },
  "no-quota": { type: "boolean", default: false },
  "access-token-lifetime": { type: "string", default: "36000" },
  help: { type: "boolean", default: false },
} as const;

/** Ways to end: done, it did not work, it was called wrongly. */
const [DONE, FAILED, MISUSED] = [0, 1, 2];

process.exitCode = await run();

async function run(): Promise<number> {
  let port: number;
  let sandbox: Sandbox;
  try {
    const { values } = parseArgs({ options: OPTIONS });
    if (values.help) return print(USAGE, DONE);
    port = whole("port", values.port, 0, 65_535);
    sandbox = createSandbox({
      cameras: whole("cameras", values.cameras, 0),
      accounts: whole("accounts", values.accounts, 1),
      seed: whole("seed", values.seed, 0),
      accessTokenLifetime: whole("access-token-lifetime", values["access-token-lifetime"], 1),
      ...(values["no-quota"] ? { quota: false } : {}),
    });
  } catch (error) {
    return complain(`${(error as Error).message}\n\n${USAGE}`, MISUSED);
  }
  try {
    const server = await sandbox.listen({ port });
    console.log(welcome(sandbox, server.origin));
    await interrupted();
    await server.close();
    return DONE;
  } catch (error) {
    if ((error as { code?: string }).code !== "EADDRINUSE") throw error;
    return complain(`Port ${port} is taken. Choose another one with --port, or --port 0 for a free one.`, FAILED);
  }
}

/** Ctrl+C, or the signal that a process manager sends. */
function interrupted(): Promise<void> {
  return new Promise((fulfil) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => fulfil());
  });
}

function welcome({ accounts, client, tokens }: Sandbox, origin: string): string {
  const [{ username, password } = { username: "", password: "" }] = accounts;
  const signIns = accounts.map((account) =>
    [
      `  username ${account.username}   password ${account.password}   cameras ${account.cameras.count}`,
      `  personal access token ${tokens.personalAccessToken({ account })}`,
    ].join("\n"),
  );
  return `The sandbox listens on ${origin}

Credentials, made up for it:
  client id ${client.clientId}   client secret ${client.clientSecret}
${signIns.join("\n")}

  import { Angelcam, OAuthSession, passwordGrant } from "angelcam-client";

  const session = new OAuthSession({
    clientId: "${client.clientId}",
    grant: passwordGrant({ username: "${username}", password: "${password}" }),
  });
  const angelcam = new Angelcam({ auth: session, baseUrl: "${origin}" });
  console.log(await angelcam.me.get());

Press Ctrl+C to end.`;
}

function whole(name: string, text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new RangeError(`--${name} takes a whole number from ${least} up, not ${JSON.stringify(text)}`);
}

function print(text: string, code: number): number {
  console.log(text);
  return code;
}

function complain(text: string, code: number): number {
  console.error(text);
  return code;
}
