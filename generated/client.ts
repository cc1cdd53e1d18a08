// Written by `npm run generate` from spec/openapi.yaml. Do not edit: change the spec instead.

import type { ApiPromise } from "../src/client/api-promise.ts";
import type { BodyOf, QueryOf, ResponseOf } from "../src/client/operation-types.ts";
import type { PagePromise } from "../src/client/pagination/page-promise.ts";
import type { RequestOptions } from "../src/client/request-options.ts";
import type { ActiveService, ActiveServiceUsage, AngelCameraFirmware, ArrowClient, ArrowClientSummary, ArrowPairing, ArrowService, ArrowServiceCreated, AudioMessage, Broadcasting, Camera, CameraGuest, Client, Clip, CurrentUser, Event, Incident, LegacyRecordingStreamPosition, Location, MarkAllReadResult, NotificationMethod, NotificationRule, OAuthToken, Order, OrderItem, PublicCamera, Recording, RecordingDownload, RecordingSnapshot, RecordingStream, RecordingStreamPosition, RecordingTimeline, RtsMessage, RtsSettings, Sensor, Service, SharedCamera, SharedCameraClip, SharedCameraRecording, Space, SpacePermissions, Speaker, StreamDetectionResult, StreamDetectionSession, UnreadCount } from "./schema.ts";

/** Get the tokens that every other call needs. */
export interface OauthResource {
  /**
   * Get tokens.
   *
   * Exchanges credentials for an access token and a refresh token. `grant_type` is the kind of credentials, one of
   * three.
   *
   * The access token works for ten hours. The refresh token works once, within 30 days: each use returns a new pair and
   * ends all earlier tokens. So never send this request twice with the same refresh token.
   *
   * `POST /oauth/token/` · no token · retried after 429 and 503 only.
   * @example
   * ```ts
   * import { Angelcam, OAuthSession, passwordGrant } from "angelcam-client";
   *
   * // The session gets the tokens at the first call.
   * const session = new OAuthSession({
   *   clientId: process.env.ANGELCAM_CLIENT_ID ?? "",
   *   grant: passwordGrant({
   *     username: process.env.ANGELCAM_USERNAME ?? "",
   *     password: process.env.ANGELCAM_PASSWORD ?? "",
   *   }),
   * });
   * const account = await new Angelcam({ auth: session }).me.get();
   * console.log(`Signed in as ${account.email}`);
   * ```
   */
  createToken(body: BodyOf<"oauth.createToken">, options?: RequestOptions): ApiPromise<OAuthToken>;

  /**
   * Revoke a refresh token.
   *
   * Ends a session: the refresh token stops working. Use it when a user signs out of your program.
   *
   * Revoking a token that is unknown or already used succeeds too. Undocumented: the fields and the errors; they follow
   * RFC 7009.
   *
   * `POST /oauth/token-revoke/` · no token · retried after 429 and 503 only.
   * @example
   * ```ts
   * import { Angelcam, OAuthSession, passwordGrant } from "angelcam-client";
   *
   * const session = new OAuthSession({
   *   clientId: process.env.ANGELCAM_CLIENT_ID ?? "",
   *   grant: passwordGrant({
   *     username: process.env.ANGELCAM_USERNAME ?? "",
   *     password: process.env.ANGELCAM_PASSWORD ?? "",
   *   }),
   * });
   * await new Angelcam({ auth: session }).me.get();
   * // Signs out: the refresh token stops working.
   * await session.revoke();
   * ```
   */
  revokeToken(body: BodyOf<"oauth.revokeToken">, options?: RequestOptions): ApiPromise<undefined>;
}

/** The account that the token belongs to. */
export interface MeResource {
  /**
   * Get your account.
   *
   * Returns the account that the token belongs to. It is the cheapest way to check a token.
   *
   * `GET /v1/me/` · scope `user_access`.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const account = await angelcam.me.get();
   * console.log(account.email, account.first_name);
   * ```
   */
  get(options?: RequestOptions): ApiPromise<CurrentUser>;

  /**
   * Delete your account.
   *
   * Deletes the account that the token belongs to, without a confirmation. Undocumented: whether it can be restored.
   *
   * `DELETE /v1/me/` · scope `user_delete` · retried after 429 and 503 only.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // This cannot be undone.
   * await angelcam.me.delete();
   * console.log("The account is gone.");
   * ```
   */
  delete(options?: RequestOptions): ApiPromise<undefined>;
}

/** The cameras of the account, with their live streams and snapshots. */
export interface CamerasResource {
  /** Reports of cameras and sensors. */
  readonly events: CamerasEventsResource;
  /** Footage of cameras: what there is of it, to play and to download. */
  readonly recordings: CamerasRecordingsResource;
  /** Pieces of footage of up to three hours that are kept on their own. */
  readonly clips: CamerasClipsResource;
  /** The recording of a camera, as it was when a camera had only one. */
  readonly recording: CamerasRecordingResource;
  /**
   * List cameras.
   *
   * Returns the cameras of the account, page by page. Each camera comes complete, with its live streams and snapshot, so
   * there is no need to get the cameras one by one.
   *
   * `GET /v1/cameras/` · scope `camera_access` · one page when awaited, every item when iterated.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.cameras.list({ limit: 5, tags: ["outdoor"] });
   * console.log(`${page.results.length} of ${page.count} cameras`);
   * for (const camera of page.results) console.log(camera.id, camera.name, camera.status);
   * ```
   */
  list(query?: QueryOf<"cameras.list">, options?: RequestOptions): PagePromise<Camera>;

  /**
   * Connect a camera.
   *
   * Connects a new camera to the account.
   *
   * `streamDetection.start` finds the address of its stream. A camera in a private network needs an Arrow client there.
   *
   * `POST /v1/cameras/` · scope `camera_create` · not retried by default.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const camera = await angelcam.cameras.create({
   *   name: "Front door",
   *   type: "h264",
   *   connection_type: "direct",
   *   url: "rtsp://viewer:secret@203.0.113.17:554/stream1",
   * });
   * console.log(`Connected as camera ${camera.id}`);
   * ```
   */
  create(body: BodyOf<"cameras.create">, options?: RequestOptions): ApiPromise<Camera>;

  /**
   * Get a camera.
   *
   * Returns one camera with fresh links to its live streams. It also makes Angelcam take a new snapshot, which the next
   * response contains.
   *
   * `GET /v1/cameras/{camera_id}/` · scope `camera_access`.
   * @param cameraId The id of the camera, from the list of cameras.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const camera = await angelcam.cameras.get(20311, { max_width: 640 });
   * const hls = camera.streams.find((stream) => stream.format === "hls");
   * console.log(camera.name, camera.status, hls?.url);
   * ```
   */
  get(cameraId: number, query?: QueryOf<"cameras.get">, options?: RequestOptions): ApiPromise<Camera>;

  /**
   * Change a camera.
   *
   * Changes a camera. Send the fields to change; all of them are optional. Undocumented: whether the others keep their
   * values.
   *
   * `PUT /v1/cameras/{camera_id}/` · scope `camera_manage`.
   * @param cameraId The id of the camera, from the list of cameras.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const camera = await angelcam.cameras.update(20311, { name: "Front door, left", tags: ["outdoor", "entrance"] });
   * console.log(camera.name, camera.tags);
   * ```
   */
  update(cameraId: number, body: BodyOf<"cameras.update">, options?: RequestOptions): ApiPromise<Camera>;

  /**
   * Remove a camera.
   *
   * Removes a camera from the account.
   *
   * `DELETE /v1/cameras/{camera_id}/` · scope `camera_delete`.
   * @param cameraId The id of the camera, from the list of cameras.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * await angelcam.cameras.delete(20311);
   * console.log("The camera is gone.");
   * ```
   */
  delete(cameraId: number, options?: RequestOptions): ApiPromise<undefined>;
}

/** Reports of cameras and sensors. */
export interface CamerasEventsResource {
  /**
   * List events of a camera.
   *
   * Returns the events of a camera, page by page and the newest first. The list only goes forward; `start` and `end`
   * narrow it.
   *
   * `GET /v1/cameras/{camera_id}/events/` · scope `event_access` · one page when awaited, every item when iterated.
   * @param cameraId The id of the camera, from the list of cameras.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.cameras.events.list(20311, { start: "2026-11-23T08:00:00Z", limit: 3 });
   * for (const event of page.results) console.log(event.occurred_at, event.category, event.title);
   * ```
   */
  list(cameraId: number, query?: QueryOf<"cameras.events.list">, options?: RequestOptions): PagePromise<Event>;
}

/** A search for camera streams at an address, so that a camera can be connected. */
export interface StreamDetectionResource {
  /**
   * Search for streams.
   *
   * Starts a search for camera streams at an address on the internet, or at a service behind an Arrow client. Then poll
   * `streamDetection.get` for the result.
   *
   * `POST /v1/cameras/stream-detection/` · scope `streams_detect` · not retried by default.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const search = await angelcam.streamDetection.start({
   *   address: "203.0.113.17",
   *   username: "viewer",
   *   password: "secret",
   * });
   * // The search takes a while: poll until the status is not "in-progress", or use `detectStreams`.
   * const result = await angelcam.streamDetection.get(search.session_id);
   * console.log(result.status);
   * ```
   */
  start(body: BodyOf<"streamDetection.start">, options?: RequestOptions): ApiPromise<StreamDetectionSession>;

  /**
   * Get the result of a search.
   *
   * Returns the state and the results of a search for streams. While the status is `in-progress`, poll again later.
   *
   * `GET /v1/cameras/stream-detection/{session_id}/` · scope `streams_detect`.
   * @param sessionId The id of the search, from `streamDetection.start`.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const result = await angelcam.streamDetection.get("e2b7c4d9-3f60-4a15-9d8c-b1a05e6f7283");
   * if (result.status === "error") console.error(result.error);
   * for (const stream of result.streams ?? []) console.log(stream.type, stream.preview.live_snapshot);
   * ```
   */
  get(sessionId: string, options?: RequestOptions): ApiPromise<StreamDetectionResult>;
}

/** Cameras shown to a large audience, public or not. */
export interface BroadcastingResource {
  /**
   * Get the broadcast of a camera.
   *
   * Returns whether a camera is public, and its streams for any number of viewers. The camera needs the broadcasting
   * service, but need not be public.
   *
   * `GET /v1/cameras/{camera_id}/broadcasting/` · scope `broadcasting_access`.
   * @param cameraId The id of the camera, from the list of cameras.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const broadcast = await angelcam.broadcasting.get(20311);
   * const hls = broadcast.streams?.find((stream) => stream.format === "hls");
   * console.log(broadcast.enabled ? hls?.url : "Not broadcast");
   * ```
   */
  get(cameraId: number, options?: RequestOptions): ApiPromise<Broadcasting>;

  /**
   * Start a broadcast.
   *
   * Makes a camera public, on its public page and on pages that embed it.
   *
   * `POST /v1/cameras/{camera_id}/broadcasting/start/` · scope `broadcasting_start_stop` · not retried by default.
   * @param cameraId The id of the camera, from the list of cameras.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * await angelcam.broadcasting.start(20311);
   * const { streams } = await angelcam.broadcasting.get(20311);
   * for (const { format, url } of streams ?? []) console.log(format, url);
   * ```
   */
  start(cameraId: number, options?: RequestOptions): ApiPromise<undefined>;

  /**
   * Stop a broadcast.
   *
   * Ends the broadcast of a camera to the public.
   *
   * `POST /v1/cameras/{camera_id}/broadcasting/stop/` · scope `broadcasting_start_stop` · not retried by default.
   * @param cameraId The id of the camera, from the list of cameras.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * await angelcam.broadcasting.stop(20311);
   * console.log("The camera is not broadcast any more.");
   * ```
   */
  stop(cameraId: number, options?: RequestOptions): ApiPromise<undefined>;
}

