// Node only: what the command `angelcam-sandbox` does.
import { readFile } from "node:fs/promises";
import { COMMON_OPTIONS, formatOptions, packageVersion, readOptions, wholeNumber } from "../http/command-options.ts";
import { hostOf, listenProblem } from "../http/http-server.ts";
import { readHar } from "../openapi/har.ts";
import { createSandbox } from "./create-sandbox.ts";
import { listen } from "./listen.ts";
import { MOST_CAMERAS } from "./make-space.ts";
import { replay } from "./replay.ts";
import type { Sandbox } from "./sandbox.ts";

const OPTIONS = {
  port: { type: "string", default: "4020", value: "PORT", help: "the port; 0 for a free one" },
  host: { type: "string", default: "127.0.0.1", value: "HOST", help: "the interface; 0.0.0.0 for all of a container" },
  cameras: { type: "string", default: "250", value: "COUNT", help: "cameras in each account" },
  accounts: { type: "string", default: "1", value: "COUNT", help: "accounts" },
  seed: { type: "string", default: "1", value: "NUMBER", help: "another seed, other cameras" },
  "no-quota": { type: "boolean", default: false, help: "no limit of requests" },
  "retry-after": { type: "boolean", default: false, help: "a Retry-After header with each 429" },
  "access-token-lifetime": { type: "string", default: "36000", value: "SECONDS", help: "how long a token works" },
  replay: { type: "string", value: "FILE", help: "plays back what angelcam-contract proxy --record FILE wrote" },
  ...COMMON_OPTIONS,
} as const;

const USAGE = `Usage: angelcam-sandbox [options]

A small Angelcam in memory, over HTTP, until you press Ctrl+C.

${formatOptions(OPTIONS)}`;

/** Exit codes: done, it did not work, it was called wrongly. */
const [DONE, FAILED, MISUSED] = [0, 1, 2];

/** The environment of the command: its output, and the signal that ends it. */
export interface Surroundings {
  /** Takes a text for people. */
  readonly print: (text: string) => void;
  /** Takes a text about what is in the way. */
  readonly complain: (text: string) => void;
  /** Called once the sandbox listens. It listens until the promise resolves. */
  readonly untilStopped: () => Promise<void>;
}

/** The server that the command starts, and its message once it listens. */
interface Program extends Pick<Sandbox, "listen"> {
  readonly welcome: (origin: string) => string;
}

/**
 * Runs the command.
 *
 * @param words The arguments behind the command's name.
 * @returns The exit code.
 */
export async function main(words: string[], { print, complain, untilStopped }: Surroundings): Promise<number> {
  let port: number;
  let host: string;
  let program: Program;
  try {
    const { values, tokens } = readOptions(words, OPTIONS);
    if (values.help || values.version) {
      print(values.help ? USAGE : packageVersion());
      return DONE;
    }
    checkTogether(tokens.flatMap((token) => (token.kind === "option" ? token.name : [])));
    host = hostOf(values.host);
    port = wholeNumber("port", values.port, 0, 65_535);
    program = values.replay === undefined ? serveSandbox(values) : await serveRecording(values.replay);
  } catch (error) {
    complain(`${(error as Error).message}\n\n${USAGE}`);
    return MISUSED;
  }
  try {
    await using server = await program.listen({ port, host });
    // Requested first, because a reader of the text may stop the sandbox at once.
    const stopped = untilStopped();
    print(program.welcome(server.origin));
    await stopped;
    return DONE;
  } catch (error) {
    const problem = listenProblem(error as Error, port, host);
    if (problem === undefined) throw error;
    complain(problem);
    return FAILED;
  }
}

/** @throws TypeError for an option that another one would make do nothing. */
function checkTogether(given: readonly string[]): void {
  const lost = given.find((name) => !["port", "host", "replay"].includes(name));
  if (given.includes("replay") && lost) throw new TypeError(`--${lost} does nothing with --replay`);
  if (given.includes("no-quota") && given.includes("retry-after"))
    throw new TypeError("--retry-after does nothing with --no-quota");
}

function serveSandbox(values: ReturnType<typeof readOptions<typeof OPTIONS>>["values"]): Program {
  const sandbox: Sandbox = createSandbox({
    cameras: wholeNumber("cameras", values.cameras, 0, MOST_CAMERAS),
    accounts: wholeNumber("accounts", values.accounts, 1),
    seed: wholeNumber("seed", values.seed, 0),
    accessTokenLifetime: wholeNumber("access-token-lifetime", values["access-token-lifetime"], 1),
    // Nobody can read the log of a command, which would grow for ever.
    onRequest: () => sandbox.clearLog(),
    quota: values["no-quota"] ? false : { retryAfter: values["retry-after"] },
  });
  return { listen: (options) => sandbox.listen(options), welcome: (origin) => welcome(sandbox, origin) };
}

/** @throws TypeError for a file that cannot be read, or holds no recording. */
async function serveRecording(file: string): Promise<Program> {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new TypeError(`--replay ${file} cannot be read: ${error.message}`);
  });
  const recording = readHar(text);
  const count = recording.length;
  return {
    listen: (options) => listen(replay(recording), options),
    welcome: (origin) => `${count} recorded requests of ${file} are played back on ${origin}\n\nPress Ctrl+C to end.`,
  };
}

function welcome({ accounts, client, tokens, account }: Sandbox, origin: string): string {
  const personal = tokens.personalAccessToken();
  const [{ username, password } = { username: "", password: "" }] = accounts;
  const signIns = accounts.map((one) =>
    [
      `  username ${one.username}   password ${one.password}   cameras ${one.cameras.count}`,
      `  personal access token ${one === account ? personal : tokens.personalAccessToken({ account: one })}`,
      `  spaces ${one.spaces.map(({ id, name }) => `${id} (${name})`).join(", ")}`,
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

Next:
  try it              curl "${origin}/v1/me/" --header "Authorization: PersonalAccessToken ${personal}"
  another space       --header "X-Space-Id: ${account.spaces[1]?.id}"
  watch a camera      open a link of "streams" in a browser, in <video> or <img>
  from a browser app  fetch works from any origin
  in a container      --host 0.0.0.0
  shapes and errors   npx angelcam-mock returns any example and any status

Press Ctrl+C to end.`;
}
