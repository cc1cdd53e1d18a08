import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { sessionDefaults } from "../../src/auth/session-options.ts";
import { clientDefaults } from "../../src/client/options.ts";
import { retryDefaults } from "../../src/errors/retry-policy.ts";
import { LIFETIMES } from "../../src/helpers/live-stream/link-expiry.ts";
import { Angelcam, footage, Quota } from "../../src/index.ts";

// The numbers of the guides, each where it is decided: in the code, in the document, or in a script.

const ROOT = new URL("../../", import.meta.url);
const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const SOURCES = readdirSync(new URL("src/", ROOT), { recursive: true })
  .map(String)
  .filter((name) => name.endsWith(".ts"));
const [perMinute, perHour] = new Quota().snapshot();
const page = Number(parameter("Limit").default);
const angelcam = new Angelcam();
const requestsFor = (end: string) => footage(angelcam, "any", { start: "2024-01-01T00:00:00Z", end }).cost;
const download = constant("LONGEST_PIECE") / 3_600_000;
const window = constant("LONGEST_WINDOW") / 3_600_000;
const accessToken = Number(spec("schemas/OAuthToken.yaml", /(36000)/));
const { iat, nbf, exp } = claimsOf(String(parse(file("spec/parameters/WebhookSignature.yaml")).example));
const viewers = number(spec("schemas/CameraBase.yaml", /At most (\w+) people can watch/));
const eventsAMinute = number(spec("paths/v1/events.yaml", /at most (\w+) events a minute/));
const snapshotAge = spec("schemas/Snapshot.yaml", /up to (\d+) hours old/);
const clip = constant("LONGEST_CLIP") / 3_600_000;
const [, ...paces] = /first: ([\d_]+), longest: ([\d_]+)/.exec(file("src/helpers/clip-polls.ts")) ?? [];
const pace = paces.map((text) => Number(text.replaceAll("_", "")));
const recordFor = parameter("RecordDuration");
const speeds = parse(file("spec/schemas/RecordingStreamSpeed.yaml")).properties.speed.enum as number[];
const [, well, failed, unable] =
  /Exit code: (\d) all is well; (\d) a check failed,[^;]*; (\d) it could/.exec(file("src/contract-cli/usage.ts")) ?? [];
const limits = `${perMinute?.limit} requests a minute and ${thousands(perHour?.limit)} an hour`;

