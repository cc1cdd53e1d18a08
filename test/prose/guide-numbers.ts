import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { LIFETIMES } from "../../src/helpers/live-stream/link-expiry.ts";
import { Angelcam, footage, Quota } from "../../src/index.ts";

// The numbers of the guides, each where it is decided: in the code, in the document, or in a script.

const ROOT = new URL("../../", import.meta.url);
const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const quota = new Quota();
const [perMinute, perDay] = quota.snapshot();
const page = Number(parameter("Limit").default);

const angelcam = new Angelcam();
const requestsFor = (end: string) => footage(angelcam, "any", { start: "2026-01-01T00:00:00Z", end }).cost;
const download = constant("src/helpers/footage/downloads.ts", "LONGEST_PIECE") / 3_600_000;
const window = constant("src/helpers/footage/timeline.ts", "LONGEST_WINDOW") / 3_600_000;
const renewedAhead = (seconds: number) =>
  Math.min(
    seconds * constant("src/helpers/live-stream/shared-link.ts", "AHEAD"),
    constant("src/helpers/live-stream/shared-link.ts", "LONGEST_AHEAD") / 1000,
  );
const renewals = (seconds: number) => Math.ceil(86_400 / (seconds - renewedAhead(seconds)));
const accessToken = Number(spec("schemas/OAuthToken.yaml", /Every known response has (\d+)/));
const { iat, nbf, exp } = claimsOf(String(parse(file("spec/parameters/WebhookSignature.yaml")).example));
const viewers = number(spec("schemas/CameraBase.yaml", /At most (\w+) people can watch/));
const eventsAMinute = number(spec("paths/v1/events.yaml", /at most (\w+) events a minute/));
const snapshotAge = spec("schemas/Snapshot.yaml", /up to (\d+) hours old/);
const clip = constant("src/helpers/clips.ts", "LONGEST_CLIP") / 3_600_000;
const recordFor = parameter("RecordDuration");
const speeds = parse(file("spec/schemas/RecordingStreamSpeed.yaml")).properties.speed.enum as number[];

/** For each guide the sentences that hold its numbers, exactly as in the guide, except for white space. */
export const GUIDE_NUMBERS: Readonly<Record<string, readonly string[]>> = {
  "alarms.md": [
    `takes ${eventsAMinute} events a minute`,
    `works for ${spec("schemas/Incident.yaml", /works for (\w+ hour) from/)}`,
  ],
  "footage.md": [
    `at most ${word(download)} hours of footage`,
    `works for ${spec("schemas/RecordingDownload.yaml", /works for (\d+) seconds/)} seconds in published`,
    `Speeds are ${speeds.slice(0, -1).join(", ")} and ${speeds.at(-1)}`,
    `takes ${recordFor.minimum} to ${recordFor.maximum} seconds`,
    `One request tells of ${window} hours`,
    `footage of a day | ${requestsFor("2026-01-02T00:00:00Z")} |`,
    `footage of a week | ${requestsFor("2026-01-08T00:00:00Z")} |`,
    `footage of a year | ${requestsFor("2027-01-01T00:00:00Z")}, of the ${thousands(perDay?.limit)} that a day has |`,
    "after the footage | 0 |",
    `without a gap | 1 for the timeline, and ${24 / download} links |`,
    "a playback or a picture | 1 |",
    `${word(perMinute?.limit, "Capital")} requests fit into a minute`,
  ],
  "limits.md": [
    `${perMinute?.limit} requests a minute, ${thousands(perDay?.limit)} a day | Angelcam's guide pages`,
    `by default ${perMinute?.limit} requests a minute and ${thousands(perDay?.limit)} a day`,
    // No other file needs these two: the client keeps to the stricter pair.
    "30 requests a minute, 1,000 an hour | a later summary",
    `longer than \`maxWait\` (${quota.maxWait / 1000} seconds)`,
    `limit=${page}\`: 250 cameras are ${word(Math.ceil(250 / page))} requests`,
    `apps included | ${viewers} |`,
    `items on a page | ${page} |`,
    `with the same hash | ${eventsAMinute} a minute |`,
    `stored snapshot | up to ${snapshotAge} hours |`,
    `live link | ${LIFETIMES.mp4} seconds; \`hls\` ${LIFETIMES.hls} seconds |`,
  ],
  "live-view.md": [
    ...Object.entries(LIFETIMES).map(([format, seconds]) => `| \`${format}\` | … | ${seconds} seconds |`),
    `show ${LIFETIMES.hls} seconds for every format`,
    `${renewals(LIFETIMES.hls)} a day for a link of \`hls\`, ${renewals(LIFETIMES.mjpeg)} for each of the others`,
    `of the ${thousands(perDay?.limit)} that an account has`,
    "live links from 2024",
    `up to ${snapshotAge} hours old`,
    `works for ${spec("schemas/CameraBase.yaml", /link works for (\d+) seconds/)} seconds`,
    `At most ${viewers} people`,
  ],
  "making-clips.md": [
    `at most ${word(clip)} hours`,
    `from ${constant("src/helpers/polling.ts", "FIRST_PAUSE") / 1000} to ${constant("src/helpers/polling.ts", "LONGEST_PAUSE") / 1000} seconds`,
    `after ${constant("src/helpers/clips.ts", "TIMEOUT") / 60_000} minutes`,
  ],
  "pages.md": [`${page} at most and by default`, `one page, of ${page} unless`],
  "quick-start.md": [
    `**Node** ${file("package.json").match(/"node": ">=([\d.]+)"/)?.[1]} or newer`,
    `access token ends after ${word(accessToken / 3600)} hours`,
    `on port ${file("src/mock/main.ts").match(/default: "(\d+)"/)?.[1]}`,
  ],
  "sign-in.md": [
    `${accessToken / 3600} hours (\`expires_in\`: ${accessToken} seconds)`,
    `${spec("schemas/OAuthToken.yaml", /within (\d+ days)/)}, **one use**`,
  ],
  "testing.md": ["OpenAPI 3.1"],
  "webhooks.md": [
    "in seconds since 1970",
    `\`iat\` less ${Number(iat) - Number(nbf)} seconds`,
    `\`iat\` plus ${Number(exp) - Number(iat)} seconds`,
    "the version of the signature, 1",
    "`ver` is 1",
  ],
};

/** A number of a source file: what `const NAME = 24 * 3_600_000;` comes to. */
function constant(name: string, variable: string): number {
  const [, expression = ""] = file(name).match(new RegExp(`^const ${variable} = ([\\d_ */.]+);`, "m")) ?? [];
  const [first = "", ...rest] = expression.replaceAll("_", "").split(/\s*([*/])\s*/);
  if (first === "") throw new Error(`${name} has no number ${variable}`);
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
  const text = value === 20 ? "twenty" : (WORDS[Number(value)] ?? String(value));
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
