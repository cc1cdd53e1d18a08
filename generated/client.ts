// Written by `npm run generate` from spec/openapi.yaml. Do not edit: change the spec instead.

import { type Body, type Call, type Caller, type Operation, type PageCall, type Query, type RequestOptions, Resource } from "../src/operation.ts";
import type { Camera, CurrentUser, OAuthToken } from "./schema.ts";

/** The servers of the document, by the group of operations that they serve; the first of each is the default. */
export const servers = {
  my: [{ name: "production", url: "https://my.angelcam.com" }],
  api: [{ name: "production", url: "https://api.angelcam.com" }, { name: "test", url: "https://api.test.angelcam.com" }],
} as const;

/** A server that the document names. */
export type ServerName = "production" | "test";

/** Fields that hold a credential: their values are removed from whatever is shown. */
export const secretNames = ["access_token", "client_secret", "code", "event_api_hash", "password", "refresh_token", "token"] as const;

/** What the runtime knows of each operation. */
export const operations = {
  "oauth.createToken": {
    id: "oauth.createToken",
    method: "POST",
    path: "/oauth/token/",
    servers: servers.my,
    security: [],
    paging: undefined,
    contentType: "application/x-www-form-urlencoded",
    bodyRequired: true,
    mayBeEmpty: false,
    repeatable: "refused",
    numbers: {},
  },
  "oauth.revokeToken": {
    id: "oauth.revokeToken",
    method: "POST",
    path: "/oauth/token-revoke/",
    servers: servers.my,
    security: [],
    paging: undefined,
    contentType: "application/x-www-form-urlencoded",
    bodyRequired: true,
    mayBeEmpty: true,
    repeatable: "refused",
    numbers: {},
  },
  "oauth.authorize": {
    id: "oauth.authorize",
    method: "GET",
    path: "/oauth/authorize/",
    servers: servers.my,
    security: [],
    paging: undefined,
    contentType: undefined,
    bodyRequired: false,
    mayBeEmpty: true,
    repeatable: true,
    numbers: {},
  },
  "me.get": {
    id: "me.get",
    method: "GET",
    path: "/v1/me/",
    servers: servers.api,
    security: ["OAuth2", "BearerToken", "PersonalAccessToken"],
    paging: undefined,
    contentType: undefined,
    bodyRequired: false,
    mayBeEmpty: false,
    repeatable: true,
    numbers: {},
  },
  "cameras.list": {
    id: "cameras.list",
    method: "GET",
    path: "/v1/cameras/",
    servers: servers.api,
    security: ["OAuth2", "BearerToken", "PersonalAccessToken"],
    paging: { kind: "offset", limit: 100 },
    contentType: undefined,
    bodyRequired: false,
    mayBeEmpty: false,
    repeatable: true,
    numbers: { limit: { integer: true, minimum: 1, maximum: 100 }, offset: { integer: true, minimum: 0 }, ids: { integer: true, minimum: 1 }, location_id: { integer: true, minimum: 1 }, has_guests: { integer: true }, refresh_rate: { minimum: 0 }, max_width: { integer: true, minimum: 1 }, max_height: { integer: true, minimum: 1 } },
  },
  "cameras.get": {
    id: "cameras.get",
    method: "GET",
    path: "/v1/cameras/{camera_id}/",
    servers: servers.api,
    security: ["OAuth2", "BearerToken", "PersonalAccessToken"],
    paging: undefined,
    contentType: undefined,
    bodyRequired: false,
    mayBeEmpty: false,
    repeatable: true,
    numbers: { camera_id: { integer: true, minimum: 1 }, refresh_rate: { minimum: 0 }, max_width: { integer: true, minimum: 1 }, max_height: { integer: true, minimum: 1 } },
  },
} as const satisfies Record<string, Operation>;

/** Get the tokens that every other call needs. */
export class OauthResource extends Resource {
  /**
   * Get tokens.
   *
   * Trades credentials for an access token and a refresh token. There are three kinds of credentials, and `grant_type`
   * says which one you send.
   *
   * The access token works for ten hours. The refresh token works once, within 30 days: each use gives a new pair and
   * ends all earlier tokens. So never send this request twice with the same refresh token.
   *
   * Older texts name api.angelcam.com as the host; the newer ones agree on my.angelcam.com.
   *
   * `POST /oauth/token/` · no token.
   * @example
   * ```ts
   * import { Angelcam, OAuthSession, passwordGrant } from "angelcam-client";
   *
   * // The session gets the tokens when the first call needs them.
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
  createToken(body: Body<"oauth.createToken">, options?: RequestOptions): Call<OAuthToken> {
    return this.call(operations["oauth.createToken"], [], body, options);
  }

  /**
   * Revoke a refresh token.
   *
   * Ends a session: the refresh token works no more. Use it when somebody signs out of your program.
   *
   * Angelcam documents the address but not the fields; they follow RFC 7009. Revoking a token that is unknown or spent
   * already succeeds too.
   *
   * `POST /oauth/token-revoke/` · no token.
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
   * // Signs out: the refresh token works no more.
   * await session.revoke();
   * ```
   */
  revokeToken(body: Body<"oauth.revokeToken">, options?: RequestOptions): Call<undefined> {
    return this.call(operations["oauth.revokeToken"], [], body, options);
  }
}

/** The account that the token belongs to. */
export class MeResource extends Resource {
  /**
   * Get your account.
   *
   * Returns the account that the token belongs to. It is the cheapest way to find out whether a token works.
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
  get(options?: RequestOptions): Call<CurrentUser> {
    return this.call(operations["me.get"], [], undefined, options);
  }
}

/** The cameras of the account, with their live streams and snapshots. */
export class CamerasResource extends Resource {
  /**
   * List cameras.
   *
   * Returns the cameras of the account, page by page. Each camera comes complete, with its live streams and snapshot,
   * so there is no need to ask for the cameras one by one.
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
  list(query?: Query<"cameras.list">, options?: RequestOptions): PageCall<Camera> {
    return this.callPages(operations["cameras.list"], [], query, options);
  }

  /**
   * Get a camera.
   *
   * Returns one camera with fresh links to its live streams. It also makes Angelcam take a new snapshot, which the next
   * call will show.
   *
   * `GET /v1/cameras/{camera_id}/` · scope `camera_access`.
   * @param cameraId The id of the camera, as it stands in the list of cameras.
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
  get(cameraId: number, query?: Query<"cameras.get">, options?: RequestOptions): Call<Camera> {
    return this.call(operations["cameras.get"], [cameraId], query, options);
  }
}

/** Every resource of the API, each a property of the client. */
export class Resources extends Resource {
  /** Get the tokens that every other call needs. */
  readonly oauth: OauthResource;
  /** The account that the token belongs to. */
  readonly me: MeResource;
  /** The cameras of the account, with their live streams and snapshots. */
  readonly cameras: CamerasResource;

  /** @internal */
  constructor(caller: Caller) {
    super(caller);
    this.oauth = new OauthResource(caller);
    this.me = new MeResource(caller);
    this.cameras = new CamerasResource(caller);
  }
}