/** For each guide the sentences that hold its numbers, exactly as in the guide, except for white space. */
export const GUIDE_NUMBERS: Readonly<Record<string, readonly string[]>> = {
  "alarms.md": [
    `accepts ${eventsAMinute} events a minute`,
    `works for ${spec("schemas/Incident.yaml", /works for (\w+ hour) from/)}`,
  ],
  "clips.md": [
    `at most ${word(clip)} hours long`,
    `pauses of ${pace.map((milliseconds) => milliseconds / 1000).join(" to ")} seconds`,
    `each up to a ${constant("JITTER", "helpers/polling.ts") === 1 / 5 ? "fifth" : "?"} shorter at random`,
    `after ${constant("DEADLINE", "helpers/clips.ts") / 60_000} minutes`,
  ],
  "conventions.md": ["ISO 8601", `Node ${file("package.json").match(/"node": ">=([\d.]+)"/)?.[1]} or newer`],
  "devices.md": [`within ${constant("DEADLINE", "helpers/pairing.ts") / 60_000} minutes`],
  "footage.md": [
    `at most ${word(download)} hours`,
    `works for ${spec("schemas/RecordingDownload.yaml", /works for (\d+) seconds/)} seconds in published`,
    `Speeds are ${speeds.slice(0, -1).join(", ")} and ${speeds.at(-1)}`,
    `is ${recordFor.minimum} to ${recordFor.maximum} seconds`,
    `timeline of ${window} hours`,
    `footage of a day | ${requestsFor("2024-01-02T00:00:00Z")} |`,
    `footage of a week | ${requestsFor("2024-01-08T00:00:00Z")} |`,
    `footage of a year | ${requestsFor("2024-12-31T00:00:00Z")} |`,
    "after the footage | 0 |",
    `without a gap | 1 for the timeline, and ${24 / download} links |`,
    "a playback or a picture | 1 |",
  ],
  "limits.md": [
    `allows ${limits}`,
    `${perMinute?.limit} requests in ${perMinute?.seconds} seconds and ${thousands(perHour?.limit)} in an hour`,
    `limit: ${page}\`: 250 cameras are ${word(Math.ceil(250 / page))} requests`,
    "250 cameras are three requests",
    `apps included | ${viewers} |`,
    `unless you set \`limit\` | ${page} |`,
    `with the same hash | ${eventsAMinute} a minute |`,
    `stored snapshot | up to ${snapshotAge} hours |`,
    `live link | ${LIFETIMES.mp4} seconds; \`hls\` ${LIFETIMES.hls} seconds |`,
  ],
  "live-view.md": [
    ...Object.entries(LIFETIMES).map(([format, seconds]) => `| \`${format}\` | … | ${seconds} seconds |`),
    `up to ${snapshotAge} hours old`,
    `link works for ${spec("schemas/CameraBase.yaml", /link works for (\d+) seconds/)} seconds`,
    `At most ${viewers} people`,
  ],
  "pages.md": [`the page size, ${page} by default`],
  "quick-start.md": [
    `Node ${file("package.json").match(/"node": ">=([\d.]+)"/)?.[1]} or newer`,
    `access token expires after ${word(accessToken / 3600)} hours`,
    `on port ${file("src/mock/main.ts").match(/port: \{[^}]*default: "(\d+)"/)?.[1]}`,
  ],
  "sign-in.md": [
    `${accessToken / 3600} hours (\`expires_in\`: ${accessToken} seconds)`,
    `${spec("schemas/OAuthToken.yaml", /within (\d+ days)/)}, one use`,
    `It starts ${sessionDefaults.refreshAhead / 1000} seconds before`,
  ],
  "testing.md": [
    "OpenAPI 3.1",
    `The exit code is ${well} when all is well, ${failed} when a check failed or nothing was checked, and ${unable} when it could`,
  ],
  "errors.md": [
    `The default is ${retryDefaults.attempts} attempts`,
    `| \`timeout\` | ${thousands(clientDefaults.timeout)} ms |`,
    `| \`deadline\` | ${thousands(clientDefaults.deadline)} ms |`,
    `| \`maxResponseSize\` | ${clientDefaults.maxResponseSize / 1024 / 1024} MB |`,
  ],
  "webhooks.md": [
    "in seconds since 1970",
    `\`iat\` minus ${Number(iat) - Number(nbf)} seconds`,
    `\`iat\` plus ${Number(exp) - Number(iat)} seconds`,
    "the version of the signature, 1",
    "`ver` is 1",
  ],
};

/**
 * A number of the source: what `const NAME = 24 * 3_600_000;` comes to, wherever it is.
 *
 * @param end The end of the file's path, for a name that several files have.
 */
function constant(variable: string, end = ".ts"): number {
  const pattern = new RegExp(`^(?:export )?const ${variable} = ([\\d_ */.]+);`, "m");
  const texts = SOURCES.filter((name) => name.endsWith(end)).map((name) => file(`src/${name}`));
  const [, expression = ""] = texts.map((text) => pattern.exec(text)).find((match) => match) ?? [];
  const [first = "", ...rest] = expression.replaceAll("_", "").split(/\s*([*/])\s*/);
  if (first === "") throw new Error(`No file of src that ends in ${end} has a number ${variable}`);
  let value = Number(first);
  for (let at = 0; at < rest.length; at += 2) value *= Number(rest[at + 1]) ** (rest[at] === "/" ? -1 : 1);
  return value;
}

function spec(name: string, pattern: RegExp): string {
  const [, found] = file(`spec/${name}`).replaceAll(/\s+/g, " ").match(pattern) ?? [];
  if (found === undefined) throw new Error(`spec/${name} does not say ${pattern}`);
  return found;
}

function file(name: string): string {
  return readFileSync(new URL(name, ROOT), "utf8");
}

function thousands(value: number | undefined): string {
  return Number(value).toLocaleString("en");
}

function word(value: number | undefined, style?: "Capital"): string {
  const text = WORDS[Number(value)] ?? String(value);
  return style === "Capital" ? text.replace(/^./, (letter) => letter.toUpperCase()) : text;
}

function number(text: string): number {
  return WORDS.includes(text) ? WORDS.indexOf(text) : Number(text);
}

function parameter(name: string): { minimum?: number; maximum?: number; default?: number } {
  return parse(file(`spec/parameters/${name}.yaml`)).schema;
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;
}