/** Footage of cameras: what there is of it, to play and to download. */
export interface CamerasRecordingsResource {
  /**
   * List recordings of a camera.
   *
   * Returns the recordings of a camera. There can be several, such as one that never stops and one that only records
   * events. The other operations of recordings take their ids.
   *
   * `GET /v1/cameras/{camera_id}/recordings/` · scope `recording_access` · one page when awaited, every item when iterated.
   * @param cameraId The id of the camera, from the list of cameras.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const { results } = await angelcam.cameras.recordings.list(20311);
   * for (const recording of results) console.log(recording.id, recording.status, recording.retention);
   * ```
   */
  list(cameraId: number, options?: RequestOptions): PagePromise<Recording>;
}

/** Footage of cameras: what there is of it, to play and to download. */
export interface RecordingsResource {
  /**
   * Get a recording.
   *
   * Returns the state of a recording, and the times of its oldest and newest footage.
   *
   * `GET /v1/recording/{recording_id}/` · scope `recording_access`.
   * @param recordingId The id of the recording, from `cameras.recordings.list`.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const recording = await angelcam.recordings.get("3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093");
   * console.log(recording.status, recording.recording_start, recording.recording_end);
   * ```
   */
  get(recordingId: string, options?: RequestOptions): ApiPromise<Recording>;

  /**
   * List footage.
   *
   * Returns the parts of a time range for which there is footage. A range has at most 24 hours: split a longer one into
   * several requests.
   *
   * `GET /v1/recording/{recording_id}/timeline/` · scope `recording_access`.
   * @param recordingId The id of the recording, from `cameras.recordings.list`.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const timeline = await angelcam.recordings.timeline("3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093", {
   *   start: "2026-11-23T08:00:00Z",
   *   end: "2026-11-24T08:00:00Z",
   * });
   * // The range has at most 24 hours; `footage` takes a range of any length.
   * for (const segment of timeline.segments ?? []) console.log(segment.start, segment.end);
   * ```
   */
  timeline(recordingId: string, query: QueryOf<"recordings.timeline">, options?: RequestOptions): ApiPromise<RecordingTimeline>;

  /**
   * Play footage.
   *
   * Opens a playback of footage. Each call opens one of its own, which `recordingStreams` controls: pause, resume, speed
   * and position.
   *
   * `recordings.timeline` returns where there is footage.
   *
   * `GET /v1/recording/{recording_id}/stream/` · scope `recording_access`.
   * @param recordingId The id of the recording, from `cameras.recordings.list`.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const playback = await angelcam.recordings.stream("3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093", {
   *   start: "2026-11-24T07:30:00Z",
   * });
   * console.log(playback.format, playback.url, playback.stream_controls?.base_url);
   * ```
   */
  stream(recordingId: string, query: QueryOf<"recordings.stream">, options?: RequestOptions): ApiPromise<RecordingStream>;

  /**
   * Download footage.
   *
   * Returns a link to one file with the footage of at most three hours. Holes are left out, so the file can be shorter
   * than the range.
   *
   * For a range without footage the link returns 404: check `recordings.timeline` first.
   *
   * `GET /v1/recording/{recording_id}/download/` · scope `recording_access`.
   * @param recordingId The id of the recording, from `cameras.recordings.list`.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const { url } = await angelcam.recordings.download("3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093", {
   *   start: "2026-11-24T06:00:00Z",
   *   end: "2026-11-24T08:00:00Z",
   *   filename: "front-door-morning",
   * });
   * // The range has at most three hours, and the link expires; `downloads` takes a range of any length.
   * console.log(url);
   * ```
   */
  download(recordingId: string, query: QueryOf<"recordings.download">, options?: RequestOptions): ApiPromise<RecordingDownload>;

  /**
   * Get a still picture of footage.
   *
   * Returns a link to a picture of one moment of the footage.
   *
   * `GET /v1/recording/{recording_id}/snapshot/` · scope `recording_access`.
   * @param recordingId The id of the recording, from `cameras.recordings.list`.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const { url } = await angelcam.recordings.snapshot("3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093", {
   *   datetime: "2026-11-24T08:00:00Z",
   * });
   * console.log(url);
   * ```
   */
  snapshot(recordingId: string, query: QueryOf<"recordings.snapshot">, options?: RequestOptions): ApiPromise<RecordingSnapshot>;

  /**
   * Start a recording.
   *
   * Starts recording, until `stop_at`, for `duration` seconds, or until it is stopped. With `start_from`, the seconds
   * before are kept too.
   *
   * To record events only, start with `start_from` and `duration` at each event. While the event goes on, start again:
   * of several planned stops the latest counts. A start without `stop_at` and `duration` cancels every planned stop.
   *
   * `POST /v1/recording/{recording_id}/start/` · scope `recording_start_stop` · not retried by default.
   * @param recordingId The id of the recording, from `cameras.recordings.list`.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * await angelcam.recordings.start("3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093", { duration: 300 });
   * console.log("It records for five minutes.");
   * ```
   */
  start(recordingId: string, query?: QueryOf<"recordings.start">, options?: RequestOptions): ApiPromise<undefined>;

  /**
   * Stop a recording.
   *
   * Ends the recording. The footage is kept for its retention.
   *
   * `POST /v1/recording/{recording_id}/stop/` · scope `recording_start_stop` · not retried by default.
   * @param recordingId The id of the recording, from `cameras.recordings.list`.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * await angelcam.recordings.stop("3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093");
   * console.log("It does not record any more; the footage stays.");
   * ```
   */
  stop(recordingId: string, options?: RequestOptions): ApiPromise<undefined>;
}

/** Playbacks of footage: pause, resume, speed and position. */
export interface RecordingStreamsResource {
  /**
   * Get the position of a playback.
   *
   * Returns the moment of the footage that is on screen, and the speed of the playback. A slow network makes a playback
   * lag, so poll it to keep a timeline in step. No token is needed. Call it at `base_url` of `stream_controls`.
   *
   * `GET /recording/streams/{stream_id}/` · no token.
   * @param streamId The id of the playback: the part after `/recording/streams/` in the links of `stream_controls`. It is a secret, because it is the only credential of the playback.
   * @example
   * ```ts
   * import { Angelcam } from "angelcam-client";
   *
   * // The streamer and the id are in the links of `stream_controls`. No token is needed: the id is the secret.
   * const angelcam = new Angelcam();
   * const options = { serverVariables: { streamer: "e1-eu2" } };
   * const position = await angelcam.recordingStreams.get("5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13", options);
   * console.log(position.current_position ?? position.current_time, position.speed);
   * ```
   */
  get(streamId: string, options?: RequestOptions): ApiPromise<RecordingStreamPosition>;

  /**
   * Resume a playback.
   *
   * Resumes a playback after a pause. No token is needed. Call it at `play` of `stream_controls`.
   *
   * `POST /recording/streams/{stream_id}/play/` · no token · not retried by default.
   * @param streamId The id of the playback: the part after `/recording/streams/` in the links of `stream_controls`. It is a secret, because it is the only credential of the playback.
   * @example
   * ```ts
   * import { Angelcam } from "angelcam-client";
   *
   * // The streamer and the id are in the links of `stream_controls`. No token is needed: the id is the secret.
   * const angelcam = new Angelcam();
   * const options = { serverVariables: { streamer: "e1-eu2" } };
   * await angelcam.recordingStreams.play("5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13", options);
   * console.log("It plays again.");
   * ```
   */
  play(streamId: string, options?: RequestOptions): ApiPromise<undefined>;

  /**
   * Pause a playback.
   *
   * Pauses a playback. No token is needed. Call it at `pause` of `stream_controls`.
   *
   * `POST /recording/streams/{stream_id}/pause/` · no token · not retried by default.
   * @param streamId The id of the playback: the part after `/recording/streams/` in the links of `stream_controls`. It is a secret, because it is the only credential of the playback.
   * @example
   * ```ts
   * import { Angelcam } from "angelcam-client";
   *
   * // The streamer and the id are in the links of `stream_controls`. No token is needed: the id is the secret.
   * const angelcam = new Angelcam();
   * const options = { serverVariables: { streamer: "e1-eu2" } };
   * await angelcam.recordingStreams.pause("5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13", options);
   * console.log("Paused.");
   * ```
   */
  pause(streamId: string, options?: RequestOptions): ApiPromise<undefined>;

  /**
   * Set the speed of a playback.
   *
   * Sets the speed of a playback to 1, 2, 4, 8 or 16 times real time. The data rate grows with it, so a slow network may
   * not keep up. No token is needed. Call it at `speed` of `stream_controls`.
   *
   * `POST /recording/streams/{stream_id}/speed/` · no token · not retried by default.
   * @param streamId The id of the playback: the part after `/recording/streams/` in the links of `stream_controls`. It is a secret, because it is the only credential of the playback.
   * @example
   * ```ts
   * import { Angelcam } from "angelcam-client";
   *
   * // The streamer and the id are in the links of `stream_controls`. No token is needed: the id is the secret.
   * const angelcam = new Angelcam();
   * const options = { serverVariables: { streamer: "e1-eu2" } };
   * await angelcam.recordingStreams.setSpeed("5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13", { speed: 4 }, options);
   * console.log("Four times as fast as real time.");
   * ```
   */
  setSpeed(streamId: string, body: BodyOf<"recordingStreams.setSpeed">, options?: RequestOptions): ApiPromise<undefined>;

  /**
   * Get the position of a playback, older way.
   *
   * Use `recordingStreams.get` instead: it also returns the speed, and needs no token.
   *
   * Returns the moment of the footage that is on screen. Its URL is the `stream_info` of a playback.
   *
   * `GET /v1/recording/stream/{streamer_name}/{streamer_id}/` · scope `recording_access`.
   * @param streamerName The name of the streamer, from `stream_info`. In live responses it is a full host name.
   * @param streamerId The id of the playback, from `stream_info`.
   * @deprecated Use `recordingStreams.get` instead: it also returns the speed, and needs no token. Returns the moment of the footage that is on screen. Its URL is the `stream_info` of a playback.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use recordingStreams.get.
   * const { current_time } = await angelcam.recordingStreams.getLegacyPosition(
   *   "e1-eu2.angelcam.com",
   *   "5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13",
   * );
   * console.log(current_time);
   * ```
   */
  getLegacyPosition(streamerName: string, streamerId: string, options?: RequestOptions): ApiPromise<LegacyRecordingStreamPosition>;
}

/** Pieces of footage of up to three hours that are kept on their own. */
export interface CamerasClipsResource {
  /**
   * List clips.
   *
   * Returns the clips of a camera, page by page: your own, unless `created_by` is set.
   *
   * `GET /v1/cameras/{camera_id}/clips/` · scope `recording_clips_access` · one page when awaited, every item when iterated.
   * @param cameraId The id of the camera, from the list of cameras.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.cameras.clips.list(20311, { created_by: "*" });
   * for (const clip of page.results) console.log(clip.name, clip.status, clip.start, clip.end);
   * ```
   */
  list(cameraId: number, query?: QueryOf<"cameras.clips.list">, options?: RequestOptions): PagePromise<Clip>;

  /**
   * Order a clip.
   *
   * Orders a clip of at most three hours. The response has the status `PENDING`: poll `cameras.clips.get` until it is
   * `READY` or `ERROR`.
   *
   * A second request orders a second clip.
   *
   * `POST /v1/cameras/{camera_id}/clips/` · scope `recording_clips_access`, `recording_clips_create` · not retried by default.
   * @param cameraId The id of the camera, from the list of cameras.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const clip = await angelcam.cameras.clips.create(20311, {
   *   name: "Parcel at the door",
   *   start: "2026-11-24T07:58:00Z",
   *   end: "2026-11-24T08:03:00Z",
   * });
   * // Poll `cameras.clips.get` until the clip is READY or ERROR, or use `createClip`, which waits for it.
   * console.log(clip.id, clip.status);
   * ```
   */
  create(cameraId: number, body: BodyOf<"cameras.clips.create">, options?: RequestOptions): ApiPromise<Clip>;

