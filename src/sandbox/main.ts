// Node only: what the command `angelcam-sandbox` does.
import { parseArgs } from "node:util";
import { createSandbox } from "./create-sandbox.ts";
import type { Sandbox } from "./sandbox.ts";
import { readRecording, serveRecording } from "./serve-recording.ts";

const USAGE = `Usage: angelcam-sandbox [options]

A small Angelcam in memory, over HTTP, until you press Ctrl+C.

  --port 4020                   the port; 0 for a free one
  --cameras 250                 cameras in each account
  --accounts 1                  accounts
  --seed 1                      another seed, other cameras
  --no-quota                    no limit of requests
  --access-token-lifetime 36000 seconds that an access token works
  --replay FILE                 play back a recording of angelcam-contract proxy --record, in place of the sandbox
  --help                        this text`;

const OPTIONS = {
  port: { type: "string", default: "4020" },
  cameras: { type: "string", default: "250" },
  accounts: { type: "string", default: "1" },
  seed: { type: "string", default: "1" },
  "no-quota": { type: "boolean", default: false },
  "access-token-lifetime": { type: "string", default: "36000" },
  replay: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

/** Ways to end: done, it did not work, it was called wrongly. */
const [DONE, FAILED, MISUSED] = [0, 1, 2];

/** What surrounds the command: where it writes, and what ends it. */
export interface Surroundings {
  /** Takes a text for people. */
  readonly print: (text: string) => void;
  /** Takes a text about what is in the way. */
  readonly complain: (text: string) => void;
  /** Called once the sandbox listens. It does so until the promise is fulfilled. */
  readonly untilStopped: () => Promise<void>;
}

/**
 * Runs the command.
 *
 * @param words What stands behind its name.
 * @returns The exit code.
 */
export async function main(words: string[], { print, complain, untilStopped }: Surroundings): Promise<number> {
  let port: number;
  let sandbox: Sandbox;
  try {
    const { values } = parseArgs({ args: words, options: OPTIONS });
    if (values.help) {
      print(USAGE);
      return DONE;
    }
    port = whole("port", values.port, 0, 65_535);
    if (values.replay !== undefined) {
      const recording = await readRecording(values.replay);
      return await serveRecording({ recording, file: values.replay, port, print, untilStopped });
    }
    sandbox = createSandbox({
      cameras: whole("cameras", values.cameras, 0),
      accounts: whole("accounts", values.accounts, 1),
      seed: whole("seed", values.seed, 0),
      accessTokenLifetime: whole("access-token-lifetime", values["access-token-lifetime"], 1),
      ...(values["no-quota"] ? { quota: false } : {}),
    });
  } catch (error) {
    complain(`${(error as Error).message}\n\n${USAGE}`);
    return MISUSED;
  }
  try {
    await using server = await sandbox.listen({ port });
    // Asked first: who reads the text may stop the sandbox at once.
    const stopped = untilStopped();
    print(welcome(sandbox, server.origin));
    await stopped;
    return DONE;
  } catch (error) {
    if ((error as { code?: string }).code !== "EADDRINUSE") throw error;
    complain(`Port ${port} is taken. Choose another one with --port, or --port 0 for a free one.`);
    return FAILED;
  }
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
