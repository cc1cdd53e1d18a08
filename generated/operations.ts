// Written by `npm run generate` from spec/openapi.yaml. Do not edit: change the spec instead.

/** URLs by the names that the spec gives them; the first one is the default. `{name}` in a URL is a variable, `{name=eu}` one with a default. */
export type Servers = Readonly<Record<string, string>>;

/** A security scheme of the spec. */
export type SecurityScheme = "OAuth2" | "BearerToken" | "PersonalAccessToken";

/** The rule for the value of a parameter. A list is checked item by item. */
export interface ParameterRule {
  readonly type: "integer" | "number" | "string" | "date-time";
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The facts of an operation that the client needs. A property that is left out is false, or does not apply. */
export interface Operation {
  /** The name of its method: `cameras.list`. */
  readonly id: string;
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Path template: `/v1/cameras/{camera_id}/`. */
  readonly path: string;
  readonly servers: Servers;
  /** The security schemes that it accepts; empty when it takes no credential. */
  readonly security: readonly SecurityScheme[];
  /** Path parameters in the order of the path. */
  readonly pathParameters?: Readonly<Record<string, ParameterRule>>;
  readonly query?: Readonly<Record<string, ParameterRule>>;
  readonly body?: {
    readonly contentType: "application/json" | "application/x-www-form-urlencoded";
    readonly required: boolean;
    /** Names of its fields; left out where the spec does not list them. */
    readonly fields?: readonly string[];
  };
  /** How its list is split into pages, and how many items the client asks for. */
  readonly pagination?: { readonly type: "offset" | "next"; readonly pageSize?: number };
  /** The content of a success response. */
  readonly response: "object" | "array" | "empty";
  /** True when a success response may be empty although it usually holds data. */
  readonly mayBeEmpty?: boolean;
  /**
   * Overrides the retry policy for its method. `if_rejected`: only after a response that means that the request had no effect
   * (429, 503).
   */
  readonly retry?: "always" | "if_rejected" | "never";
  /** False for a GET whose response two callers must not share. */
  readonly coalesce?: boolean;
  /** True for a page that a person opens: it is no method. */
  readonly openedInBrowser?: boolean;
}

/** A server that the document names. */
export type ServerName = "production" | "test";

const apiServers = { production: "https://api.angelcam.com", test: "https://api.test.angelcam.com" };
const streamerServers = { production: "https://{streamer}.angelcam.com" };
const myServers = { production: "https://my.angelcam.com" };

/** Fields that hold a credential: their values are removed from all that is shown. */
export const secretNames = ["access_token", "client_secret", "code", "event_api_hash", "hash", "password", "refresh_token", "sharing_token", "signature_private_key", "token"] as const;

const dateTime: ParameterRule = { type: "date-time" };
const integer: ParameterRule = { type: "integer" };
const integerFrom0: ParameterRule = { type: "integer", minimum: 0 };
const integerFrom1: ParameterRule = { type: "integer", minimum: 1 };
const integerFrom30To1800: ParameterRule = { type: "integer", minimum: 30, maximum: 1800 };
const noToken: readonly SecurityScheme[] = [];
const numberFrom0: ParameterRule = { type: "number", minimum: 0 };
const pagesByNext: Operation["pagination"] = { type: "next" };
const pagesByNext100: Operation["pagination"] = { type: "next", pageSize: 100 };
const pagesByOffset100: Operation["pagination"] = { type: "offset", pageSize: 100 };
const string: ParameterRule = { type: "string" };
const takesOAuth2OrBearerToken: readonly SecurityScheme[] = ["OAuth2", "BearerToken"];
const takesOAuth2OrBearerTokenOrPersonalAccessToken: readonly SecurityScheme[] = ["OAuth2", "BearerToken", "PersonalAccessToken"];

/** The id of an operation, which is the name of its method: `cameras.list`. */
export type OperationId =
  | "oauth.createToken"
  | "oauth.revokeToken"
  | "oauth.authorize"
  | "me.get"
  | "me.delete"
  | "cameras.list"
  | "cameras.create"
  | "cameras.get"
  | "cameras.update"
  | "cameras.delete"
  | "cameras.events.list"
  | "streamDetection.start"
  | "streamDetection.get"
  | "broadcasting.get"
  | "broadcasting.start"
  | "broadcasting.stop"
  | "cameras.recordings.list"
  | "recordings.get"
  | "recordings.timeline"
  | "recordings.stream"
  | "recordings.download"
  | "recordings.snapshot"
  | "recordings.start"
  | "recordings.stop"
  | "recordingStreams.get"
  | "recordingStreams.play"
  | "recordingStreams.pause"
  | "recordingStreams.setSpeed"
  | "recordingStreams.getLegacyPosition"
  | "cameras.clips.list"
  | "cameras.clips.create"
  | "cameras.clips.get"
  | "cameras.clips.share"
  | "cameras.clips.stream"
  | "angelCamera.getLatestFirmware"
  | "arrowClients.list"
  | "arrowClients.pair"
  | "arrowClients.get"
  | "arrowClients.unpair"
  | "arrowClients.resetServiceTable"
  | "arrowClients.scanNetwork"
  | "arrowClients.services.list"
  | "arrowClients.services.create"
  | "arrowClients.services.get"
  | "arrowClients.services.delete"
  | "speakers.list"
  | "speakers.create"
  | "speakers.get"
  | "speakers.update"
  | "speakers.play"
  | "speakers.stop"
  | "speakers.test"
  | "audioMessages.list"
  | "audioMessages.create"
  | "audioMessages.get"
  | "audioMessages.update"
  | "sensors.list"
  | "sensors.create"
  | "sensors.get"
  | "sensors.update"
  | "sensors.delete"
  | "events.createByGet"
  | "events.create"
  | "spaces.list"
  | "spaces.get"
  | "spaces.getPermissions"
  | "locations.list"
  | "locations.get"
  | "publicCameras.list"
  | "publicCameras.get"
  | "rts.settings.get"
  | "rts.settings.update"
  | "rts.arm"
  | "rts.disarm"
  | "rts.incidents.list"
  | "rts.incidents.get"
  | "rts.messages.list"
  | "rts.messages.markAllRead"
  | "rts.messages.countUnread"
  | "rts.messages.get"
  | "rts.messages.update"
  | "rts.notifications.methods.list"
  | "rts.notifications.methods.create"
  | "rts.notifications.methods.get"
  | "rts.notifications.methods.update"
  | "rts.notifications.rules.list"
  | "rts.notifications.rules.create"
  | "rts.notifications.rules.get"
  | "rts.notifications.rules.update"
  | "billing.services.list"
  | "billing.activeServices.list"
  | "billing.activeServices.create"
  | "billing.activeServices.get"
  | "billing.activeServices.update"
  | "billing.activeServices.delete"
  | "billing.activeServices.usage.get"
  | "billing.activeServices.usage.update"
  | "billing.orders.list"
  | "billing.orders.get"
  | "billing.orders.items.list"
  | "clients.list"
  | "clients.create"
  | "clients.get"
  | "clients.update"
  | "clients.invite"
  | "guests.list"
  | "guests.create"
  | "guests.get"
  | "guests.update"
  | "guests.delete"
  | "cameras.recording.get"
  | "cameras.recording.timeline"
  | "cameras.recording.stream"
  | "cameras.recording.download"
  | "cameras.recording.start"
  | "cameras.recording.stop"
  | "sharedCameras.list"
  | "sharedCameras.get"
  | "sharedCameras.delete"
  | "sharedCameras.clips.list"
  | "sharedCameras.clips.create"
  | "sharedCameras.clips.get"
  | "sharedCameras.clips.stream"
  | "sharedCameras.recording.get"
  | "sharedCameras.recording.timeline"
  | "sharedCameras.recording.stream";

const rows: Readonly<Record<OperationId, Row>> = {
  "oauth.createToken": {
    method: "POST", path: "/oauth/token/",
    servers: myServers, security: noToken, body: { contentType: "application/x-www-form-urlencoded", required: true, fields: ["grant_type", "client_id", "username", "password", "scope", "client_secret", "code", "redirect_uri", "refresh_token"] }, response: "object", retry: "if_rejected",
  },
  "oauth.revokeToken": {
    method: "POST", path: "/oauth/token-revoke/",
    servers: myServers, security: noToken, body: { contentType: "application/x-www-form-urlencoded", required: true, fields: ["token", "client_id", "client_secret"] }, response: "empty", retry: "if_rejected",
  },
  "oauth.authorize": {
    method: "GET", path: "/oauth/authorize/",
    servers: myServers, security: noToken, query: { response_type: string, client_id: string, redirect_uri: string, scope: string, state: string }, response: "empty", openedInBrowser: true,
  },
  "me.get": {
    method: "GET", path: "/v1/me/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, response: "object",
  },
  "me.delete": {
    method: "DELETE", path: "/v1/me/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, response: "empty", retry: "if_rejected",
  },
  "cameras.list": {
    method: "GET", path: "/v1/cameras/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { limit: integerFrom1, offset: integerFrom0, ids: integerFrom1, tags: string, location_id: integerFrom1, has_guests: integer, refresh_rate: numberFrom0, max_width: integerFrom1, max_height: integerFrom1, stream_expires_at: dateTime }, pagination: pagesByOffset100, response: "object",
  },
  "cameras.create": {
    method: "POST", path: "/v1/cameras/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, body: { contentType: "application/json", required: true, fields: ["enable_status_checks", "enable_periodical_snapshots", "name", "type", "connection_type", "url", "tags"] }, response: "object",
  },
  "cameras.get": {
    method: "GET", path: "/v1/cameras/{camera_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, query: { refresh_rate: numberFrom0, max_width: integerFrom1, max_height: integerFrom1, stream_expires_at: dateTime }, response: "object",
  },
  "cameras.update": {
    method: "PUT", path: "/v1/cameras/{camera_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, body: { contentType: "application/json", required: true, fields: ["name", "type", "connection_type", "url", "enable_status_checks", "enable_periodical_snapshots", "tags"] }, response: "object",
  },
  "cameras.delete": {
    method: "DELETE", path: "/v1/cameras/{camera_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, response: "empty",
  },
  "cameras.events.list": {
    method: "GET", path: "/v1/cameras/{camera_id}/events/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, query: { start: dateTime, end: dateTime, limit: integerFrom1 }, pagination: pagesByNext100, response: "object",
  },
  "streamDetection.start": {
    method: "POST", path: "/v1/cameras/stream-detection/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, body: { contentType: "application/json", required: true, fields: ["address", "arrow_service", "path", "port", "username", "password"] }, response: "object",
  },
  "streamDetection.get": {
    method: "GET", path: "/v1/cameras/stream-detection/{session_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { session_id: string }, response: "object",
  },
  "broadcasting.get": {
    method: "GET", path: "/v1/cameras/{camera_id}/broadcasting/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, response: "object",
  },
  "broadcasting.start": {
    method: "POST", path: "/v1/cameras/{camera_id}/broadcasting/start/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, response: "empty",
  },
  "broadcasting.stop": {
    method: "POST", path: "/v1/cameras/{camera_id}/broadcasting/stop/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, response: "empty",
  },
  "cameras.recordings.list": {
    method: "GET", path: "/v1/cameras/{camera_id}/recordings/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, pagination: pagesByNext, response: "object",
  },
  "recordings.get": {
    method: "GET", path: "/v1/recording/{recording_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { recording_id: string }, response: "object",
  },
  "recordings.timeline": {
    method: "GET", path: "/v1/recording/{recording_id}/timeline/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { recording_id: string }, query: { start: dateTime, end: dateTime }, response: "object",
  },
  "recordings.stream": {
    method: "GET", path: "/v1/recording/{recording_id}/stream/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { recording_id: string }, query: { start: dateTime, end: dateTime }, response: "object", coalesce: false,
  },
  "recordings.download": {
    method: "GET", path: "/v1/recording/{recording_id}/download/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { recording_id: string }, query: { start: dateTime, end: dateTime, filename: string }, response: "object",
  },
  "recordings.snapshot": {
    method: "GET", path: "/v1/recording/{recording_id}/snapshot/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { recording_id: string }, query: { datetime: dateTime }, response: "object",
  },
  "recordings.start": {
    method: "POST", path: "/v1/recording/{recording_id}/start/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { recording_id: string }, query: { start_from: dateTime, stop_at: dateTime, duration: integerFrom30To1800 }, response: "empty",
  },
  "recordings.stop": {
    method: "POST", path: "/v1/recording/{recording_id}/stop/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { recording_id: string }, response: "empty",
  },
  "recordingStreams.get": {
    method: "GET", path: "/recording/streams/{stream_id}/",
    servers: streamerServers, security: noToken, pathParameters: { stream_id: string }, response: "object",
  },
  "recordingStreams.play": {
    method: "POST", path: "/recording/streams/{stream_id}/play/",
    servers: streamerServers, security: noToken, pathParameters: { stream_id: string }, response: "empty",
  },
  "recordingStreams.pause": {
    method: "POST", path: "/recording/streams/{stream_id}/pause/",
    servers: streamerServers, security: noToken, pathParameters: { stream_id: string }, response: "empty",
  },
  "recordingStreams.setSpeed": {
    method: "POST", path: "/recording/streams/{stream_id}/speed/",
    servers: streamerServers, security: noToken, pathParameters: { stream_id: string }, body: { contentType: "application/json", required: true, fields: ["speed"] }, response: "empty",
  },
  "recordingStreams.getLegacyPosition": {
    method: "GET", path: "/v1/recording/stream/{streamer_name}/{streamer_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { streamer_name: string, streamer_id: string }, response: "object",
  },
  "cameras.clips.list": {
    method: "GET", path: "/v1/cameras/{camera_id}/clips/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, query: { created_by: string }, pagination: pagesByNext, response: "object",
  },
  "cameras.clips.create": {
    method: "POST", path: "/v1/cameras/{camera_id}/clips/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, body: { contentType: "application/json", required: true, fields: ["recording", "name", "start", "end"] }, response: "object",
  },
  "cameras.clips.get": {
    method: "GET", path: "/v1/cameras/{camera_id}/clips/{clip_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1, clip_id: string }, response: "object",
  },
  "cameras.clips.share": {
    method: "POST", path: "/v1/cameras/{camera_id}/clips/{clip_id}/share/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1, clip_id: string }, body: { contentType: "application/json", required: true, fields: ["email"] }, response: "empty",
  },
  "cameras.clips.stream": {
    method: "GET", path: "/v1/cameras/{camera_id}/clips/{clip_id}/stream/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1, clip_id: string }, query: { start: dateTime }, response: "object", coalesce: false,
  },
  "angelCamera.getLatestFirmware": {
    method: "GET", path: "/v1/angelcamera/latest-firmware/{board}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { board: string }, response: "object",
  },
  "arrowClients.list": {
    method: "GET", path: "/v1/arrow-clients/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { mac: string }, pagination: pagesByNext, response: "object",
  },
  "arrowClients.pair": {
    method: "POST", path: "/v1/arrow-clients/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, body: { contentType: "application/json", required: true, fields: ["uuid", "angelbox_id", "mac"] }, response: "object",
  },
  "arrowClients.get": {
    method: "GET", path: "/v1/arrow-clients/{arrow_client_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { arrow_client_id: string }, response: "object",
  },
  "arrowClients.unpair": {
    method: "DELETE", path: "/v1/arrow-clients/{arrow_client_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { arrow_client_id: string }, response: "empty",
  },
  "arrowClients.resetServiceTable": {
    method: "POST", path: "/v1/arrow-clients/{arrow_client_id}/reset-service-table/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { arrow_client_id: string }, body: { contentType: "application/json", required: false, fields: ["full"] }, response: "empty",
  },
  "arrowClients.scanNetwork": {
    method: "POST", path: "/v1/arrow-clients/{arrow_client_id}/scan-network/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { arrow_client_id: string }, response: "empty",
  },
  "arrowClients.services.list": {
    method: "GET", path: "/v1/arrow-clients/{arrow_client_id}/services/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { arrow_client_id: string }, pagination: pagesByNext, response: "object",
  },
  "arrowClients.services.create": {
    method: "POST", path: "/v1/arrow-clients/{arrow_client_id}/services/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { arrow_client_id: string }, body: { contentType: "application/json", required: true, fields: ["type", "ip", "port"] }, response: "object",
  },
  "arrowClients.services.get": {
    method: "GET", path: "/v1/arrow-clients/{arrow_client_id}/services/{service_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { arrow_client_id: string, service_id: string }, response: "object",
  },
  "arrowClients.services.delete": {
    method: "DELETE", path: "/v1/arrow-clients/{arrow_client_id}/services/{service_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { arrow_client_id: string, service_id: string }, response: "empty",
  },
  "speakers.list": {
    method: "GET", path: "/v1/speakers/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { limit: integerFrom1, offset: integerFrom0 }, pagination: pagesByOffset100, response: "object",
  },
  "speakers.create": {
    method: "POST", path: "/v1/speakers/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, body: { contentType: "application/json", required: true, fields: ["setup", "protocol", "password", "name", "arrow_client", "arrow_service_id", "endpoint", "username"] }, response: "object",
  },
  "speakers.get": {
    method: "GET", path: "/v1/speakers/{speaker_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { speaker_id: integerFrom1 }, response: "object",
  },
  "speakers.update": {
    method: "PUT", path: "/v1/speakers/{speaker_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { speaker_id: integerFrom1 }, body: { contentType: "application/json", required: true, fields: ["setup", "protocol", "password", "name", "arrow_client", "arrow_service_id", "endpoint", "username"] }, response: "object",
  },
  "speakers.play": {
    method: "POST", path: "/v1/speakers/{speaker_id}/play/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { speaker_id: integerFrom1 }, body: { contentType: "application/json", required: false, fields: ["message", "repeat", "stop_after"] }, response: "object", mayBeEmpty: true,
  },
  "speakers.stop": {
    method: "POST", path: "/v1/speakers/{speaker_id}/stop/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { speaker_id: integerFrom1 }, response: "empty",
  },
  "speakers.test": {
    method: "GET", path: "/v1/speakers/{speaker_id}/test/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { speaker_id: integerFrom1 }, response: "empty",
  },
  "audioMessages.list": {
    method: "GET", path: "/v1/audio-messages/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { limit: integerFrom1, offset: integerFrom0 }, pagination: pagesByOffset100, response: "object",
  },
  "audioMessages.create": {
    method: "POST", path: "/v1/audio-messages/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, body: { contentType: "application/json", required: true, fields: ["name", "message"] }, response: "object",
  },
  "audioMessages.get": {
    method: "GET", path: "/v1/audio-messages/{message_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { message_id: integerFrom1 }, response: "object",
  },
  "audioMessages.update": {
    method: "PUT", path: "/v1/audio-messages/{message_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { message_id: integerFrom1 }, body: { contentType: "application/json", required: true, fields: ["name", "message"] }, response: "object",
  },
  "sensors.list": {
    method: "GET", path: "/v1/sensors/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { limit: integerFrom1, offset: integerFrom0 }, pagination: pagesByOffset100, response: "object",
  },
  "sensors.create": {
    method: "POST", path: "/v1/sensors/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, body: { contentType: "application/json", required: true, fields: ["type", "placement", "enable_cloud_recording_for", "name", "manufacturer", "model", "note", "enabled", "override_arming", "camera", "incident_delay"] }, response: "object",
  },
  "sensors.get": {
    method: "GET", path: "/v1/sensors/{sensor_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { sensor_id: integerFrom1 }, response: "object",
  },
  "sensors.update": {
    method: "PUT", path: "/v1/sensors/{sensor_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { sensor_id: integerFrom1 }, body: { contentType: "application/json", required: true, fields: ["type", "placement", "enable_cloud_recording_for", "name", "manufacturer", "model", "note", "enabled", "override_arming", "camera", "incident_delay"] }, response: "object",
  },
  "sensors.delete": {
    method: "DELETE", path: "/v1/sensors/{sensor_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { sensor_id: integerFrom1 }, response: "empty",
  },
  "events.createByGet": {
    method: "GET", path: "/v1/events/",
    servers: apiServers, security: noToken, query: { hash: string, title: string }, response: "object", retry: "never", coalesce: false,
  },
  "events.create": {
    method: "POST", path: "/v1/events/",
    servers: apiServers, security: noToken, body: { contentType: "application/json", required: true, fields: ["hash", "title", "occurred_at"] }, response: "object",
  },
  "spaces.list": {
    method: "GET", path: "/v1/spaces/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, response: "array",
  },
  "spaces.get": {
    method: "GET", path: "/v1/spaces/{space_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { space_id: integerFrom1 }, response: "object",
  },
  "spaces.getPermissions": {
    method: "GET", path: "/v1/spaces/{space_id}/permissions/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { space_id: integerFrom1 }, response: "object",
  },
  "locations.list": {
    method: "GET", path: "/v1/locations/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { limit: integerFrom1, offset: integerFrom0 }, pagination: pagesByOffset100, response: "object",
  },
  "locations.get": {
    method: "GET", path: "/v1/locations/{location_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { location_id: integerFrom1 }, response: "object",
  },
  "publicCameras.list": {
    method: "GET", path: "/v1/public-cameras/",
    servers: apiServers, security: takesOAuth2OrBearerToken, query: { limit: integerFrom1, offset: integerFrom0, online: integer }, pagination: pagesByOffset100, response: "object",
  },
  "publicCameras.get": {
    method: "GET", path: "/v1/public-cameras/{camera_id}/",
    servers: apiServers, security: takesOAuth2OrBearerToken, pathParameters: { camera_id: integerFrom1 }, response: "object",
  },
  "rts.settings.get": {
    method: "GET", path: "/v1/rts/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, response: "object",
  },
  "rts.settings.update": {
    method: "PUT", path: "/v1/rts/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, body: { contentType: "application/json", required: true, fields: ["incident_ttl"] }, response: "object",
  },
  "rts.arm": {
    method: "POST", path: "/v1/rts/arm/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { location_id: integerFrom1, delay: integerFrom0 }, response: "empty", retry: "if_rejected",
  },
  "rts.disarm": {
    method: "POST", path: "/v1/rts/disarm/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { location_id: integerFrom1, delay: integerFrom0 }, response: "empty", retry: "if_rejected",
  },
  "rts.incidents.list": {
    method: "GET", path: "/v1/rts/incidents/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { limit: integerFrom1, offset: integerFrom0, start: dateTime, end: dateTime, ordering: string }, pagination: pagesByOffset100, response: "object",
  },
  "rts.incidents.get": {
    method: "GET", path: "/v1/rts/incidents/{incident_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { incident_id: integerFrom1 }, response: "object",
  },
  "rts.messages.list": {
    method: "GET", path: "/v1/rts/messages/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { limit: integerFrom1, next: string }, pagination: pagesByNext100, response: "object",
  },
  "rts.messages.markAllRead": {
    method: "POST", path: "/v1/rts/messages/set-all-read/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, response: "object", retry: "if_rejected",
  },
  "rts.messages.countUnread": {
    method: "GET", path: "/v1/rts/messages/unread-count/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, response: "object",
  },
  "rts.messages.get": {
    method: "GET", path: "/v1/rts/messages/{message_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { message_id: integerFrom1 }, response: "object",
  },
  "rts.messages.update": {
    method: "PUT", path: "/v1/rts/messages/{message_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { message_id: integerFrom1 }, body: { contentType: "application/json", required: true, fields: ["is_read"] }, response: "object",
  },
  "rts.notifications.methods.list": {
    method: "GET", path: "/v1/rts/notifications/methods/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { limit: integerFrom1, offset: integerFrom0 }, pagination: pagesByOffset100, response: "object",
  },
  "rts.notifications.methods.create": {
    method: "POST", path: "/v1/rts/notifications/methods/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, body: { contentType: "application/json", required: true, fields: ["type", "http_method", "name", "url", "arrow_client", "signature_private_key", "email"] }, response: "object",
  },
  "rts.notifications.methods.get": {
    method: "GET", path: "/v1/rts/notifications/methods/{method_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { method_id: integerFrom1 }, response: "object",
  },
  "rts.notifications.methods.update": {
    method: "PUT", path: "/v1/rts/notifications/methods/{method_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { method_id: integerFrom1 }, body: { contentType: "application/json", required: true, fields: ["type", "http_method", "name", "url", "arrow_client", "signature_private_key", "email"] }, response: "object",
  },
  "rts.notifications.rules.list": {
    method: "GET", path: "/v1/rts/notifications/rules/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { limit: integerFrom1, offset: integerFrom0 }, pagination: pagesByOffset100, response: "object",
  },
  "rts.notifications.rules.create": {
    method: "POST", path: "/v1/rts/notifications/rules/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, body: { contentType: "application/json", required: true, fields: ["message_type", "notification_method", "allowed_cameras", "allowed_arrow_clients"] }, response: "object",
  },
  "rts.notifications.rules.get": {
    method: "GET", path: "/v1/rts/notifications/rules/{rule_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { rule_id: integerFrom1 }, response: "object",
  },
  "rts.notifications.rules.update": {
    method: "PUT", path: "/v1/rts/notifications/rules/{rule_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { rule_id: integerFrom1 }, body: { contentType: "application/json", required: true, fields: ["message_type", "notification_method", "allowed_cameras", "allowed_arrow_clients"] }, response: "object",
  },
  "billing.services.list": {
    method: "GET", path: "/v1/billing/services/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { type: string }, pagination: pagesByNext, response: "object",
  },
  "billing.activeServices.list": {
    method: "GET", path: "/v1/billing/active-services/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { type: string }, pagination: pagesByNext, response: "object",
  },
  "billing.activeServices.create": {
    method: "POST", path: "/v1/billing/active-services/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, body: { contentType: "application/json", required: true, fields: ["code", "period"] }, response: "object",
  },
  "billing.activeServices.get": {
    method: "GET", path: "/v1/billing/active-services/{active_service_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { active_service_id: integerFrom1 }, response: "object",
  },
  "billing.activeServices.update": {
    method: "PUT", path: "/v1/billing/active-services/{active_service_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { active_service_id: integerFrom1 }, body: { contentType: "application/json", required: true, fields: ["force_downgrade", "code", "period"] }, response: "object", retry: "if_rejected",
  },
  "billing.activeServices.delete": {
    method: "DELETE", path: "/v1/billing/active-services/{active_service_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { active_service_id: integerFrom1 }, response: "empty",
  },
  "billing.activeServices.usage.get": {
    method: "GET", path: "/v1/billing/active-services/{active_service_id}/usage/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { active_service_id: integerFrom1 }, response: "object",
  },
  "billing.activeServices.usage.update": {
    method: "PUT", path: "/v1/billing/active-services/{active_service_id}/usage/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { active_service_id: integerFrom1 }, body: { contentType: "application/json", required: true, fields: ["camera_id"] }, response: "object",
  },
  "billing.orders.list": {
    method: "GET", path: "/v1/billing/orders/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { state: string }, pagination: pagesByNext, response: "object",
  },
  "billing.orders.get": {
    method: "GET", path: "/v1/billing/orders/{order_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { order_id: integerFrom1 }, response: "object",
  },
  "billing.orders.items.list": {
    method: "GET", path: "/v1/billing/orders/{order_id}/items/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { order_id: integerFrom1 }, pagination: pagesByNext, response: "object",
  },
  "clients.list": {
    method: "GET", path: "/v1/clients/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { limit: integerFrom1, offset: integerFrom0 }, pagination: pagesByOffset100, response: "object",
  },
  "clients.create": {
    method: "POST", path: "/v1/clients/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, body: { contentType: "application/json", required: true, fields: ["email", "invoice_to", "limited_account", "allowed_access", "activated", "first_name", "last_name", "phone", "password"] }, response: "object",
  },
  "clients.get": {
    method: "GET", path: "/v1/clients/{client_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { client_id: integerFrom1 }, response: "object",
  },
  "clients.update": {
    method: "PUT", path: "/v1/clients/{client_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { client_id: integerFrom1 }, body: { contentType: "application/json", required: true, fields: ["invoice_to", "phone", "password", "first_name", "last_name", "limited_account", "allowed_access"] }, response: "object",
  },
  "clients.invite": {
    method: "POST", path: "/v1/clients/{client_id}/invite/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { client_id: integerFrom1 }, response: "empty",
  },
  "guests.list": {
    method: "GET", path: "/v1/cameras/{camera_id}/guests/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, query: { limit: integerFrom1, offset: integerFrom0 }, pagination: pagesByOffset100, response: "object",
  },
  "guests.create": {
    method: "POST", path: "/v1/cameras/{camera_id}/guests/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, body: { contentType: "application/json", required: true, fields: ["email", "permissions"] }, response: "object",
  },
  "guests.get": {
    method: "GET", path: "/v1/cameras/{camera_id}/guests/{guest_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1, guest_id: integerFrom1 }, response: "object",
  },
  "guests.update": {
    method: "PUT", path: "/v1/cameras/{camera_id}/guests/{guest_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1, guest_id: integerFrom1 }, body: { contentType: "application/json", required: true, fields: ["permissions"] }, response: "object",
  },
  "guests.delete": {
    method: "DELETE", path: "/v1/cameras/{camera_id}/guests/{guest_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1, guest_id: integerFrom1 }, response: "empty",
  },
  "cameras.recording.get": {
    method: "GET", path: "/v1/cameras/{camera_id}/recording/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, response: "object",
  },
  "cameras.recording.timeline": {
    method: "GET", path: "/v1/cameras/{camera_id}/recording/timeline/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, query: { start: dateTime, end: dateTime }, response: "object",
  },
  "cameras.recording.stream": {
    method: "GET", path: "/v1/cameras/{camera_id}/recording/stream/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, query: { start: dateTime, end: dateTime }, response: "object", coalesce: false,
  },
  "cameras.recording.download": {
    method: "GET", path: "/v1/cameras/{camera_id}/recording/download/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, query: { start: dateTime, end: dateTime, filename: string }, response: "object",
  },
  "cameras.recording.start": {
    method: "POST", path: "/v1/cameras/{camera_id}/recording/start/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, query: { duration: integerFrom30To1800 }, response: "empty",
  },
  "cameras.recording.stop": {
    method: "POST", path: "/v1/cameras/{camera_id}/recording/stop/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, response: "empty",
  },
  "sharedCameras.list": {
    method: "GET", path: "/v1/shared-cameras/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, query: { limit: integerFrom1, offset: integerFrom0, refresh_rate: numberFrom0, max_width: integerFrom1, max_height: integerFrom1 }, pagination: pagesByOffset100, response: "object",
  },
  "sharedCameras.get": {
    method: "GET", path: "/v1/shared-cameras/{camera_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, query: { refresh_rate: numberFrom0, max_width: integerFrom1, max_height: integerFrom1 }, response: "object",
  },
  "sharedCameras.delete": {
    method: "DELETE", path: "/v1/shared-cameras/{camera_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, response: "empty",
  },
  "sharedCameras.clips.list": {
    method: "GET", path: "/v1/shared-cameras/{camera_id}/clips/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, query: { created_by: string }, pagination: pagesByNext, response: "object",
  },
  "sharedCameras.clips.create": {
    method: "POST", path: "/v1/shared-cameras/{camera_id}/clips/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, body: { contentType: "application/json", required: true, fields: ["name", "start", "end"] }, response: "object",
  },
  "sharedCameras.clips.get": {
    method: "GET", path: "/v1/shared-cameras/{camera_id}/clips/{clip_id}/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1, clip_id: string }, response: "object",
  },
  "sharedCameras.clips.stream": {
    method: "GET", path: "/v1/shared-cameras/{camera_id}/clips/{clip_id}/stream/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1, clip_id: string }, query: { start: dateTime }, response: "object", coalesce: false,
  },
  "sharedCameras.recording.get": {
    method: "GET", path: "/v1/shared-cameras/{camera_id}/recording/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, response: "object",
  },
  "sharedCameras.recording.timeline": {
    method: "GET", path: "/v1/shared-cameras/{camera_id}/recording/timeline/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, query: { start: dateTime, end: dateTime }, response: "object",
  },
  "sharedCameras.recording.stream": {
    method: "GET", path: "/v1/shared-cameras/{camera_id}/recording/stream/",
    servers: apiServers, security: takesOAuth2OrBearerTokenOrPersonalAccessToken, pathParameters: { camera_id: integerFrom1 }, query: { start: dateTime, end: dateTime }, response: "object", coalesce: false,
  },
};

/** An operation without its id, which is its key. */
type Row = Omit<Operation, "id">;

/** Every operation of the API by its id. */
export const operations = /* @__PURE__ */ withIds(rows);

function withIds(table: Readonly<Record<OperationId, Row>>): Readonly<Record<OperationId, Operation>> {
  const entries = Object.entries(table).map(([id, row]) => [id, { id, ...row }]);
  return Object.fromEntries(entries) as Record<OperationId, Operation>;
}