  /**
   * Get a clip.
   *
   * Returns one clip, to see whether it is ready or to get a fresh link to its file.
   *
   * `GET /v1/cameras/{camera_id}/clips/{clip_id}/` · scope `recording_clips_access`.
   * @param cameraId The id of the camera, from the list of cameras.
   * @param clipId The id of the clip, from the list of clips.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const clip = await angelcam.cameras.clips.get(20311, "0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506");
   * console.log(clip.status === "READY" ? clip.download_url : `Not ready: ${clip.status}`);
   * ```
   */
  get(cameraId: number, clipId: string, options?: RequestOptions): ApiPromise<Clip>;

  /**
   * Share a clip.
   *
   * Sends an e-mail with a clip. The recipient needs no account.
   *
   * `POST /v1/cameras/{camera_id}/clips/{clip_id}/share/` · scope `recording_clips_share` · not retried by default.
   * @param cameraId The id of the camera, from the list of cameras.
   * @param clipId The id of the clip, from the list of clips.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * await angelcam.cameras.clips.share(20311, "0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506", { email: "lena@example.com" });
   * console.log("The e-mail is on its way.");
   * ```
   */
  share(cameraId: number, clipId: string, body: BodyOf<"cameras.clips.share">, options?: RequestOptions): ApiPromise<undefined>;

  /**
   * Play a clip.
   *
   * Opens a playback of a clip. Each call opens one of its own, which `recordingStreams` controls.
   *
   * `GET /v1/cameras/{camera_id}/clips/{clip_id}/stream/` · scope `recording_clips_access`.
   * @param cameraId The id of the camera, from the list of cameras.
   * @param clipId The id of the clip, from the list of clips.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const playback = await angelcam.cameras.clips.stream(20311, "0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506", {
   *   start: "2026-11-24T07:58:00Z",
   * });
   * console.log(playback.format, playback.url);
   * ```
   */
  stream(cameraId: number, clipId: string, query: QueryOf<"cameras.clips.stream">, options?: RequestOptions): ApiPromise<RecordingStream>;
}

/** The cameras that Angelcam itself makes, and their firmware. */
export interface AngelCameraResource {
  /**
   * Get the latest firmware.
   *
   * Returns the newest firmware for one kind of AngelCamera, with a link to download it. Any valid token will do; no
   * scope is needed.
   *
   * `GET /v1/angelcamera/latest-firmware/{board}/`.
   * @param board The id of the board of the AngelCamera.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const firmware = await angelcam.angelCamera.getLatestFirmware("4be07d21c95f4a3e8c6612fd03b7a9d8");
   * console.log(firmware.model, firmware.version, firmware.image);
   * ```
   */
  getLatestFirmware(board: string, options?: RequestOptions): ApiPromise<AngelCameraFirmware>;
}

/** Devices such as the AngelBox that connect a local network with Angelcam. */
export interface ArrowClientsResource {
  /** Cameras and web servers that an Arrow client reaches in its network. */
  readonly services: ArrowClientsServicesResource;
  /**
   * List Arrow clients.
   *
   * Returns the paired Arrow clients in short. Get one of them for its status and its proxy.
   *
   * `GET /v1/arrow-clients/` · scope `arrow_client_access` · one page when awaited, every item when iterated.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const { results } = await angelcam.arrowClients.list();
   * for (const arrowClient of results) console.log(arrowClient.uuid, arrowClient.mac, arrowClient.ip);
   * ```
   */
  list(query?: QueryOf<"arrowClients.list">, options?: RequestOptions): PagePromise<ArrowClientSummary>;

  /**
   * Pair an Arrow client.
   *
   * Asks a device to connect with this account. The device listens for 20 minutes after its start, so restart it first.
   * Then poll `arrowClients.get` with the UUID or the MAC address from the response, until the `status` is `online`.
   *
   * If the device is paired already, the response is the same for accounts that may see it, and 403 for others. A 200
   * does not mean that the device was reached.
   *
   * `POST /v1/arrow-clients/` · scope `arrow_client_manage` · not retried by default.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Restart the device first: it listens for 20 minutes.
   * const { uuid } = await angelcam.arrowClients.pair({ uuid: "5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05" });
   * console.log(`Asked for ${uuid}; call arrowClients.get until it is online, or pairArrowClient for both.`);
   * ```
   */
  pair(body: BodyOf<"arrowClients.pair">, options?: RequestOptions): ApiPromise<ArrowPairing>;

  /**
   * Get an Arrow client.
   *
   * Returns one Arrow client with its status and its proxy. It takes the UUID or, while a pairing by MAC address is
   * under way, the MAC address.
   *
   * `GET /v1/arrow-clients/{arrow_client_id}/` · scope `arrow_client_access`.
   * @param arrowClientId The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC address; no other operation does.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const arrowClient = await angelcam.arrowClients.get("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05");
   * console.log(arrowClient.status, arrowClient.scanning, arrowClient.proxy?.transparent?.https);
   * ```
   */
  get(arrowClientId: string, options?: RequestOptions): ApiPromise<ArrowClient>;

  /**
   * Unpair an Arrow client.
   *
   * Ends the connection between a device and this account. Cameras behind it can no longer be reached.
   *
   * `DELETE /v1/arrow-clients/{arrow_client_id}/` · scope `arrow_client_manage`.
   * @param arrowClientId The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC address; no other operation does.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * await angelcam.arrowClients.unpair("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05");
   * console.log("The device no longer belongs to the account.");
   * ```
   */
  unpair(arrowClientId: string, options?: RequestOptions): ApiPromise<undefined>;

  /**
   * Reset the service table.
   *
   * Removes the services that scans have found from the table of an Arrow client, and with `full` also those that were
   * added by hand. Fixed services stay.
   *
   * `POST /v1/arrow-clients/{arrow_client_id}/reset-service-table/` · scope `arrow_client_manage` · not retried by default.
   * @param arrowClientId The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC address; no other operation does.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Without `full`, services that were added by hand stay.
   * await angelcam.arrowClients.resetServiceTable("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05", { full: true });
   * console.log("The services are forgotten; scan the network to find them again.");
   * ```
   */
  resetServiceTable(arrowClientId: string, body?: BodyOf<"arrowClients.resetServiceTable">, options?: RequestOptions): ApiPromise<undefined>;

  /**
   * Scan the network.
   *
   * Makes an Arrow client search its network for cameras and other services. The response does not wait for the scan:
   * poll `arrowClients.get` until `scanning` is false, then list the services.
   *
   * `POST /v1/arrow-clients/{arrow_client_id}/scan-network/` · scope `arrow_client_manage` · not retried by default.
   * @param arrowClientId The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC address; no other operation does.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * await angelcam.arrowClients.scanNetwork("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05");
   * const { scanning } = await angelcam.arrowClients.get("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05");
   * console.log(scanning ? "Scanning; ask again in a moment." : "The scan is over.");
   * ```
   */
  scanNetwork(arrowClientId: string, options?: RequestOptions): ApiPromise<undefined>;
}

/** Cameras and web servers that an Arrow client reaches in its network. */
export interface ArrowClientsServicesResource {
  /**
   * List Arrow services.
   *
   * Returns the services that an Arrow client reaches: those that a scan has found, those that were added by hand, and
   * fixed ones.
   *
   * `GET /v1/arrow-clients/{arrow_client_id}/services/` · scope `arrow_client_access` · one page when awaited, every item when iterated.
   * @param arrowClientId The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC address; no other operation does.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const { results } = await angelcam.arrowClients.services.list("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05");
   * const cameras = results.filter((service) => service.hints?.camera);
   * for (const camera of cameras) console.log(camera.id, `${camera.type}://${camera.ip}:${camera.port}`);
   * ```
   */
  list(arrowClientId: string, options?: RequestOptions): PagePromise<ArrowService>;

  /**
   * Add an Arrow service.
   *
   * Adds a service that no scan has found. The Arrow client must have the capability `add_custom_service`, and it
   * rejects addresses outside its own network.
   *
   * It returns 200 and not 201, with the id only.
   *
   * `POST /v1/arrow-clients/{arrow_client_id}/services/` · scope `arrow_client_manage` · not retried by default.
   * @param arrowClientId The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC address; no other operation does.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const service = { type: "rtsp", ip: "192.168.1.90", port: 554 } as const;
   * const { service_id } = await angelcam.arrowClients.services.create("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05", service);
   * console.log(`Added as ${service_id}`);
   * ```
   */
  create(arrowClientId: string, body: BodyOf<"arrowClients.services.create">, options?: RequestOptions): ApiPromise<ArrowServiceCreated>;

  /**
   * Get an Arrow service.
   *
   * Returns one service behind an Arrow client.
   *
   * `GET /v1/arrow-clients/{arrow_client_id}/services/{service_id}/` · scope `arrow_client_access`.
   * @param arrowClientId The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC address; no other operation does.
   * @param serviceId The id of the service, in hexadecimal digits, from the list of services.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const service = await angelcam.arrowClients.services.get("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05", "00c4");
   * console.log(service.type, service.ip, service.port, service.camera_ids);
   * ```
   */
  get(arrowClientId: string, serviceId: string, options?: RequestOptions): ApiPromise<ArrowService>;

  /**
   * Delete an Arrow service.
   *
   * Removes a service that was added by hand. If scans find it too, it stays for as long as they do.
   *
   * `DELETE /v1/arrow-clients/{arrow_client_id}/services/{service_id}/` · scope `arrow_client_manage`.
   * @param arrowClientId The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC address; no other operation does.
   * @param serviceId The id of the service, in hexadecimal digits, from the list of services.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * await angelcam.arrowClients.services.delete("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05", "00c4");
   * console.log("The service is gone.");
   * ```
   */
  delete(arrowClientId: string, serviceId: string, options?: RequestOptions): ApiPromise<undefined>;
}

/** Speakers on site, which play audio messages or your own voice. */
export interface SpeakersResource {
  /**
   * List speakers.
   *
   * Returns the speakers of the space, page by page.
   *
   * `GET /v1/speakers/` · scope `speaker_access` · one page when awaited, every item when iterated.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.speakers.list({ limit: 2 });
   * console.log(`${page.results.length} of ${page.count} speakers`);
   * for (const speaker of page.results) console.log(speaker.id, speaker.name);
   * ```
   */
  list(query?: QueryOf<"speakers.list">, options?: RequestOptions): PagePromise<Speaker>;

  /**
   * Add a speaker.
   *
   * Adds a speaker that is behind an Arrow client. Use `speakers.test` afterwards to see whether it can be reached.
   *
   * `POST /v1/speakers/` · scope `speaker_manage` · not retried by default.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const speaker = await angelcam.speakers.create({
   *   name: "Yard",
   *   setup: "arrow",
   *   protocol: "basic",
   *   arrow_client: "5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05",
   *   arrow_service_id: "00c4",
   *   endpoint: "/api/v1/audio/play",
   * });
   * console.log(`Added as ${speaker.id}`);
   * ```
   */
  create(body: BodyOf<"speakers.create">, options?: RequestOptions): ApiPromise<Speaker>;

  /**
   * Get a speaker.
   *
   * Returns one speaker, without its password.
   *
   * `GET /v1/speakers/{speaker_id}/` · scope `speaker_access`.
   * @param speakerId The id of the speaker, from the list of speakers.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const speaker = await angelcam.speakers.get(71);
   * console.log(speaker.name, speaker.endpoint);
   * ```
   */
  get(speakerId: number, options?: RequestOptions): ApiPromise<Speaker>;

