import { rangesWithin } from "../base/time-range.ts";
import { RequestError } from "../http/request-error.ts";
import { spacesOf } from "./accounts.ts";
import type { Sleep } from "./clock.ts";
import { footageBehind, type LinkClaims, readLinkToken } from "./links.ts";
import { JPEGS, MP4, MPEGTS } from "./media-assets.ts";
import { errorResponse, streamOf } from "./responses.ts";
import type { State } from "./state.ts";

/** Where the media segment of the MP4 begins, in bytes: all before it initialises a player. */
const SEGMENT_START = 774;

/** Milliseconds between two pictures of an MJPEG stream, and how many of them there are at most. */
const [BETWEEN_PICTURES, MOST_PICTURES] = [500, 600];

const BOUNDARY = "sandbox-frame";
const MJPEG = `multipart/x-mixed-replace; boundary=${BOUNDARY}`;

/** The pictures and videos behind the links of the sandbox, by the end of their address. */
const FILES: readonly (readonly [end: RegExp, make: (url: URL, sleep: Sleep) => { type: string; body: BodyInit }])[] = [
  [/\/stream\.mjpeg$/, (_, sleep) => ({ type: MJPEG, body: streamOf(mjpeg(sleep)) })],
  [/\/playlist\.m3u8$/, ({ search }) => ({ type: "application/vnd.apple.mpegurl", body: playlist(search) })],
  [/\/init\.mp4$/, () => ({ type: "video/mp4", body: bytesOf(MP4).slice(0, SEGMENT_START) })],
  [/\/segment\.m4s$/, () => ({ type: "video/iso.segment", body: bytesOf(MP4).slice(SEGMENT_START) })],
  [/\.mp4$/, () => ({ type: "video/mp4", body: bytesOf(MP4) })],
  [/\.ts$/, () => ({ type: "video/mp2t", body: bytesOf(MPEGTS) })],
  [/\.jpg$/, () => ({ type: "image/jpeg", body: bytesOf(JPEGS[0]) })],
];

/** Kinds of addresses: a stored picture needs no token, and the id of a playback is its own secret. */
const ADDRESSES = {
  camera: /^\/cameras\/(\d+)\/(?:streams|snapshots)\/[\w./-]+$/,
  clip: /^\/clips\/([\w-]+)\/clip\.(?:ts|mp4)$/,
  download: /^\/download\/[^/]+\.mp4$/,
  message: /^\/messages\/\d+\.jpg$/,
  snapshot: /^\/snapshots\/(?:\d+\/)?\w+\.jpg$/,
  playback: /^\/recording\/streams\/([\w-]+)\/(?:hls|mjpeg)\/[\w.]+$/,
} as const;

const DEAD_LINKS = {
  expired: "The link has expired. Read the camera or the file again: the response holds a new link.",
  invalid: "The token of the link is missing or is not valid.",
} as const;

/** Serves what is behind a link; undefined for an address that is none of a picture or a video. */
export function serveMedia(request: Request, state: State): Response | undefined {
  const url = new URL(request.url);
  const address = Object.entries(ADDRESSES).find(([, pattern]) => pattern.test(url.pathname));
  const file = FILES.find(([end]) => end.test(url.pathname));
  if (!address || !file || !["GET", "HEAD"].includes(request.method)) return undefined;
  const [kind, pattern] = address as [keyof typeof ADDRESSES, RegExp];
  const id = pattern.exec(url.pathname)?.[1] ?? "";
  const token = url.searchParams.get("token");
  const needsToken = token !== null || !["snapshot", "playback"].includes(kind);
  const claims = needsToken ? readLinkToken(token ?? "", state.clock.now()) : {};
  if (typeof claims === "string") return errorResponse(new RequestError(401, DEAD_LINKS[claims]));
  if (!isThere(kind, id, claims, url, state)) return errorResponse(new RequestError(404));
  const { type, body } = file[1](url, state.sleep);
  const headers = { "Content-Type": type, "Cache-Control": "no-store" };
  return new Response(request.method === "HEAD" ? null : body, { headers });
}

function isThere(kind: keyof typeof ADDRESSES, id: string, claims: LinkClaims, url: URL, state: State): boolean {
  const spaces = spacesOf(state.accounts);
  const lists = spaces.flatMap((space) => [
    space.cameras,
    space.sharedCameras,
    space.collection("/v1/public-cameras/"),
  ]);
  if (kind === "camera") return String(claims.camera_id) === id && lists.some((list) => list.get(Number(id)));
  if (kind === "clip") {
    const clips = spaces.flatMap(({ clips, sharedClips }) => [clips.get(id), sharedClips.get(id)]);
    return claims.alias === id && clips.some((clip) => clip?.status === "READY");
  }
  if (kind === "playback") return state.playbacks.findAt(url, id) !== undefined;
  if (kind !== "download") return true;
  const range = footageBehind(claims.alias);
  return spaces.some(({ recordings }) => rangesWithin(recordings.get(range.id)?.footage ?? [], range).length > 0);
}

/** Two seconds of video; the token goes along with each part. */
function playlist(query: string): string {
  return [
    ...["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-TARGETDURATION:2", "#EXT-X-PLAYLIST-TYPE:VOD"],
    `#EXT-X-MAP:URI="init.mp4${query}"`,
    ...["#EXTINF:2.0,", `segment.m4s${query}`, "#EXT-X-ENDLIST", ""],
  ].join("\n");
}

/** Pictures in turn, until the reader stops. The time between them passes in the sandbox's `sleep`. */
async function* mjpeg(sleep: Sleep): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < MOST_PICTURES; sent++) {
    if (sent > 0) await sleep(BETWEEN_PICTURES);
    const picture = bytesOf(JPEGS[sent % JPEGS.length] ?? JPEGS[0]);
    const head = `--${BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`;
    yield new Uint8Array(await new Blob([head, picture, "\r\n"]).arrayBuffer());
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
