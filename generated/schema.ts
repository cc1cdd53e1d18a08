// Written by `npm run generate` from spec/openapi.yaml. Do not edit: change the spec instead.

export interface paths {
    "/oauth/token/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get tokens
         * @description Trades credentials for an access token and a refresh token. There are three kinds of credentials, and `grant_type`
         *     says which one you send.
         *
         *     The access token works for ten hours. The refresh token works once, within 30 days: each use gives a new pair and
         *     ends all earlier tokens. So never send this request twice with the same refresh token.
         *
         *     Older texts name api.angelcam.com as the host; the newer ones agree on my.angelcam.com.
         */
        post: operations["oauth.createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/token-revoke/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke a refresh token
         * @description Ends a session: the refresh token works no more. Use it when somebody signs out of your program.
         *
         *     Angelcam documents the address but not the fields; they follow RFC 7009. Revoking a token that is unknown or spent
         *     already succeeds too.
         */
        post: operations["oauth.revokeToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/authorize/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask a user for access
         * @description A page for a person's browser, not for your program: open it, or send your user there. The user signs in to Angelcam
         *     and agrees to the scopes. Then the browser comes back to your redirect address with a `code`, which you trade for
         *     tokens, and the `state` that you sent.
         *
         *     `authorizationUrl` of the client builds this address. Compare the `state` that comes back with the one you sent: if
         *     they differ, somebody else started this sign-in.
         *
         *     Older texts name api.angelcam.com as the host.
         */
        get: operations["oauth.authorize"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get your account
         * @description Returns the account that the token belongs to. It is the cheapest way to find out whether a token works.
         */
        get: operations["me.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List cameras
         * @description Returns the cameras of the account, page by page. Each camera comes complete, with its live streams and snapshot,
         *     so there is no need to ask for the cameras one by one.
         */
        get: operations["cameras.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a camera
         * @description Returns one camera with fresh links to its live streams. It also makes Angelcam take a new snapshot, which the next
         *     call will show.
         */
        get: operations["cameras.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Client id
         * @description The id of your client, from Angelcam.
         * @example DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo
         */
        ClientId: string;
        /**
         * Password
         * @description Sign in to your own account with its e-mail address and password.
         */
        PasswordGrant: {
            /**
             * @description The kind of grant.
             * @example password
             * @constant
             */
            grant_type: "password";
            /** @description The id of your client, from Angelcam. */
            client_id: components["schemas"]["ClientId"];
            /**
             * @description The e-mail address of the account.
             * @example user@example.com
             */
            username: string;
            /**
             * Format: password
             * @description The password of the account.
             * @example secret
             */
            password: string;
            /**
             * @description The scopes that you want, with spaces between them. Without it you get what your client may have.
             * @example user_access camera_access
             */
            scope?: string;
            /**
             * Format: password
             * @description The secret of your client. The documented call leaves it out; send it only if Angelcam told you to.
             * @example HBMQkFtYc2SDjQfEbyvuXnDYfhqwCPRK
             */
            client_secret?: string;
        };
        /**
         * Authorization code
         * @description Finish a sign-in that a user of yours has agreed to on Angelcam's own page.
         */
        AuthorizationCodeGrant: {
            /**
             * @description The kind of grant.
             * @example authorization_code
             * @constant
             */
            grant_type: "authorization_code";
            /** @description The id of your client, from Angelcam. */
            client_id: components["schemas"]["ClientId"];
            /**
             * Format: password
             * @description The secret of your client. Keep it on a server; it must not reach a browser or an app.
             * @example HBMQkFtYc2SDjQfEbyvuXnDYfhqwCPRK
             */
            client_secret: string;
            /**
             * Format: password
             * @description The code that came back to your redirect address. It works once.
             * @example 4fTzFCWsn4CI0VN8IFN8WWKUnBEbbX
             */
            code: string;
            /**
             * Format: uri
             * @description The redirect address that the sign-in started with. Angelcam must have it on your client's list.
             * @example https://app.example.com/angelcam/callback
             */
            redirect_uri: string;
        };
        /**
         * Refresh token
         * @description Get the next pair of tokens without asking the user again. The refresh token is spent by this call, even if you
         *     never see the answer.
         */
        RefreshTokenGrant: {
            /**
             * @description The kind of grant.
             * @example refresh_token
             * @constant
             */
            grant_type: "refresh_token";
            /** @description The id of your client, from Angelcam. */
            client_id: components["schemas"]["ClientId"];
            /**
             * Format: password
             * @description The newest refresh token that you have.
             * @example aFBNWhoLnq7hSTEVII5ELd9g20NjxC
             */
            refresh_token: string;
            /**
             * Format: password
             * @description The secret of your client. The documented call leaves it out; send it if the sign-in needed it.
             * @example HBMQkFtYc2SDjQfEbyvuXnDYfhqwCPRK
             */
            client_secret?: string;
        };
        /**
         * Token request
         * @description What you trade for tokens. `grant_type` says which of the three kinds it is.
         */
        TokenRequest: components["schemas"]["PasswordGrant"] | components["schemas"]["AuthorizationCodeGrant"] | components["schemas"]["RefreshTokenGrant"];
        /**
         * Tokens
         * @description The tokens of a sign-in. They replace all earlier tokens that came from the same sign-in.
         */
        OAuthToken: {
            /**
             * Format: password
             * @description The token for the `Authorization` header of every other call.
             * @example 1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ
             */
            access_token: string;
            /**
             * Format: password
             * @description The token that gets the next pair of tokens. It works once, within 30 days.
             * @example aFBNWhoLnq7hSTEVII5ELd9g20NjxC
             */
            refresh_token: string;
            /**
             * @description The word that stands before the access token in the `Authorization` header.
             * @example Bearer
             * @enum {string}
             */
            token_type: "Bearer";
            /**
             * @description How long the access token works, in seconds from now. Every known answer says 36000, which is ten hours.
             * @example 36000
             */
            expires_in: number;
            /**
             * @description What the access token may be used for, with spaces between the words. Some answers name the scopes that were asked
             *     for, others say `read write`. Show it to people; let no code depend on it.
             * @example read write
             */
            scope: string;
        };
        /**
         * Sign-in error
         * @description Why the token endpoint refused, in the form of the OAuth 2.0 standard (RFC 6749). Angelcam itself does not document
         *     it, so be ready for a code that is not listed here.
         */
        OAuthError: {
            /**
             * @description The reason, as a word for code.
             *
             *     - `invalid_request`: a field is missing, sent twice or malformed.
             *     - `invalid_client`: no client has this id, or the secret is wrong.
             *     - `invalid_grant`: the password, the code or the refresh token is wrong, expired or already used.
             *     - `unauthorized_client`: the client may not use this grant.
             *     - `unsupported_grant_type`: the server does not know this grant.
             *     - `invalid_scope`: the client may not ask for this scope.
             * @example invalid_grant
             * @enum {string}
             */
            error: "invalid_request" | "invalid_client" | "invalid_grant" | "unauthorized_client" | "unsupported_grant_type" | "invalid_scope";
            /**
             * @description The reason, as a sentence for people.
             * @example Invalid credentials given.
             */
            error_description?: string;
        };
        /**
         * Error
         * @description Why the API refused. Every error of the API has this form, except bad input (see Validation error).
         */
        ApiError: {
            /**
             * @description The kind of error, as a word for code, such as `not_authenticated`, `permission_denied`, `not_found`,
             *     `throttled` or `bad_gateway`.
             * @example not_found
             */
            title: string;
            /**
             * @description The reason, as a sentence for people. Its wording may change.
             * @example Not found.
             */
            detail: string;
            /**
             * @description The HTTP status of the answer, once more.
             * @example 404
             */
            status: number;
        };
        /**
         * Revoke request
         * @description A refresh token that shall work no more.
         */
        RevokeRequest: {
            /**
             * Format: password
             * @description The refresh token.
             * @example aFBNWhoLnq7hSTEVII5ELd9g20NjxC
             */
            token: string;
            /** @description The id of your client, from Angelcam. */
            client_id: components["schemas"]["ClientId"];
            /**
             * Format: password
             * @description The secret of your client, if the sign-in needed it.
             * @example HBMQkFtYc2SDjQfEbyvuXnDYfhqwCPRK
             */
            client_secret?: string;
        };
        /**
         * Available features
         * @description What the account may use. A feature that is not listed is not known, neither on nor off.
         */
        AvailableFeatures: {
            /**
             * @description Whether the account may watch cameras live.
             * @example true
             */
            live_view?: boolean;
            /**
             * @description Whether the account may connect more cameras. It is seen in live answers but in no published text.
             * @example true
             */
            connect_camera?: boolean;
        };
        /**
         * Account
         * @description The account that the token belongs to. The API has grown over the years, and older answers hold only the personal
         *     fields: so only `id` and `email` are sure to be there.
         */
        CurrentUser: {
            /**
             * @description The id of the account.
             * @example 1234
             */
            id: number;
            /**
             * Format: email
             * @description The e-mail address that the account signs in with.
             * @example user@example.com
             */
            email: string;
            /**
             * @description The first name of the owner.
             * @example Keyshawn
             */
            first_name?: string;
            /**
             * @description The last name of the owner.
             * @example Jacobs
             */
            last_name?: string;
            /**
             * @description The phone number of the owner with its country code, or null if there is none.
             * @example +1608494652
             */
            phone?: string | null;
            /**
             * @description The id of the location at the top. The field kept its name when sites became locations.
             * @example 87
             */
            root_site?: number;
            /**
             * @description How many cameras the account owns.
             * @example 11
             */
            my_cameras_count?: number;
            /**
             * @description How many cameras of other people the account may see.
             * @example 2
             */
            shared_cameras_count?: number;
            /**
             * @description How many cameras there are in all, its own and those of other people.
             * @example 13
             */
            total_cameras_count?: number;
            /**
             * @description How many of its own cameras the account shares with guests.
             * @example 3
             */
            cameras_with_guests_count?: number;
            /**
             * @description A flag of Angelcam's own sign-up. No source says what it asks of you.
             * @example false
             */
            require_qualification?: boolean;
            /** @description What the account may use. */
            available_features?: components["schemas"]["AvailableFeatures"];
        };
        /**
         * Snapshot
         * @description The newest stored picture of a camera. It can be up to 24 hours old; reading the camera makes Angelcam take a new one
         *     for the next time.
         */
        Snapshot: {
            /**
             * Format: uri
             * @description A link to the picture, or null if there is none yet.
             * @example https://e1-eu1.angelcam.com/snapshots/20311/1763971201.jpg
             */
            url: string | null;
            /**
             * Format: date-time
             * @description When the picture was taken, in UTC.
             * @example 2026-11-24T08:00:01Z
             */
            created_at: string;
        };
        /**
         * Stream
         * @description A live stream in one format.
         */
        Stream: {
            /**
             * @description How the stream is packed.
             *
             *     - `mjpeg`: a series of JPEG pictures, for an `<img>` element.
             *     - `mp4`: fragmented MP4, for Media Source Extensions. Texts from before 2021 call it `fmp4`.
             *     - `mpegts`: an MPEG transport stream. Experimental.
             *     - `hls`: HTTP Live Streaming, for a `<video>` element or hls.js.
             * @example hls
             * @enum {string}
             */
            format: "hls" | "mp4" | "mpegts" | "mjpeg";
            /**
             * Format: uri
             * @description The link to watch. Whoever has it can watch, so treat it as a secret, ask for it just before you use it, and do
             *     not build it yourself.
             *
             *     A link of `mjpeg`, `mp4` or `mpegts` works for 120 seconds and an `hls` link for 3600 seconds: so say live links
             *     of 2024, while published examples show 3600 for all of them.
             *
             *     With `mjpeg` and `mp4` the time counts only for the start, and a stream that runs goes on. With `hls` it counts
             *     all along: at the end the server redirects to a fresh link, and a player that keeps the old one is answered with
             *     401.
             * @example https://e1-eu1.angelcam.com/cameras/20311/streams/hls/playlist.m3u8?token=6b1d52c9
             */
            url: string;
            /**
             * Format: float
             * @description The frame rate in frames per second. Only on `mjpeg` streams, and only if you asked for it with the parameter
             *     `refresh_rate`.
             * @example 0.1
             */
            refresh_rate?: number;
        };
        /**
         * Camera application
         * @description A service that is switched on for a camera.
         */
        CameraApplication: {
            /**
             * @description Which service it is. `CRA` is cloud recording and `LSA` is public broadcasting; `VVA`, `VPA` and `TLA` are listed
             *     without a word about what they stand for.
             * @example CRA
             * @enum {string}
             */
            code: "LSA" | "CRA" | "VVA" | "VPA" | "TLA";
        };
        /**
         * Camera
         * @description A camera, with its newest snapshot and the links to its live streams.
         */
        Camera: {
            /**
             * @description The id of the camera.
             * @example 20311
             */
            id: number;
            /**
             * @description The name that its owner gave it.
             * @example Front door
             */
            name: string;
            /**
             * @description What the camera sends.
             *
             *     - `h264`: video in H.264.
             *     - `h265`: video in H.265. Experimental; such a camera can be connected only through the API.
             *     - `mjpeg`: a series of JPEG pictures.
             * @example h264
             * @enum {string}
             */
            type: "h264" | "h265" | "mjpeg";
            /**
             * @description Whether Angelcam reaches the camera.
             *
             *     - `online`: it does.
             *     - `offline`: it does not.
             *     - `unknown`: Angelcam cannot tell.
             * @example online
             * @enum {string}
             */
            status: "offline" | "online" | "unknown";
            /** @description The newest stored picture. */
            snapshot: components["schemas"]["Snapshot"];
            /**
             * Format: uri
             * @description A link to a picture that is taken when you open it, or null if there is none. Angelcam contacts the camera for it,
             *     so it takes a moment. The link works for 120 seconds, as seen in live links; nothing promises it.
             * @example https://e1-eu1.angelcam.com/cameras/20311/snapshots/snapshot.jpg?token=dbf1f0f8
             */
            live_snapshot: string | null;
            /**
             * @description The live streams, one for each format that the camera offers. A camera of type `mjpeg` offers `mjpeg` alone.
             *
             *     At most ten people can watch a camera at the same time; the Angelcam apps count, recording does not. For a larger
             *     audience use broadcasting.
             */
            streams: components["schemas"]["Stream"][];
            /**
             * @description The services that are switched on for the camera. One published example shows bare strings; live answers hold
             *     objects.
             */
            applications: components["schemas"]["CameraApplication"][];
            /**
             * @description Whether live streams are tuned for a short delay.
             * @example true
             */
            low_latency_enabled: boolean;
            /**
             * @description Whether streams carry the sound of the camera.
             * @example false
             */
            audio_enabled: boolean;
            /**
             * @description Whether Angelcam checks from time to time that it reaches the camera.
             * @example true
             */
            enable_status_checks: boolean;
            /**
             * @description Whether Angelcam takes a snapshot from time to time.
             * @example true
             */
            enable_periodical_snapshots: boolean;
            /**
             * @description The tags of the camera, to filter lists by.
             * @example [
             *       "warehouse",
             *       "outdoor"
             *     ]
             */
            tags: string[];
            /**
             * Format: password
             * @description The key that lets a device report events of this camera. It is a secret; it may be missing.
             * @example 5b7c1f0e94d24a3f8d1e6c2a90b47f35
             */
            event_api_hash?: string;
        };
        /**
         * Camera list
         * @description One page of the list of cameras.
         */
        CameraList: {
            /**
             * @description How many cameras match in all, on this page and on the others.
             * @example 11
             */
            count: number;
            /**
             * Format: uri
             * @description The address of the next page, or null on the last one.
             * @example https://api.angelcam.com/v1/cameras/?limit=5&offset=5
             */
            next: string | null;
            /**
             * Format: uri
             * @description The address of the page before, or null on the first one.
             * @example null
             */
            previous: string | null;
            /** @description The cameras of this page. */
            results: components["schemas"]["Camera"][];
        };
        /**
         * Validation error
         * @description Which part of the input was wrong. Nothing was done.
         */
        ValidationError: {
            /**
             * @description The kind of error, as a word for code. It is `invalid` in every known answer.
             * @example invalid
             */
            title: string;
            /** @description The problems, field by field; or one sentence when the problem belongs to no field. */
            detail: {
                [key: string]: string[];
            }[] | string;
            /**
             * @description The HTTP status of the answer, once more.
             * @example 400
             */
            status: number;
        };
    };
    responses: {
        /**
         * @description The account has used up its requests for now. Wait as long as `Retry-After` says, in seconds; without that header, as
         *     long as the number of seconds in `detail`; without both, a little longer each time.
         *
         *     The title is `throttled` in newer texts and `rate_limited` in older ones: go by the status.
         */
        Throttled: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /**
         * @description A short outage. Try again after a moment. The title is `bad_gateway`, and a published example says 502 in `status`:
         *     go by the status of the answer itself.
         */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The token is missing, wrong or expired. Get a new one and try again. */
        NotAuthenticated: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The token has no scope for this call, or the account no right to it. A new token of the same kind will not help. */
        PermissionDenied: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The space has no camera with this id, or the account may not know of it. */
        CameraNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
    };
    parameters: {
        /**
         * @description What you want back; a code is all there is.
         * @example code
         */
        ResponseType: "code";
        /**
         * @description The id of your client, from Angelcam.
         * @example DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo
         */
        OAuthClientId: components["schemas"]["ClientId"];
        /**
         * @description Where the browser goes back to. Angelcam must have the address on your client's list.
         * @example https://app.example.com/angelcam/callback
         */
        RedirectUri: string;
        /**
         * @description The scopes that you ask for, with spaces between them.
         * @example user_access camera_access
         */
        Scope: string;
        /**
         * @description A value that nobody can guess, new for each sign-in. It comes back with the code and proves that the sign-in is yours.
         * @example kq7cFxk4pM1vZs9d
         */
        State: string;
        /**
         * @description The space to work in, for this one request. A space owns cameras and everything that belongs to them.
         *     Leave it out to work in the default space of the account.
         * @example 411
         */
        SpaceId: number;
        /**
         * @description The most items that a page may hold. A page of more than 100 is not documented anywhere.
         * @example 5
         */
        Limit: number;
        /**
         * @description How many items to skip before the page starts. The first item of the list has the offset 0.
         * @example 5
         */
        Offset: number;
        /**
         * @description Only the cameras with these ids. The ids stand in one value, with commas between them.
         * @example [
         *       20311,
         *       20340
         *     ]
         */
        Ids: number[];
        /**
         * @description Only the cameras that carry at least one of these tags. The tags stand in one value, with commas between them,
         *     so a tag that has a comma in it cannot be asked for.
         * @example [
         *       "warehouse",
         *       "outdoor"
         *     ]
         */
        Tags: string[];
        /**
         * @description Only the cameras at this location. Locations group the cameras of a space; they were called sites before.
         * @example 87
         */
        LocationId: number;
        /**
         * @description `1` for only the cameras that have guests, `0` for only those that have none. The words true and false are not
         *     documented.
         * @example 1
         */
        HasGuests: 1 | 0;
        /**
         * @description The frame rate that you want of MJPEG streams, in frames per second. Below 1 there are seconds between two frames:
         *     0.1 is one frame every ten seconds. Streams of other formats keep their own rate.
         */
        RefreshRate: number;
        /**
         * @description The largest width that you want of MJPEG streams and live snapshots, in pixels.
         * @example 640
         */
        MaxWidth: number;
        /**
         * @description The largest height that you want of MJPEG streams and live snapshots, in pixels.
         * @example 360
         */
        MaxHeight: number;
        /**
         * @description When the streams in the answer shall end, in UTC. At that moment the picture stops, also for somebody who is watching.
         *     It changes nothing about how long the link may be used to start watching.
         * @example 2026-11-24T18:00:00Z
         */
        StreamExpiresAt: string | Date;
        /**
         * @description The id of the camera, as it stands in the list of cameras.
         * @example 20311
         */
        CameraId: number;
    };
    requestBodies: never;
    headers: {
        /**
         * @description How long to wait before the next request, in seconds. It may be missing: then take the number of seconds from
         *     `detail`.
         * @example 24
         */
        RetryAfter: number;
        /**
         * @description Your redirect address with `code` and `state`.
         * @example https://app.example.com/angelcam/callback?code=4fTzFCWsn4CI0VN8IFN8WWKUnBEbbX&state=kq7cFxk4pM1vZs9d
         */
        Location: string;
        /**
         * @description The way to sign in that the server expects. It may be missing.
         * @example Bearer realm="api"
         */
        WwwAuthenticate: string;
    };
    pathItems: never;
}
export type ClientId = components['schemas']['ClientId'];
export type PasswordGrant = components['schemas']['PasswordGrant'];
export type AuthorizationCodeGrant = components['schemas']['AuthorizationCodeGrant'];
export type RefreshTokenGrant = components['schemas']['RefreshTokenGrant'];
export type TokenRequest = components['schemas']['TokenRequest'];
export type OAuthToken = components['schemas']['OAuthToken'];
export type OAuthError = components['schemas']['OAuthError'];
export type ApiError = components['schemas']['ApiError'];
export type RevokeRequest = components['schemas']['RevokeRequest'];
export type AvailableFeatures = components['schemas']['AvailableFeatures'];
export type CurrentUser = components['schemas']['CurrentUser'];
export type Snapshot = components['schemas']['Snapshot'];
export type Stream = components['schemas']['Stream'];
export type CameraApplication = components['schemas']['CameraApplication'];
export type Camera = components['schemas']['Camera'];
export type CameraList = components['schemas']['CameraList'];
export type ValidationError = components['schemas']['ValidationError'];
export type ResponseThrottled = components['responses']['Throttled'];
export type ResponseUnavailable = components['responses']['Unavailable'];
export type ResponseNotAuthenticated = components['responses']['NotAuthenticated'];
export type ResponsePermissionDenied = components['responses']['PermissionDenied'];
export type ResponseCameraNotFound = components['responses']['CameraNotFound'];
export type ParameterResponseType = components['parameters']['ResponseType'];
export type ParameterOAuthClientId = components['parameters']['OAuthClientId'];
export type ParameterRedirectUri = components['parameters']['RedirectUri'];
export type ParameterScope = components['parameters']['Scope'];
export type ParameterState = components['parameters']['State'];
export type ParameterSpaceId = components['parameters']['SpaceId'];
export type ParameterLimit = components['parameters']['Limit'];
export type ParameterOffset = components['parameters']['Offset'];
export type ParameterIds = components['parameters']['Ids'];
export type ParameterTags = components['parameters']['Tags'];
export type ParameterLocationId = components['parameters']['LocationId'];
export type ParameterHasGuests = components['parameters']['HasGuests'];
export type ParameterRefreshRate = components['parameters']['RefreshRate'];
export type ParameterMaxWidth = components['parameters']['MaxWidth'];
export type ParameterMaxHeight = components['parameters']['MaxHeight'];
export type ParameterStreamExpiresAt = components['parameters']['StreamExpiresAt'];
export type ParameterCameraId = components['parameters']['CameraId'];
export type HeaderRetryAfter = components['headers']['RetryAfter'];
export type HeaderLocation = components['headers']['Location'];
export type HeaderWwwAuthenticate = components['headers']['WwwAuthenticate'];
export type $defs = Record<string, never>;
export interface operations {
    "oauth.createToken": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The credentials, as a form. Some published examples send them as `multipart/form-data` instead. */
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
                "multipart/form-data": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description The tokens. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthToken"];
                };
            };
            /**
             * @description The request or the credentials were refused. After `invalid_grant` the credentials are of no more use: sign in
             *     again.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description The client was refused, whoever the user is. Check the client id and the client secret. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "oauth.revokeToken": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The token and the client that it belongs to. */
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["RevokeRequest"];
            };
        };
        responses: {
            /** @description The token works no more. The answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was refused. Which codes come is not documented; these follow RFC 6749. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description The client was refused. Check the client id and the client secret. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "oauth.authorize": {
        parameters: {
            query: {
                /**
                 * @description What you want back; a code is all there is.
                 * @example code
                 */
                response_type: components["parameters"]["ResponseType"];
                /**
                 * @description The id of your client, from Angelcam.
                 * @example DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo
                 */
                client_id: components["parameters"]["OAuthClientId"];
                /**
                 * @description Where the browser goes back to. Angelcam must have the address on your client's list.
                 * @example https://app.example.com/angelcam/callback
                 */
                redirect_uri: components["parameters"]["RedirectUri"];
                /**
                 * @description The scopes that you ask for, with spaces between them.
                 * @example user_access camera_access
                 */
                scope: components["parameters"]["Scope"];
                /**
                 * @description A value that nobody can guess, new for each sign-in. It comes back with the code and proves that the sign-in is yours.
                 * @example kq7cFxk4pM1vZs9d
                 */
                state?: components["parameters"]["State"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The way back to your redirect address, with `code` and `state` in its query. */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description The page cannot be shown: the redirect address is not on your client's list, or a parameter is missing. The answer
             *     is a page for the user.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "me.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 *     Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CurrentUser"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.list": {
        parameters: {
            query?: {
                /**
                 * @description The most items that a page may hold. A page of more than 100 is not documented anywhere.
                 * @example 5
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description How many items to skip before the page starts. The first item of the list has the offset 0.
                 * @example 5
                 */
                offset?: components["parameters"]["Offset"];
                /**
                 * @description Only the cameras with these ids. The ids stand in one value, with commas between them.
                 * @example [
                 *       20311,
                 *       20340
                 *     ]
                 */
                ids?: components["parameters"]["Ids"];
                /**
                 * @description Only the cameras that carry at least one of these tags. The tags stand in one value, with commas between them,
                 *     so a tag that has a comma in it cannot be asked for.
                 * @example [
                 *       "warehouse",
                 *       "outdoor"
                 *     ]
                 */
                tags?: components["parameters"]["Tags"];
                /**
                 * @description Only the cameras at this location. Locations group the cameras of a space; they were called sites before.
                 * @example 87
                 */
                location_id?: components["parameters"]["LocationId"];
                /**
                 * @description `1` for only the cameras that have guests, `0` for only those that have none. The words true and false are not
                 *     documented.
                 * @example 1
                 */
                has_guests?: components["parameters"]["HasGuests"];
                /**
                 * @description The frame rate that you want of MJPEG streams, in frames per second. Below 1 there are seconds between two frames:
                 *     0.1 is one frame every ten seconds. Streams of other formats keep their own rate.
                 */
                refresh_rate?: components["parameters"]["RefreshRate"];
                /**
                 * @description The largest width that you want of MJPEG streams and live snapshots, in pixels.
                 * @example 640
                 */
                max_width?: components["parameters"]["MaxWidth"];
                /**
                 * @description The largest height that you want of MJPEG streams and live snapshots, in pixels.
                 * @example 360
                 */
                max_height?: components["parameters"]["MaxHeight"];
                /**
                 * @description When the streams in the answer shall end, in UTC. At that moment the picture stops, also for somebody who is watching.
                 *     It changes nothing about how long the link may be used to start watching.
                 * @example 2026-11-24T18:00:00Z
                 */
                stream_expires_at?: components["parameters"]["StreamExpiresAt"];
            };
            header?: {
                /**
                 * @description The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 *     Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of cameras. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CameraList"];
                };
            };
            /** @description A parameter is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.get": {
        parameters: {
            query?: {
                /**
                 * @description The frame rate that you want of MJPEG streams, in frames per second. Below 1 there are seconds between two frames:
                 *     0.1 is one frame every ten seconds. Streams of other formats keep their own rate.
                 */
                refresh_rate?: components["parameters"]["RefreshRate"];
                /**
                 * @description The largest width that you want of MJPEG streams and live snapshots, in pixels.
                 * @example 640
                 */
                max_width?: components["parameters"]["MaxWidth"];
                /**
                 * @description The largest height that you want of MJPEG streams and live snapshots, in pixels.
                 * @example 360
                 */
                max_height?: components["parameters"]["MaxHeight"];
                /**
                 * @description When the streams in the answer shall end, in UTC. At that moment the picture stops, also for somebody who is watching.
                 *     It changes nothing about how long the link may be used to start watching.
                 * @example 2026-11-24T18:00:00Z
                 */
                stream_expires_at?: components["parameters"]["StreamExpiresAt"];
            };
            header?: {
                /**
                 * @description The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 *     Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * @description The id of the camera, as it stands in the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The camera. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Camera"];
                };
            };
            /** @description A parameter is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
}