  /**
   * Change a speaker.
   *
   * Changes the settings of a speaker. Name, setup, protocol and endpoint are required, even if they do not change.
   * Undocumented: whether a password that is left out is kept.
   *
   * `PUT /v1/speakers/{speaker_id}/` · scope `speaker_manage`.
   * @param speakerId The id of the speaker, from the list of speakers.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const { id, ...settings } = await angelcam.speakers.get(71);
   * const changes = { setup: "arrow", protocol: "basic", name: "Yard, north side" } as const;
   * const speaker = await angelcam.speakers.update(id, { ...settings, ...changes });
   * console.log(speaker.name);
   * ```
   */
  update(speakerId: number, body: BodyOf<"speakers.update">, options?: RequestOptions): ApiPromise<Speaker>;

  /**
   * Play an audio message or speak.
   *
   * With the id of an audio message, the speaker plays it, and the response is 204 without a body. Without an id, the
   * response is 200 with the link of a live session.
   *
   * The link is a WebSocket for WebRTC signalling, not a request to this API. Both sides send JSON text frames with a
   * `type`: you start with an `offer`, the server replies with an `answer`, each with its `sdp`. Then each side sends
   * its ICE candidates, with the `type` `candidate` and, in `candidate`, an object of `candidate`, `mid` and `ufrag`;
   * null marks the end. STUN and TURN servers are not needed. Close the WebSocket to end the session.
   *
   * `POST /v1/speakers/{speaker_id}/play/` · scope `audio_messages_play` · not retried by default.
   * @param speakerId The id of the speaker, from the list of speakers.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const session = await angelcam.speakers.play(71, { message: 318, repeat: true, stop_after: 30 });
   * // Without a message the response has a live session: speak through its WebSocket.
   * console.log(session ? session.webrtc_signaling_url : "The audio message plays for 30 seconds.");
   * ```
   */
  play(speakerId: number, body?: BodyOf<"speakers.play">, options?: RequestOptions): ApiPromise<ResponseOf<"speakers.play">>;

  /**
   * Silence a speaker.
   *
   * Ends what the speaker is playing.
   *
   * `POST /v1/speakers/{speaker_id}/stop/` · scope `audio_messages_play` · not retried by default.
   * @param speakerId The id of the speaker, from the list of speakers.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * await angelcam.speakers.stop(71);
   * console.log("The speaker is silent.");
   * ```
   */
  stop(speakerId: number, options?: RequestOptions): ApiPromise<undefined>;

  /**
   * Test a speaker.
   *
   * Checks that Angelcam reaches the speaker. It makes no sound.
   *
   * `GET /v1/speakers/{speaker_id}/test/` · scope `speaker_access`.
   * @param speakerId The id of the speaker, from the list of speakers.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Throws a BadRequestError with the reason if the speaker cannot be reached.
   * await angelcam.speakers.test(71);
   * console.log("The speaker can be reached.");
   * ```
   */
  test(speakerId: number, options?: RequestOptions): ApiPromise<undefined>;
}

/** Recorded announcements that speakers play. */
export interface AudioMessagesResource {
  /**
   * List audio messages.
   *
   * Returns the audio messages of the space, page by page.
   *
   * `GET /v1/audio-messages/` · scope `audio_message_access` · one page when awaited, every item when iterated.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.audioMessages.list({ limit: 2 });
   * console.log(`${page.results.length} of ${page.count} audio messages`);
   * for (const message of page.results) console.log(message.id, message.name);
   * ```
   */
  list(query?: QueryOf<"audioMessages.list">, options?: RequestOptions): PagePromise<AudioMessage>;

  /**
   * Upload an audio message.
   *
   * Adds an audio message that speakers can play. The body contains the audio file, encoded in Base64.
   *
   * `POST /v1/audio-messages/` · scope `audio_message_manage` · not retried by default.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // The audio file in Base64, for example `await readFile("private-property.mp3", "base64")`.
   * const message = "SUQzBAAAAAAAI1RTU0UAAAAPAAADTGF2ZjU4";
   * const created = await angelcam.audioMessages.create({ name: "Private property", message });
   * console.log(created.id, created.message);
   * ```
   */
  create(body: BodyOf<"audioMessages.create">, options?: RequestOptions): ApiPromise<AudioMessage>;

  /**
   * Get an audio message.
   *
   * Returns one audio message, with a link to its sound.
   *
   * `GET /v1/audio-messages/{message_id}/` · scope `audio_message_access`.
   * @param messageId The id of the audio message, from the list of audio messages.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const message = await angelcam.audioMessages.get(318);
   * console.log(message.name, message.message);
   * ```
   */
  get(messageId: number, options?: RequestOptions): ApiPromise<AudioMessage>;

  /**
   * Replace an audio message.
   *
   * Replaces the name and the sound of an audio message. Both are required, even if only one of them changes.
   *
   * `PUT /v1/audio-messages/{message_id}/` · scope `audio_message_manage`.
   * @param messageId The id of the audio message, from the list of audio messages.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Both fields are required, also an unchanged one.
   * const message = "SUQzBAAAAAAAI1RTU0UAAAAPAAADTGF2ZjU4";
   * const updated = await angelcam.audioMessages.update(318, { name: "Private property, two languages", message });
   * console.log(updated.name);
   * ```
   */
  update(messageId: number, body: BodyOf<"audioMessages.update">, options?: RequestOptions): ApiPromise<AudioMessage>;
}

/** Devices that report events, such as motion detectors and door contacts. */
export interface SensorsResource {
  /**
   * List sensors.
   *
   * Returns the sensors of the account, page by page.
   *
   * `GET /v1/sensors/` · scope `sensor_access` · one page when awaited, every item when iterated.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.sensors.list({ limit: 2 });
   * console.log(`${page.results.length} of ${page.count} sensors`);
   * for (const sensor of page.results) console.log(sensor.id, sensor.name, sensor.type);
   * ```
   */
  list(query?: QueryOf<"sensors.list">, options?: RequestOptions): PagePromise<Sensor>;

  /**
   * Add a sensor.
   *
   * Adds a sensor. The response has the `hash` and the `email` for its events.
   *
   * `POST /v1/sensors/` · scope `sensor_manage` · not retried by default.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const sensor = await angelcam.sensors.create({ name: "Back door contact", type: "door_window", camera: 20311 });
   * console.log(`Added as ${sensor.id}; it reports its events with its hash, see events.create.`);
   * ```
   */
  create(body: BodyOf<"sensors.create">, options?: RequestOptions): ApiPromise<Sensor>;

  /**
   * Get a sensor.
   *
   * Returns one sensor, with the number of events that it has reported so far.
   *
   * `GET /v1/sensors/{sensor_id}/` · scope `sensor_access`.
   * @param sensorId The id of the sensor, from the list of sensors.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const sensor = await angelcam.sensors.get(954);
   * console.log(sensor.name, sensor.enabled, sensor.events_count_api);
   * ```
   */
  get(sensorId: number, options?: RequestOptions): ApiPromise<Sensor>;

  /**
   * Change a sensor.
   *
   * Changes a sensor. No field is required. Undocumented: whether the others keep their values.
   *
   * `PUT /v1/sensors/{sensor_id}/` · scope `sensor_manage`.
   * @param sensorId The id of the sensor, from the list of sensors.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const sensor = await angelcam.sensors.update(954, { enable_cloud_recording_for: "PT5M", incident_delay: "PT1M" });
   * console.log(sensor.name, sensor.updated_at);
   * ```
   */
  update(sensorId: number, body: BodyOf<"sensors.update">, options?: RequestOptions): ApiPromise<Sensor>;

  /**
   * Delete a sensor.
   *
   * Removes a sensor. Its `hash` and its `email` stop working.
   *
   * `DELETE /v1/sensors/{sensor_id}/` · scope `sensor_manage`.
   * @param sensorId The id of the sensor, from the list of sensors.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * await angelcam.sensors.delete(954);
   * console.log("The sensor is gone.");
   * ```
   */
  delete(sensorId: number, options?: RequestOptions): ApiPromise<undefined>;
}

/** Reports of cameras and sensors. */
export interface EventsResource {
  /**
   * Report an event by GET.
   *
   * Does the same as `events.create`, for devices that can only open a URL. Prefer `events.create`: here the hash is in
   * the URL, where logs and proxies see it, and the time of the event cannot be set.
   *
   * It creates an event each time, although it is a GET. So never send it twice, and keep it out of links that a browser
   * may open ahead of time. It takes at most ten events a minute for each hash.
   *
   * `GET /v1/events/` · no token · never retried.
   * @example
   * ```ts
   * import { Angelcam } from "angelcam-client";
   *
   * // No token is needed: the hash identifies the sensor.
   * const angelcam = new Angelcam();
   * const hash = process.env.ANGELCAM_SENSOR_HASH ?? "h4q0zr81vt";
   * const event = await angelcam.events.createByGet({ hash, title: "Back door open" });
   * console.log(event.camera, event.received_at);
   * ```
   */
  createByGet(query: QueryOf<"events.createByGet">, options?: RequestOptions): ApiPromise<Event>;

  /**
   * Report an event.
   *
   * Reports an event of a camera or a sensor. The event shows on the timeline of the camera, and raises an alarm if the
   * location is armed. No token is needed: the hash identifies the reporter.
   *
   * It takes at most ten events a minute for each hash.
   *
   * `POST /v1/events/` · no token · not retried by default.
   * @example
   * ```ts
   * import { Angelcam } from "angelcam-client";
   *
   * // No token is needed: the hash identifies the sensor.
   * const angelcam = new Angelcam();
   * const hash = process.env.ANGELCAM_SENSOR_HASH ?? "h4q0zr81vt";
   * const event = await angelcam.events.create({ hash, title: "Back door open", occurred_at: new Date().toISOString() });
   * console.log(event.camera, event.received_at);
   * ```
   */
  create(body: BodyOf<"events.create">, options?: RequestOptions): ApiPromise<Event>;
}

/** Owners of cameras and of everything that belongs to them. */
export interface SpacesResource {
  /**
   * List spaces.
   *
   * Returns every space that the account belongs to, as an array without pagination. Use the `id` in the header
   * `X-Space-Id` of other calls.
   *
   * `GET /v1/spaces/` · scope `space_access`.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const spaces = await angelcam.spaces.list();
   * for (const space of spaces) console.log(space.id, space.name, space.is_default ? "(default)" : "");
   * ```
   */
  list(options?: RequestOptions): ApiPromise<ResponseOf<"spaces.list">>;

  /**
   * Get a space.
   *
   * Returns one space that the account belongs to.
   *
   * `GET /v1/spaces/{space_id}/` · scope `space_access`.
   * @param spaceId The id of the space, from the list of spaces.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const space = await angelcam.spaces.get(411);
   * console.log(space.name);
   * ```
   */
  get(spaceId: number, options?: RequestOptions): ApiPromise<Space>;

  /**
   * Get your permissions in a space.
   *
   * Returns the permissions of the account in a space: its own, and those of its groups.
   *
   * `GET /v1/spaces/{space_id}/permissions/` · scope `space_permissions_access`.
   * @param spaceId The id of the space, from the list of spaces.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const { assignments } = await angelcam.spaces.getPermissions(411);
   * for (const { permission, location_id, camera_id } of assignments) console.log(permission, location_id, camera_id);
   * ```
   */
  getPermissions(spaceId: number, options?: RequestOptions): ApiPromise<SpacePermissions>;
}

/** Groups of cameras within a space, which are armed and disarmed together. */
export interface LocationsResource {
  /**
   * List locations.
   *
   * Returns the locations of the space, page by page.
   *
   * `GET /v1/locations/` · scope `locations_access` · one page when awaited, every item when iterated.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.locations.list({ limit: 2 });
   * console.log(`${page.results.length} of ${page.count} locations`);
   * for (const location of page.results) console.log(location.id, location.name, location.is_armed);
   * ```
   */
  list(query?: QueryOf<"locations.list">, options?: RequestOptions): PagePromise<Location>;

  /**
   * Get a location.
   *
   * Returns one location, and whether it is armed.
   *
   * `GET /v1/locations/{location_id}/` · scope `locations_access`.
   * @param locationId The id of the location, from the list of locations.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const location = await angelcam.locations.get(87);
   * console.log(location.name, location.is_armed ? "armed" : "disarmed", location.next_arming);
   * ```
   */
  get(locationId: number, options?: RequestOptions): ApiPromise<Location>;
}

/** Cameras that everybody may watch, for partners of Angelcam. */
export interface PublicCamerasResource {
  /**
   * List public cameras.
   *
   * Returns the cameras that everybody may watch, page by page. For partners of Angelcam only; a personal access token
   * gets 403.
   *
   * `GET /v1/public-cameras/` · scope `public_cameras_access` · one page when awaited, every item when iterated.
   * @example
   * ```ts
   * import { Angelcam, bearerToken } from "angelcam-client";
   *
   * // A personal access token gets 403 here.
   * const angelcam = new Angelcam({ auth: bearerToken(process.env.ANGELCAM_ACCESS_TOKEN ?? "") });
   * const page = await angelcam.publicCameras.list({ online: 1, limit: 2 });
   * console.log(`${page.results.length} of ${page.count} public cameras`);
   * for (const camera of page.results) console.log(camera.name, camera.public_page_url);
   * ```
   */
  list(query?: QueryOf<"publicCameras.list">, options?: RequestOptions): PagePromise<PublicCamera>;

  /**
   * Get a public camera.
   *
   * Returns one public camera with fresh links to its live streams. For partners of Angelcam only; a personal access
   * token gets 403.
   *
   * `GET /v1/public-cameras/{camera_id}/` · scope `public_cameras_access`.
   * @param cameraId The id of the camera, from the list of public cameras.
   * @example
   * ```ts
   * import { Angelcam, bearerToken } from "angelcam-client";
   *
   * // A personal access token gets 403 here.
   * const angelcam = new Angelcam({ auth: bearerToken(process.env.ANGELCAM_ACCESS_TOKEN ?? "") });
   * const camera = await angelcam.publicCameras.get(30418);
   * const hls = camera.streams.find((stream) => stream.format === "hls");
   * console.log(camera.name, camera.status, hls?.url);
   * ```
   */
  get(cameraId: number, options?: RequestOptions): ApiPromise<PublicCamera>;
}

/** Arm and disarm the security system, and set how long its incidents stay open. */
export interface RtsResource {
  /** Arm and disarm the security system, and set how long its incidents stay open. */
  readonly settings: RtsSettingsResource;
  /** Security incidents: events of sensors that may need a reaction. */
  readonly incidents: RtsIncidentsResource;
  /** Notices to the account about incidents, arming, and cameras that went online or offline. */
  readonly messages: RtsMessagesResource;
  /** The resource `rts.notifications`. */
  readonly notifications: RtsNotificationsResource;
  /**
   * Arm.
   *
   * Arms a location, or the space as a whole: from then on, events of sensors open incidents and notify people.
   *
   * `POST /v1/rts/arm/` · scope `rts_arming_manage` · retried after 429 and 503 only.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * await angelcam.rts.arm({ location_id: 87, delay: 30 });
   * console.log("Armed in 30 seconds: time for the last person to leave.");
   * ```
   */
  arm(query?: QueryOf<"rts.arm">, options?: RequestOptions): ApiPromise<undefined>;

  /**
   * Disarm.
   *
   * Disarms a location, or the space as a whole: from then on, events of sensors send no notifications.
   *
   * `POST /v1/rts/disarm/` · scope `rts_arming_manage` · retried after 429 and 503 only.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * await angelcam.rts.disarm({ location_id: 87 });
   * console.log("Disarmed.");
   * ```
   */
  disarm(query?: QueryOf<"rts.disarm">, options?: RequestOptions): ApiPromise<undefined>;
}

/** Arm and disarm the security system, and set how long its incidents stay open. */
export interface RtsSettingsResource {
  /**
   * Get the security settings.
   *
   * Returns the settings of the security system. Whether a location is armed is in the response of `locations.list`.
   *
   * `GET /v1/rts/` · scope `rts_settings_access`.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const settings = await angelcam.rts.settings.get();
   * console.log(`An incident stays open for ${settings.incident_ttl} after its last event`);
   * ```
   */
  get(options?: RequestOptions): ApiPromise<RtsSettings>;

  /**
   * Change the security settings.
   *
   * Changes how long an incident stays open. To arm or disarm, use rts.arm and rts.disarm.
   *
   * `PUT /v1/rts/` · scope `rts_settings_manage`.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const settings = await angelcam.rts.settings.update({ incident_ttl: "PT30M" });
   * console.log(`An incident now stays open for ${settings.incident_ttl}`);
   * ```
   */
  update(body: BodyOf<"rts.settings.update">, options?: RequestOptions): ApiPromise<RtsSettings>;
}

/** Security incidents: events of sensors that may need a reaction. */
export interface RtsIncidentsResource {
  /**
   * List incidents.
   *
   * Returns security incidents, page by page, the newest first.
   *
   * `GET /v1/rts/incidents/` · scope `incidents_access` · one page when awaited, every item when iterated.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.rts.incidents.list({ start: "2026-11-23T00:00:00Z", limit: 2 });
   * console.log(`${page.count} incidents since yesterday`);
   * for (const incident of page.results) {
   *   const state = incident.closed_at ? "closed" : incident.verified_at ? "verified" : "open";
   *   console.log(incident.id, incident.created_at, state);
   * }
   * ```
   */
  list(query?: QueryOf<"rts.incidents.list">, options?: RequestOptions): PagePromise<Incident>;

  /**
   * Get an incident.
   *
   * Returns one security incident, with a picture and with a page to share for as long as there is one.
   *
   * `GET /v1/rts/incidents/{incident_id}/` · scope `incidents_access`.
   * @param incidentId The id of the incident, from the list of incidents.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const incident = await angelcam.rts.incidents.get(90417);
   * console.log(`${incident.event_count} events since ${incident.first_event_occurred_at}`);
   * if (incident.incident_sharing_url) console.log("There is a page to share, for one hour.");
   * ```
   */
  get(incidentId: number, options?: RequestOptions): ApiPromise<Incident>;
}

/** Notices to the account about incidents, arming, and cameras that went online or offline. */
export interface RtsMessagesResource {
  /**
   * List messages.
   *
   * Returns the messages of the account, page by page.
   *
   * This list has no `offset`: each page links to the next one in `next`.
   *
   * `GET /v1/rts/messages/` · scope `messages_access` · one page when awaited, every item when iterated.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.rts.messages.list({ limit: 2 });
   * for (const message of page.results) {
   *   console.log(message.is_read ? " " : "*", message.created_at, message.short_message);
   * }
   * ```
   */
  list(query?: QueryOf<"rts.messages.list">, options?: RequestOptions): PagePromise<RtsMessage>;

  /**
   * Mark every message as read.
   *
   * Marks all messages of the account as read, and returns how many were unread.
   *
   * `POST /v1/rts/messages/set-all-read/` · scope `messages_manage` · retried after 429 and 503 only.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const { set_as_read_count } = await angelcam.rts.messages.markAllRead();
   * console.log(`${set_as_read_count ?? 0} messages marked as read`);
   * ```
   */
  markAllRead(options?: RequestOptions): ApiPromise<MarkAllReadResult>;

  /**
   * Count unread messages.
   *
   * Returns the number of unread messages. It is the cheapest way to check for new ones.
   *
   * `GET /v1/rts/messages/unread-count/` · scope `messages_access`.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const { unread_count } = await angelcam.rts.messages.countUnread();
   * console.log(`${unread_count ?? 0} messages to read`);
   * ```
   */
  countUnread(options?: RequestOptions): ApiPromise<UnreadCount>;

  /**
   * Get a message.
   *
   * Returns one message. To mark it as read, use rts.messages.update.
   *
   * `GET /v1/rts/messages/{message_id}/` · scope `messages_access`.
   * @param messageId The id of the message, from the list of messages.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const message = await angelcam.rts.messages.get(5120931);
   * console.log(message.title);
   * console.log(message.long_message);
   * ```
   */
  get(messageId: number, options?: RequestOptions): ApiPromise<RtsMessage>;

  /**
   * Mark a message.
   *
   * Marks one message as read or as unread. Nothing else about a message can be changed.
   *
   * `PUT /v1/rts/messages/{message_id}/` · scope `messages_manage`.
   * @param messageId The id of the message, from the list of messages.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const message = await angelcam.rts.messages.update(5120931, { is_read: true });
   * console.log(`${message.title} was read at ${message.read_at}`);
   * ```
   */
  update(messageId: number, body: BodyOf<"rts.messages.update">, options?: RequestOptions): ApiPromise<RtsMessage>;
}

/** The resource `rts.notifications`. */
export interface RtsNotificationsResource {
  /** Destinations of notifications: e-mail addresses, and your own servers, which receive [webhooks](#tag/webhooks). */
  readonly methods: RtsNotificationsMethodsResource;
  /** Which kind of message goes to which notification method. */
  readonly rules: RtsNotificationsRulesResource;

}

/** Destinations of notifications: e-mail addresses, and your own servers, which receive [webhooks](#tag/webhooks). */
export interface RtsNotificationsMethodsResource {
  /**
   * List notification methods.
   *
   * Returns the destinations of notifications, page by page.
   *
   * `GET /v1/rts/notifications/methods/` · scope `notifications_methods_access` · one page when awaited, every item when iterated.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.rts.notifications.methods.list({ limit: 2 });
   * for (const method of page.results) {
   *   console.log(method.id, method.name, method.type === "http" ? method.url : method.email);
   * }
   * ```
   */
  list(query?: QueryOf<"rts.notifications.methods.list">, options?: RequestOptions): PagePromise<NotificationMethod>;

  /**
   * Add a notification method.
   *
   * Adds a place that notifications can go to: an e-mail address, or an address of your own that Angelcam calls. Nothing
   * goes there until a rule says so (rts.notifications.rules.create).
   *
   * Keep the key from the response: your server verifies [webhooks](#tag/webhooks) with it.
   *
   * `POST /v1/rts/notifications/methods/` · scope `notifications_methods_manage` · not retried by default.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const method = await angelcam.rts.notifications.methods.create({
   *   name: "Control room",
   *   type: "http",
   *   url: "https://example.com/angelcam/notify",
   * });
   * // An HTTP method has a signature_private_key: your server verifies webhooks with it.
   * console.log(`${method.name} has the id ${method.id}`);
   * ```
   */
  create(body: BodyOf<"rts.notifications.methods.create">, options?: RequestOptions): ApiPromise<NotificationMethod>;

  /**
   * Get a notification method.
   *
   * Returns one notification method. An HTTP method includes the key that its calls are signed with.
   *
   * `GET /v1/rts/notifications/methods/{method_id}/` · scope `notifications_methods_access`.
   * @param methodId The id of the notification method, from the list of notification methods.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const method = await angelcam.rts.notifications.methods.get(302);
   * console.log(method.name, method.type === "http" ? method.url : method.email);
   * ```
   */
  get(methodId: number, options?: RequestOptions): ApiPromise<NotificationMethod>;

  /**
   * Change a notification method.
   *
   * Changes a notification method. `type` and the address are required, even if they do not change.
   *
   * `PUT /v1/rts/notifications/methods/{method_id}/` · scope `notifications_methods_manage`.
   * @param methodId The id of the notification method, from the list of notification methods.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const method = await angelcam.rts.notifications.methods.update(302, {
   *   name: "Control room",
   *   type: "http",
   *   url: "https://example.com/angelcam/notify",
   *   signature_private_key: process.env.ANGELCAM_WEBHOOK_KEY ?? "",
   * });
   * console.log(`${method.name} has a new key`);
   * ```
   */
  update(methodId: number, body: BodyOf<"rts.notifications.methods.update">, options?: RequestOptions): ApiPromise<NotificationMethod>;
}

/** Which kind of message goes to which notification method. */
export interface RtsNotificationsRulesResource {
  /**
   * List notification rules.
   *
   * Returns the notification rules, page by page.
   *
   * `GET /v1/rts/notifications/rules/` · scope `notifications_rules_access` · one page when awaited, every item when iterated.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.rts.notifications.rules.list({ limit: 2 });
   * for (const rule of page.results) console.log(`${rule.message_type} goes to ${rule.notification_method}`);
   * ```
   */
  list(query?: QueryOf<"rts.notifications.rules.list">, options?: RequestOptions): PagePromise<NotificationRule>;

  /**
   * Add a notification rule.
   *
   * Adds a rule: from then on, messages of this type go to this notification method.
   *
   * `POST /v1/rts/notifications/rules/` · scope `notifications_rules_manage` · not retried by default.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const rule = await angelcam.rts.notifications.rules.create({
   *   notification_method: 302,
   *   message_type: "camera_status_offline",
   *   allowed_cameras: [20311, 20340],
   * });
   * console.log(`Rule ${rule.id} notifies when one of these cameras goes offline`);
   * ```
   */
  create(body: BodyOf<"rts.notifications.rules.create">, options?: RequestOptions): ApiPromise<NotificationRule>;

  /**
   * Get a notification rule.
   *
   * Returns one rule.
   *
   * `GET /v1/rts/notifications/rules/{rule_id}/` · scope `notifications_rules_access`.
   * @param ruleId The id of the rule, from the list of notification rules.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const rule = await angelcam.rts.notifications.rules.get(403);
   * console.log(`${rule.message_type} goes to ${rule.notification_method}`);
   * ```
   */
  get(ruleId: number, options?: RequestOptions): ApiPromise<NotificationRule>;

  /**
   * Change a notification rule.
   *
   * Changes a rule. The method and the type of message are required, even if they do not change.
   *
   * `PUT /v1/rts/notifications/rules/{rule_id}/` · scope `notifications_rules_manage`.
   * @param ruleId The id of the rule, from the list of notification rules.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const rule = await angelcam.rts.notifications.rules.update(403, {
   *   notification_method: 302,
   *   message_type: "camera_status_offline",
   *   allowed_cameras: [20311, 20340, 20391],
   * });
   * console.log(`Rule ${rule.id} is about ${rule.allowed_cameras?.length ?? 0} cameras now`);
   * ```
   */
  update(ruleId: number, body: BodyOf<"rts.notifications.rules.update">, options?: RequestOptions): ApiPromise<NotificationRule>;
}

/** The resource `billing`. */
export interface BillingResource {
  /** What can be bought, with its prices. */
  readonly services: BillingServicesResource;
  /** The services that the account has bought, and the cameras that they are in use for. */
  readonly activeServices: BillingActiveServicesResource;
  /** What the account has ordered, what it costs, and whether it is paid. */
  readonly orders: BillingOrdersResource;

}

/** What can be bought, with its prices. */
export interface BillingServicesResource {
  /**
   * List services on offer.
   *
   * Returns the services on offer: plans for the account, and services for single cameras. Buy one by its `code`.
   *
   * `GET /v1/billing/services/` · scope `services_access` · one page when awaited, every item when iterated.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.billing.services.list({ type: "cloud-recording" });
   * for (const service of page.results) {
   *   const month = service.prices.find((price) => price.period === "P1M");
   *   console.log(service.code, month?.price, service.currency);
   * }
   * ```
   */
  list(query?: QueryOf<"billing.services.list">, options?: RequestOptions): PagePromise<Service>;
}

/** The services that the account has bought, and the cameras that they are in use for. */
export interface BillingActiveServicesResource {
  /** The services that the account has bought, and the cameras that they are in use for. */
  readonly usage: BillingActiveServicesUsageResource;
  /**
   * List bought services.
   *
   * Returns the services that the account has bought, with the camera that each is in use for.
   *
   * `GET /v1/billing/active-services/` · scope `active_services_access` · one page when awaited, every item when iterated.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.billing.activeServices.list();
   * for (const service of page.results) {
   *   console.log(service.id, service.current_service?.code, service.usage_detail.camera_name ?? "not in use");
   * }
   * ```
   */
  list(query?: QueryOf<"billing.activeServices.list">, options?: RequestOptions): PagePromise<ActiveService>;

  /**
   * Buy a service.
   *
   * Buys a service for the account. This costs money.
   *
   * A service for cameras does nothing until it is assigned to one (billing.activeServices.usage.update).
   *
   * `POST /v1/billing/active-services/` · scope `active_services_manage` · not retried by default.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // This costs money.
   * const service = await angelcam.billing.activeServices.create({ code: "7-days", period: "P1M" });
   * await angelcam.billing.activeServices.usage.update(service.id, { camera_id: 20311 });
   * console.log(`Bought as ${service.id}, and in use for camera 20311.`);
   * ```
   */
  create(body: BodyOf<"billing.activeServices.create">, options?: RequestOptions): ApiPromise<ActiveService>;

  /**
   * Get a bought service.
   *
   * Returns one bought service: the current service, the one from the next renewal on, and where it is in use.
   *
   * `GET /v1/billing/active-services/{active_service_id}/` · scope `active_services_access`.
   * @param activeServiceId The id of the bought service, from the list of bought services.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const service = await angelcam.billing.activeServices.get(7701);
   * console.log(`${service.current_service?.code} until ${service.valid_until}`);
   * console.log(`After that: ${service.renew_service?.code ?? "nothing"}`);
   * ```
   */
  get(activeServiceId: number, options?: RequestOptions): ApiPromise<ActiveService>;

  /**
   * Change a bought service.
   *
   * Replaces a bought service by another service or another period. This costs money.
   *
   * A smaller service takes over when the period that is paid for ends, unless `force_downgrade` is true.
   *
   * `PUT /v1/billing/active-services/{active_service_id}/` · scope `active_services_manage` · retried after 429 and 503 only.
   * @param activeServiceId The id of the bought service, from the list of bought services.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // This costs money.
   * const service = await angelcam.billing.activeServices.update(7701, { code: "30-days", period: "P1Y" });
   * console.log(`It is now ${service.current_service?.code}, until ${service.valid_until}`);
   * ```
   */
  update(activeServiceId: number, body: BodyOf<"billing.activeServices.update">, options?: RequestOptions): ApiPromise<ActiveService>;

  /**
   * Cancel a bought service.
   *
   * Cancels a bought service. Undocumented: whether it runs on until the end of the paid period.
   *
   * `DELETE /v1/billing/active-services/{active_service_id}/` · scope `active_services_manage`.
   * @param activeServiceId The id of the bought service, from the list of bought services.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * await angelcam.billing.activeServices.delete(7701);
   * console.log("The service is cancelled.");
   * ```
   */
  delete(activeServiceId: number, options?: RequestOptions): ApiPromise<undefined>;
}

/** The services that the account has bought, and the cameras that they are in use for. */
export interface BillingActiveServicesUsageResource {
  /**
   * Get the usage of a bought service.
   *
   * Returns the camera that a bought service is in use for.
   *
   * `GET /v1/billing/active-services/{active_service_id}/usage/` · scope `active_services_access`.
   * @param activeServiceId The id of the bought service, from the list of bought services.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const usage = await angelcam.billing.activeServices.usage.get(7701);
   * console.log(usage.in_use ? `In use for ${usage.usage_detail?.camera_name}` : "Not in use");
   * ```
   */
  get(activeServiceId: number, options?: RequestOptions): ApiPromise<ActiveServiceUsage>;

  /**
   * Assign a bought service.
   *
   * Assigns a bought service to a camera, or unassigns it with a `camera_id` of null. This is how recording and
   * broadcasting are switched on for a camera.
   *
   * `PUT /v1/billing/active-services/{active_service_id}/usage/` · scope `active_services_manage`.
   * @param activeServiceId The id of the bought service, from the list of bought services.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const usage = await angelcam.billing.activeServices.usage.update(7701, { camera_id: 20311 });
   * console.log(`In use for ${usage.usage_detail?.camera_name}`);
   * ```
   */
  update(activeServiceId: number, body: BodyOf<"billing.activeServices.usage.update">, options?: RequestOptions): ApiPromise<ActiveServiceUsage>;
}

/** What the account has ordered, what it costs, and whether it is paid. */
export interface BillingOrdersResource {
  /** What the account has ordered, what it costs, and whether it is paid. */
  readonly items: BillingOrdersItemsResource;
  /**
   * List orders.
   *
   * Returns the orders of the account. Their items are in the response of `billing.orders.items.list`.
   *
   * `GET /v1/billing/orders/` · scope `orders_access` · one page when awaited, every item when iterated.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.billing.orders.list({ state: "unpaid" });
   * for (const order of page.results) console.log(order.id, order.total_price, order.currency, order.due_at);
   * ```
   */
  list(query?: QueryOf<"billing.orders.list">, options?: RequestOptions): PagePromise<Order>;

  /**
   * Get an order.
   *
   * Returns one order: what it costs, and whether it is paid.
   *
   * `GET /v1/billing/orders/{order_id}/` · scope `orders_access`.
   * @param orderId The id of the order, from the list of orders.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const order = await angelcam.billing.orders.get(880142);
   * console.log(`${order.total_price} ${order.currency}`, order.paid_at ? "paid" : "to be paid");
   * ```
   */
  get(orderId: number, options?: RequestOptions): ApiPromise<Order>;
}

/** What the account has ordered, what it costs, and whether it is paid. */
export interface BillingOrdersItemsResource {
  /**
   * List the lines of an order.
   *
   * Returns what an order consists of: a service, a period and a price in each line.
   *
   * `GET /v1/billing/orders/{order_id}/items/` · scope `orders_access` · one page when awaited, every item when iterated.
   * @param orderId The id of the order, from the list of orders.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.billing.orders.items.list(880142);
   * for (const item of page.results) console.log(item.type, item.service.code, item.price, item.currency);
   * ```
   */
  list(orderId: number, options?: RequestOptions): PagePromise<OrderItem>;
}

/** The client accounts of a reseller. */
export interface ClientsResource {
  /**
   * List client accounts.
   *
   * Returns the client accounts of a reseller, page by page.
   *
   * `GET /v1/clients/` · scope `client_access` · one page when awaited, every item when iterated.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const page = await angelcam.clients.list({ limit: 2 });
   * console.log(`${page.count} clients`);
   * for (const client of page.results) console.log(client.id, client.email, client.activated_at ?? "invited");
   * ```
   */
  list(query?: QueryOf<"clients.list">, options?: RequestOptions): PagePromise<Client>;

  /**
   * Add a client account.
   *
   * Adds a client account and sends its owner an invitation by e-mail, with a link that activates the account.
   *
   * `POST /v1/clients/` · scope `client_create` · not retried by default.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const client = await angelcam.clients.create({
   *   first_name: "Marek",
   *   last_name: "Dvorak",
   *   email: "marek@example.com",
   * });
   * console.log(`${client.email} has got an invitation`);
   * ```
   */
  create(body: BodyOf<"clients.create">, options?: RequestOptions): ApiPromise<Client>;

  /**
   * Get a client account.
   *
   * Returns one client account.
   *
   * `GET /v1/clients/{client_id}/` · scope `client_access`.
   * @param clientId The id of the client account, from the list of client accounts.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const client = await angelcam.clients.get(6021);
   * console.log(client.email, client.limited_account ? "may only look" : "manages cameras and services");
   * ```
   */
  get(clientId: number, options?: RequestOptions): ApiPromise<Client>;

  /**
   * Change a client account.
   *
   * Changes the fields that are sent. No field is required.
   *
   * Undocumented: a 404 for an unknown client account.
   *
   * `PUT /v1/clients/{client_id}/` · scope `client_manage`.
   * @param clientId The id of the client account, from the list of client accounts.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * const client = await angelcam.clients.update(6021, { invoice_to: "client" });
   * console.log(`${client.email} gets the invoices: ${client.invoice_to === "client"}`);
   * ```
   */
  update(clientId: number, body: BodyOf<"clients.update">, options?: RequestOptions): ApiPromise<Client>;

  /**
   * Send the invitation again.
   *
   * Sends the invitation again.
   *
   * `POST /v1/clients/{client_id}/invite/` · scope `client_create` · not retried by default.
   * @param clientId The id of the client account, from the list of client accounts.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * await angelcam.clients.invite(6021);
   * console.log("The invitation is on its way.");
   * ```
   */
  invite(clientId: number, options?: RequestOptions): ApiPromise<undefined>;
}

/** People with whom you share a camera, the older way. */
export interface GuestsResource {
  /**
   * List guests of a camera.
   *
   * Use spaces instead, in the Angelcam dashboard, and `spaces.getPermissions` to see what you may do there: guests are
   * the older way to share a camera.
   *
   * Returns the people with whom you share a camera, page by page.
   *
   * `GET /v1/cameras/{camera_id}/guests/` · scope `camera_guest_access` · one page when awaited, every item when iterated.
   * @param cameraId The id of the camera, from the list of cameras.
   * @deprecated Use spaces instead, in the Angelcam dashboard, and `spaces.getPermissions` to see what you may do there: guests are the older way to share a camera. Returns the people with whom you share a camera, page by page.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: spaces replace guests, see spaces.getPermissions.
   * const page = await angelcam.guests.list(20311, { limit: 2 });
   * for (const guest of page.results) console.log(guest.id, guest.email, guest.permissions);
   * ```
   */
  list(cameraId: number, query?: QueryOf<"guests.list">, options?: RequestOptions): PagePromise<CameraGuest>;

  /**
   * Invite a guest.
   *
   * Use spaces instead, in the Angelcam dashboard, and `spaces.getPermissions` to see what you may do there: guests are
   * the older way to share a camera.
   *
   * Shares a camera with a person, who gets an e-mail and, if necessary, an account.
   *
   * `POST /v1/cameras/{camera_id}/guests/` · scope `camera_guest_manage` · not retried by default.
   * @param cameraId The id of the camera, from the list of cameras.
   * @deprecated Use spaces instead, in the Angelcam dashboard, and `spaces.getPermissions` to see what you may do there: guests are the older way to share a camera. Shares a camera with a person, who gets an e-mail and, if necessary, an account.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: spaces replace guests, see spaces.getPermissions.
   * const guest = await angelcam.guests.create(20311, { email: "lena@example.com", permissions: { can_view_rec: true } });
   * console.log(`${guest.email} is guest ${guest.id}`);
   * ```
   */
  create(cameraId: number, body: BodyOf<"guests.create">, options?: RequestOptions): ApiPromise<CameraGuest>;

  /**
   * Get a guest.
   *
   * Use spaces instead, in the Angelcam dashboard, and `spaces.getPermissions` to see what you may do there: guests are
   * the older way to share a camera.
   *
   * Returns one guest of a camera.
   *
   * `GET /v1/cameras/{camera_id}/guests/{guest_id}/` · scope `camera_guest_access`.
   * @param cameraId The id of the camera, from the list of cameras.
   * @param guestId The id of the guest, from the list of guests.
   * @deprecated Use spaces instead, in the Angelcam dashboard, and `spaces.getPermissions` to see what you may do there: guests are the older way to share a camera. Returns one guest of a camera.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: spaces replace guests, see spaces.getPermissions.
   * const guest = await angelcam.guests.get(20311, 5302);
   * console.log(guest.email, guest.permissions.can_view_rec);
   * ```
   */
  get(cameraId: number, guestId: number, options?: RequestOptions): ApiPromise<CameraGuest>;

  /**
   * Change the permissions of a guest.
   *
   * Use spaces instead, in the Angelcam dashboard, and `spaces.getPermissions` to see what you may do there: guests are
   * the older way to share a camera.
   *
   * Changes what a guest may do.
   *
   * `PUT /v1/cameras/{camera_id}/guests/{guest_id}/` · scope `camera_guest_manage`.
   * @param cameraId The id of the camera, from the list of cameras.
   * @param guestId The id of the guest, from the list of guests.
   * @deprecated Use spaces instead, in the Angelcam dashboard, and `spaces.getPermissions` to see what you may do there: guests are the older way to share a camera. Changes what a guest may do.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: spaces replace guests, see spaces.getPermissions.
   * const guest = await angelcam.guests.update(20311, 5302, {
   *   permissions: { can_view_rec: true, can_create_clips: true },
   * });
   * console.log(guest.permissions);
   * ```
   */
  update(cameraId: number, guestId: number, body: BodyOf<"guests.update">, options?: RequestOptions): ApiPromise<CameraGuest>;

  /**
   * Remove a guest.
   *
   * Use spaces instead, in the Angelcam dashboard, and `spaces.getPermissions` to see what you may do there: guests are
   * the older way to share a camera.
   *
   * Ends the sharing of a camera with one guest.
   *
   * `DELETE /v1/cameras/{camera_id}/guests/{guest_id}/` · scope `camera_guest_manage`.
   * @param cameraId The id of the camera, from the list of cameras.
   * @param guestId The id of the guest, from the list of guests.
   * @deprecated Use spaces instead, in the Angelcam dashboard, and `spaces.getPermissions` to see what you may do there: guests are the older way to share a camera. Ends the sharing of a camera with one guest.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: spaces replace guests, see spaces.getPermissions.
   * await angelcam.guests.delete(20311, 5302);
   * console.log("The guest sees the camera no more.");
   * ```
   */
  delete(cameraId: number, guestId: number, options?: RequestOptions): ApiPromise<undefined>;
}

/** The recording of a camera, as it was when a camera had only one. */
export interface CamerasRecordingResource {
  /**
   * Get the recording of a camera.
   *
   * Use `recordings.get` instead, with an id from `cameras.recordings.list`: a camera can have several recordings, and
   * this operation cannot say which.
   *
   * Returns the state of the recording of a camera.
   *
   * `GET /v1/cameras/{camera_id}/recording/` · scope `recording_access`.
   * @param cameraId The id of the camera, from the list of cameras.
   * @deprecated Use `recordings.get` instead, with an id from `cameras.recordings.list`: a camera can have several recordings, and this operation cannot say which. Returns the state of the recording of a camera.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use recordings.get.
   * const recording = await angelcam.cameras.recording.get(20311);
   * console.log(recording.status, recording.recording_start, recording.recording_end);
   * ```
   */
  get(cameraId: number, options?: RequestOptions): ApiPromise<Recording>;

  /**
   * List footage of a camera.
   *
   * Use `recordings.timeline` instead, with an id from `cameras.recordings.list`: a camera can have several recordings,
   * and this operation cannot say which.
   *
   * Returns the parts of a time range for which there is footage. A range has at most 24 hours.
   *
   * `GET /v1/cameras/{camera_id}/recording/timeline/` · scope `recording_access`.
   * @param cameraId The id of the camera, from the list of cameras.
   * @deprecated Use `recordings.timeline` instead, with an id from `cameras.recordings.list`: a camera can have several recordings, and this operation cannot say which. Returns the parts of a time range for which there is footage. A range has at most 24 hours.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use recordings.timeline.
   * const timeline = await angelcam.cameras.recording.timeline(20311, {
   *   start: "2026-11-23T08:00:00Z",
   *   end: "2026-11-24T08:00:00Z",
   * });
   * for (const segment of timeline.segments ?? []) console.log(segment.start, segment.end);
   * ```
   */
  timeline(cameraId: number, query: QueryOf<"cameras.recording.timeline">, options?: RequestOptions): ApiPromise<RecordingTimeline>;

  /**
   * Play footage of a camera.
   *
   * Use `recordings.stream` instead, with an id from `cameras.recordings.list`: a camera can have several recordings,
   * and this operation cannot say which.
   *
   * Opens a playback of footage.
   *
   * `GET /v1/cameras/{camera_id}/recording/stream/` · scope `recording_access`.
   * @param cameraId The id of the camera, from the list of cameras.
   * @deprecated Use `recordings.stream` instead, with an id from `cameras.recordings.list`: a camera can have several recordings, and this operation cannot say which. Opens a playback of footage.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use recordings.stream.
   * const playback = await angelcam.cameras.recording.stream(20311, { start: "2026-11-24T07:30:00Z" });
   * console.log(playback.format, playback.url);
   * ```
   */
  stream(cameraId: number, query: QueryOf<"cameras.recording.stream">, options?: RequestOptions): ApiPromise<RecordingStream>;

  /**
   * Download footage of a camera.
   *
   * Use `recordings.download` instead, with an id from `cameras.recordings.list`: a camera can have several recordings,
   * and this operation cannot say which.
   *
   * Returns a link to one file with the footage of at most three hours. Holes are left out, so the file can be shorter
   * than the range.
   *
   * For a range without footage the link returns 404: check `cameras.recording.timeline` first.
   *
   * `GET /v1/cameras/{camera_id}/recording/download/` · scope `recording_access`.
   * @param cameraId The id of the camera, from the list of cameras.
   * @deprecated Use `recordings.download` instead, with an id from `cameras.recordings.list`: a camera can have several recordings, and this operation cannot say which. Returns a link to one file with the footage of at most three hours. Holes are left out, so the file can be shorter than the range. For a range without footage the link returns 404: check `cameras.recording.timeline` first.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use recordings.download.
   * const { url } = await angelcam.cameras.recording.download(20311, {
   *   start: "2026-11-24T06:00:00Z",
   *   end: "2026-11-24T08:00:00Z",
   * });
   * console.log(url);
   * ```
   */
  download(cameraId: number, query: QueryOf<"cameras.recording.download">, options?: RequestOptions): ApiPromise<RecordingDownload>;

  /**
   * Start the recording of a camera.
   *
   * Use `recordings.start` instead, with an id from `cameras.recordings.list`: a camera can have several recordings, and
   * this operation cannot say which.
   *
   * Starts recording, for `duration` seconds or until it is stopped.
   *
   * `POST /v1/cameras/{camera_id}/recording/start/` · scope `recording_start_stop` · not retried by default.
   * @param cameraId The id of the camera, from the list of cameras.
   * @deprecated Use `recordings.start` instead, with an id from `cameras.recordings.list`: a camera can have several recordings, and this operation cannot say which. Starts recording, for `duration` seconds or until it is stopped.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use recordings.start.
   * await angelcam.cameras.recording.start(20311, { duration: 300 });
   * console.log("It records for five minutes.");
   * ```
   */
  start(cameraId: number, query?: QueryOf<"cameras.recording.start">, options?: RequestOptions): ApiPromise<undefined>;

  /**
   * Stop the recording of a camera.
   *
   * Use `recordings.stop` instead, with an id from `cameras.recordings.list`: a camera can have several recordings, and
   * this operation cannot say which.
   *
   * Ends the recording.
   *
   * `POST /v1/cameras/{camera_id}/recording/stop/` · scope `recording_start_stop` · not retried by default.
   * @param cameraId The id of the camera, from the list of cameras.
   * @deprecated Use `recordings.stop` instead, with an id from `cameras.recordings.list`: a camera can have several recordings, and this operation cannot say which. Ends the recording.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use recordings.stop.
   * await angelcam.cameras.recording.stop(20311);
   * console.log("It does not record any more.");
   * ```
   */
  stop(cameraId: number, options?: RequestOptions): ApiPromise<undefined>;
}

/** Cameras that other people share with you, the older way. */
export interface SharedCamerasResource {
  /** Cameras that other people share with you, the older way. */
  readonly clips: SharedCamerasClipsResource;
  /** Cameras that other people share with you, the older way. */
  readonly recording: SharedCamerasRecordingResource;
  /**
   * List shared cameras.
   *
   * Use `cameras.list` instead, in the space that the camera belongs to (`spaces.list`).
   *
   * Returns the cameras that other people share with you, page by page.
   *
   * `GET /v1/shared-cameras/` · scope `camera_access` · one page when awaited, every item when iterated.
   * @deprecated Use `cameras.list` instead, in the space that the camera belongs to (`spaces.list`). Returns the cameras that other people share with you, page by page.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use cameras.list.
   * const page = await angelcam.sharedCameras.list({ limit: 2 });
   * for (const camera of page.results) console.log(camera.name, camera.owner.email);
   * ```
   */
  list(query?: QueryOf<"sharedCameras.list">, options?: RequestOptions): PagePromise<SharedCamera>;

  /**
   * Get a shared camera.
   *
   * Use `cameras.get` instead, in the space that the camera belongs to (`spaces.list`).
   *
   * Returns one camera that is shared with you, with fresh links to its live streams.
   *
   * `GET /v1/shared-cameras/{camera_id}/` · scope `camera_access`.
   * @param cameraId The id of the camera, from the list of shared cameras.
   * @deprecated Use `cameras.get` instead, in the space that the camera belongs to (`spaces.list`). Returns one camera that is shared with you, with fresh links to its live streams.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use cameras.get.
   * const camera = await angelcam.sharedCameras.get(17204);
   * console.log(camera.name, camera.status, camera.has_recording);
   * ```
   */
  get(cameraId: number, query?: QueryOf<"sharedCameras.get">, options?: RequestOptions): ApiPromise<SharedCamera>;

  /**
   * Give up a shared camera.
   *
   * Use spaces instead (`spaces.list`): they have no operation for this.
   *
   * Ends the sharing of a camera with you. The camera itself stays with its owner.
   *
   * `DELETE /v1/shared-cameras/{camera_id}/` · scope `camera_manage`.
   * @param cameraId The id of the camera, from the list of shared cameras.
   * @deprecated Use spaces instead (`spaces.list`): they have no operation for this. Ends the sharing of a camera with you. The camera itself stays with its owner.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: spaces replace it, see spaces.list.
   * await angelcam.sharedCameras.delete(17204);
   * console.log("You see the camera no more.");
   * ```
   */
  delete(cameraId: number, options?: RequestOptions): ApiPromise<undefined>;
}

/** Cameras that other people share with you, the older way. */
export interface SharedCamerasClipsResource {
  /**
   * List clips of a shared camera.
   *
   * Use `cameras.clips.list` instead, in the space that the camera belongs to (`spaces.list`).
   *
   * Returns the clips of a shared camera, page by page: your own, unless `created_by` is set.
   *
   * `GET /v1/shared-cameras/{camera_id}/clips/` · scope `recording_clips_access` · one page when awaited, every item when iterated.
   * @param cameraId The id of the camera, from the list of shared cameras.
   * @deprecated Use `cameras.clips.list` instead, in the space that the camera belongs to (`spaces.list`). Returns the clips of a shared camera, page by page: your own, unless `created_by` is set.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use cameras.clips.list.
   * const page = await angelcam.sharedCameras.clips.list(17204);
   * for (const clip of page.results) console.log(clip.name, clip.status);
   * ```
   */
  list(cameraId: number, query?: QueryOf<"sharedCameras.clips.list">, options?: RequestOptions): PagePromise<SharedCameraClip>;

  /**
   * Order a clip of a shared camera.
   *
   * Use `cameras.clips.create` instead, in the space that the camera belongs to (`spaces.list`).
   *
   * Orders a clip of at most three hours. The response has the status `PENDING`: poll it until it is `READY` or `ERROR`.
   *
   * `POST /v1/shared-cameras/{camera_id}/clips/` · scope `recording_clips_access`, `recording_clips_create` · not retried by default.
   * @param cameraId The id of the camera, from the list of shared cameras.
   * @deprecated Use `cameras.clips.create` instead, in the space that the camera belongs to (`spaces.list`). Orders a clip of at most three hours. The response has the status `PENDING`: poll it until it is `READY` or `ERROR`.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use cameras.clips.create.
   * const clip = await angelcam.sharedCameras.clips.create(17204, {
   *   name: "Parcel at the door",
   *   start: "2026-11-24T07:58:00Z",
   *   end: "2026-11-24T08:03:00Z",
   * });
   * console.log(clip.id, clip.status);
   * ```
   */
  create(cameraId: number, body: BodyOf<"sharedCameras.clips.create">, options?: RequestOptions): ApiPromise<SharedCameraClip>;

  /**
   * Get a clip of a shared camera.
   *
   * Use `cameras.clips.get` instead, in the space that the camera belongs to (`spaces.list`).
   *
   * Returns one clip of a shared camera.
   *
   * `GET /v1/shared-cameras/{camera_id}/clips/{clip_id}/` · scope `recording_clips_access`.
   * @param cameraId The id of the camera, from the list of shared cameras.
   * @param clipId The id of the clip, from the list of clips.
   * @deprecated Use `cameras.clips.get` instead, in the space that the camera belongs to (`spaces.list`). Returns one clip of a shared camera.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use cameras.clips.get.
   * const clip = await angelcam.sharedCameras.clips.get(17204, "0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506");
   * console.log(clip.status, clip.download_url);
   * ```
   */
  get(cameraId: number, clipId: string, options?: RequestOptions): ApiPromise<SharedCameraClip>;

  /**
   * Play a clip of a shared camera.
   *
   * Use `cameras.clips.stream` instead, in the space that the camera belongs to (`spaces.list`).
   *
   * Opens a playback of a clip of a shared camera.
   *
   * `GET /v1/shared-cameras/{camera_id}/clips/{clip_id}/stream/` · scope `recording_clips_access`.
   * @param cameraId The id of the camera, from the list of shared cameras.
   * @param clipId The id of the clip, from the list of clips.
   * @deprecated Use `cameras.clips.stream` instead, in the space that the camera belongs to (`spaces.list`). Opens a playback of a clip of a shared camera.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use cameras.clips.stream.
   * const playback = await angelcam.sharedCameras.clips.stream(17204, "0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506", {
   *   start: "2026-11-24T07:58:00Z",
   * });
   * console.log(playback.format, playback.url);
   * ```
   */
  stream(cameraId: number, clipId: string, query: QueryOf<"sharedCameras.clips.stream">, options?: RequestOptions): ApiPromise<RecordingStream>;
}

/** Cameras that other people share with you, the older way. */
export interface SharedCamerasRecordingResource {
  /**
   * Get the recording of a shared camera.
   *
   * Use `recordings.get` instead, in the space that the camera belongs to (`spaces.list`).
   *
   * Returns the state of the recording of a shared camera.
   *
   * `GET /v1/shared-cameras/{camera_id}/recording/` · scope `recording_access`.
   * @param cameraId The id of the camera, from the list of shared cameras.
   * @deprecated Use `recordings.get` instead, in the space that the camera belongs to (`spaces.list`). Returns the state of the recording of a shared camera.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use recordings.get.
   * const recording = await angelcam.sharedCameras.recording.get(17204);
   * console.log(recording.status, recording.recording_start, recording.recording_end);
   * ```
   */
  get(cameraId: number, options?: RequestOptions): ApiPromise<SharedCameraRecording>;

  /**
   * List footage of a shared camera.
   *
   * Use `recordings.timeline` instead, in the space that the camera belongs to (`spaces.list`).
   *
   * Returns the parts of a time range for which there is footage. A range has at most 24 hours.
   *
   * `GET /v1/shared-cameras/{camera_id}/recording/timeline/` · scope `recording_access`.
   * @param cameraId The id of the camera, from the list of shared cameras.
   * @deprecated Use `recordings.timeline` instead, in the space that the camera belongs to (`spaces.list`). Returns the parts of a time range for which there is footage. A range has at most 24 hours.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use recordings.timeline.
   * const timeline = await angelcam.sharedCameras.recording.timeline(17204, {
   *   start: "2026-11-23T08:00:00Z",
   *   end: "2026-11-24T08:00:00Z",
   * });
   * for (const segment of timeline.segments ?? []) console.log(segment.start, segment.end);
   * ```
   */
  timeline(cameraId: number, query: QueryOf<"sharedCameras.recording.timeline">, options?: RequestOptions): ApiPromise<RecordingTimeline>;

  /**
   * Play footage of a shared camera.
   *
   * Use `recordings.stream` instead, in the space that the camera belongs to (`spaces.list`).
   *
   * Opens a playback of footage of a shared camera.
   *
   * `GET /v1/shared-cameras/{camera_id}/recording/stream/` · scope `recording_access`.
   * @param cameraId The id of the camera, from the list of shared cameras.
   * @deprecated Use `recordings.stream` instead, in the space that the camera belongs to (`spaces.list`). Opens a playback of footage of a shared camera.
   * @example
   * ```ts
   * import { Angelcam, personalAccessToken } from "angelcam-client";
   *
   * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
   * // Deprecated: use recordings.stream.
   * const playback = await angelcam.sharedCameras.recording.stream(17204, { start: "2026-11-24T07:30:00Z" });
   * console.log(playback.format, playback.url);
   * ```
   */
  stream(cameraId: number, query: QueryOf<"sharedCameras.recording.stream">, options?: RequestOptions): ApiPromise<RecordingStream>;
}

/** Every resource of the API, each a property of the client. */
export interface Resources {
  /** Get the tokens that every other call needs. */
  readonly oauth: OauthResource;
  /** The account that the token belongs to. */
  readonly me: MeResource;
  /** The cameras of the account, with their live streams and snapshots. */
  readonly cameras: CamerasResource;
  /** A search for camera streams at an address, so that a camera can be connected. */
  readonly streamDetection: StreamDetectionResource;
  /** Cameras shown to a large audience, public or not. */
  readonly broadcasting: BroadcastingResource;
  /** Footage of cameras: what there is of it, to play and to download. */
  readonly recordings: RecordingsResource;
  /** Playbacks of footage: pause, resume, speed and position. */
  readonly recordingStreams: RecordingStreamsResource;
  /** The cameras that Angelcam itself makes, and their firmware. */
  readonly angelCamera: AngelCameraResource;
  /** Devices such as the AngelBox that connect a local network with Angelcam. */
  readonly arrowClients: ArrowClientsResource;
  /** Speakers on site, which play audio messages or your own voice. */
  readonly speakers: SpeakersResource;
  /** Recorded announcements that speakers play. */
  readonly audioMessages: AudioMessagesResource;
  /** Devices that report events, such as motion detectors and door contacts. */
  readonly sensors: SensorsResource;
  /** Reports of cameras and sensors. */
  readonly events: EventsResource;
  /** Owners of cameras and of everything that belongs to them. */
  readonly spaces: SpacesResource;
  /** Groups of cameras within a space, which are armed and disarmed together. */
  readonly locations: LocationsResource;
  /** Cameras that everybody may watch, for partners of Angelcam. */
  readonly publicCameras: PublicCamerasResource;
  /** Arm and disarm the security system, and set how long its incidents stay open. */
  readonly rts: RtsResource;
  /** The resource `billing`. */
  readonly billing: BillingResource;
  /** The client accounts of a reseller. */
  readonly clients: ClientsResource;
  /** People with whom you share a camera, the older way. */
  readonly guests: GuestsResource;
  /** Cameras that other people share with you, the older way. */
  readonly sharedCameras: SharedCamerasResource;
}
