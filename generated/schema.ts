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
         *
         * Exchanges credentials for an access token and a refresh token. `grant_type` is the kind of credentials, one of
         * three.
         *
         * The access token works for ten hours. The refresh token works once, within 30 days: each use returns a new pair and
         * ends all earlier tokens. So never send this request twice with the same refresh token.
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
         *
         * Ends a session: the refresh token stops working. Use it when a user signs out of your program.
         *
         * Revoking a token that is unknown or already used succeeds too. Undocumented: the fields and the errors; they follow
         * RFC 7009.
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
         *
         * A page for a browser, not for your program: open it, or send your user there. The user signs in to Angelcam and
         * approves the scopes. Then the browser is redirected to your redirect address with the `state` that you sent and a
         * `code`, which you exchange for tokens.
         *
         * `authorizationUrl` of the client builds this address. Compare the returned `state` with the one you sent: if they
         * differ, the sign-in is not yours.
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
         *
         * Returns the account that the token belongs to. It is the cheapest way to check a token.
         */
        get: operations["me.get"];
        put?: never;
        post?: never;
        /**
         * Delete your account
         *
         * Deletes the account that the token belongs to, without a confirmation. Undocumented: whether it can be restored.
         */
        delete: operations["me.delete"];
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
         *
         * Returns the cameras of the account, page by page. Each camera comes complete, with its live streams and snapshot, so
         * there is no need to get the cameras one by one.
         */
        get: operations["cameras.list"];
        put?: never;
        /**
         * Connect a camera
         *
         * Connects a new camera to the account.
         *
         * `streamDetection.start` finds the address of its stream. A camera in a private network needs an Arrow client there.
         */
        post: operations["cameras.create"];
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
         *
         * Returns one camera with fresh links to its live streams. It also makes Angelcam take a new snapshot, which the next
         * response contains.
         */
        get: operations["cameras.get"];
        /**
         * Change a camera
         *
         * Changes a camera. Send the fields to change; all of them are optional. Undocumented: whether the others keep their
         * values.
         */
        put: operations["cameras.update"];
        post?: never;
        /**
         * Remove a camera
         *
         * Removes a camera from the account.
         */
        delete: operations["cameras.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/events/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events of a camera
         *
         * Returns the events of a camera, page by page and the newest first. The list only goes forward; `start` and `end`
         * narrow it.
         */
        get: operations["cameras.events.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/stream-detection/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search for streams
         *
         * Starts a search for camera streams at an address on the internet, or at a service behind an Arrow client. Then poll
         * `streamDetection.get` for the result.
         */
        post: operations["streamDetection.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/stream-detection/{session_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the result of a search
         *
         * Returns the state and the results of a search for streams. While the status is `in-progress`, poll again later.
         */
        get: operations["streamDetection.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/broadcasting/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the broadcast of a camera
         *
         * Returns whether a camera is public, and its streams for any number of viewers. The camera needs the broadcasting
         * service, but need not be public.
         */
        get: operations["broadcasting.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/broadcasting/start/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a broadcast
         *
         * Makes a camera public, on its public page and on pages that embed it.
         */
        post: operations["broadcasting.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/broadcasting/stop/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a broadcast
         *
         * Ends the broadcast of a camera to the public.
         */
        post: operations["broadcasting.stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/recordings/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List recordings of a camera
         *
         * Returns the recordings of a camera. There can be several, such as one that never stops and one that only records
         * events. The other operations of recordings take their ids.
         */
        get: operations["cameras.recordings.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recording/{recording_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a recording
         *
         * Returns the state of a recording, and the times of its oldest and newest footage.
         */
        get: operations["recordings.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recording/{recording_id}/timeline/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List footage
         *
         * Returns the parts of a time range for which there is footage. A range has at most 24 hours: split a longer one into
         * several requests.
         */
        get: operations["recordings.timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recording/{recording_id}/stream/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Play footage
         *
         * Opens a playback of footage. Each call opens one of its own, which `recordingStreams` controls: pause, resume, speed
         * and position.
         *
         * `recordings.timeline` returns where there is footage.
         */
        get: operations["recordings.stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recording/{recording_id}/download/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download footage
         *
         * Returns a link to one file with the footage of at most three hours. Holes are left out, so the file can be shorter
         * than the range.
         *
         * For a range without footage the link returns 404: check `recordings.timeline` first.
         */
        get: operations["recordings.download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recording/{recording_id}/snapshot/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a still picture of footage
         *
         * Returns a link to a picture of one moment of the footage.
         */
        get: operations["recordings.snapshot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recording/{recording_id}/start/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a recording
         *
         * Starts recording, until `stop_at`, for `duration` seconds, or until it is stopped. With `start_from`, the seconds
         * before are kept too.
         *
         * To record events only, start with `start_from` and `duration` at each event. While the event goes on, start again:
         * of several planned stops the latest counts. A start without `stop_at` and `duration` cancels every planned stop.
         */
        post: operations["recordings.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recording/{recording_id}/stop/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a recording
         *
         * Ends the recording. The footage is kept for its retention.
         */
        post: operations["recordings.stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recording/streams/{stream_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the position of a playback
         *
         * Returns the moment of the footage that is on screen, and the speed of the playback. A slow network makes a playback
         * lag, so poll it to keep a timeline in step. No token is needed. Call it at `base_url` of `stream_controls`.
         */
        get: operations["recordingStreams.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recording/streams/{stream_id}/play/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a playback
         *
         * Resumes a playback after a pause. No token is needed. Call it at `play` of `stream_controls`.
         */
        post: operations["recordingStreams.play"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recording/streams/{stream_id}/pause/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a playback
         *
         * Pauses a playback. No token is needed. Call it at `pause` of `stream_controls`.
         */
        post: operations["recordingStreams.pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recording/streams/{stream_id}/speed/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set the speed of a playback
         *
         * Sets the speed of a playback to 1, 2, 4, 8 or 16 times real time. The data rate grows with it, so a slow network may
         * not keep up. No token is needed. Call it at `speed` of `stream_controls`.
         */
        post: operations["recordingStreams.setSpeed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recording/stream/{streamer_name}/{streamer_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the position of a playback, older way
         * @deprecated
         *
         * Use `recordingStreams.get` instead: it also returns the speed, and needs no token.
         *
         * Returns the moment of the footage that is on screen. Its URL is the `stream_info` of a playback.
         */
        get: operations["recordingStreams.getLegacyPosition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/clips/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List clips
         *
         * Returns the clips of a camera, page by page: your own, unless `created_by` is set.
         */
        get: operations["cameras.clips.list"];
        put?: never;
        /**
         * Order a clip
         *
         * Orders a clip of at most three hours. The response has the status `PENDING`: poll `cameras.clips.get` until it is
         * `READY` or `ERROR`.
         *
         * A second request orders a second clip.
         */
        post: operations["cameras.clips.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/clips/{clip_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a clip
         *
         * Returns one clip, to see whether it is ready or to get a fresh link to its file.
         */
        get: operations["cameras.clips.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/clips/{clip_id}/share/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Share a clip
         *
         * Sends an e-mail with a clip. The recipient needs no account.
         */
        post: operations["cameras.clips.share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/clips/{clip_id}/stream/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Play a clip
         *
         * Opens a playback of a clip. Each call opens one of its own, which `recordingStreams` controls.
         */
        get: operations["cameras.clips.stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/angelcamera/latest-firmware/{board}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the latest firmware
         *
         * Returns the newest firmware for one kind of AngelCamera, with a link to download it. Any valid token will do; no
         * scope is needed.
         */
        get: operations["angelCamera.getLatestFirmware"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/arrow-clients/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Arrow clients
         *
         * Returns the paired Arrow clients in short. Get one of them for its status and its proxy.
         */
        get: operations["arrowClients.list"];
        put?: never;
        /**
         * Pair an Arrow client
         *
         * Asks a device to connect with this account. The device listens for 20 minutes after its start, so restart it first.
         * Then poll `arrowClients.get` with the UUID or the MAC address from the response, until the `status` is `online`.
         *
         * If the device is paired already, the response is the same for accounts that may see it, and 403 for others. A 200
         * does not mean that the device was reached.
         */
        post: operations["arrowClients.pair"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/arrow-clients/{arrow_client_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an Arrow client
         *
         * Returns one Arrow client with its status and its proxy. It takes the UUID or, while a pairing by MAC address is
         * under way, the MAC address.
         */
        get: operations["arrowClients.get"];
        put?: never;
        post?: never;
        /**
         * Unpair an Arrow client
         *
         * Ends the connection between a device and this account. Cameras behind it can no longer be reached.
         */
        delete: operations["arrowClients.unpair"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/arrow-clients/{arrow_client_id}/reset-service-table/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset the service table
         *
         * Removes the services that scans have found from the table of an Arrow client, and with `full` also those that were
         * added by hand. Fixed services stay.
         */
        post: operations["arrowClients.resetServiceTable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/arrow-clients/{arrow_client_id}/scan-network/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Scan the network
         *
         * Makes an Arrow client search its network for cameras and other services. The response does not wait for the scan:
         * poll `arrowClients.get` until `scanning` is false, then list the services.
         */
        post: operations["arrowClients.scanNetwork"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/arrow-clients/{arrow_client_id}/services/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Arrow services
         *
         * Returns the services that an Arrow client reaches: those that a scan has found, those that were added by hand, and
         * fixed ones.
         */
        get: operations["arrowClients.services.list"];
        put?: never;
        /**
         * Add an Arrow service
         *
         * Adds a service that no scan has found. The Arrow client must have the capability `add_custom_service`, and it
         * rejects addresses outside its own network.
         *
         * It returns 200 and not 201, with the id only.
         */
        post: operations["arrowClients.services.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/arrow-clients/{arrow_client_id}/services/{service_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an Arrow service
         *
         * Returns one service behind an Arrow client.
         */
        get: operations["arrowClients.services.get"];
        put?: never;
        post?: never;
        /**
         * Delete an Arrow service
         *
         * Removes a service that was added by hand. If scans find it too, it stays for as long as they do.
         */
        delete: operations["arrowClients.services.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/speakers/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List speakers
         *
         * Returns the speakers of the space, page by page.
         */
        get: operations["speakers.list"];
        put?: never;
        /**
         * Add a speaker
         *
         * Adds a speaker that is behind an Arrow client. Use `speakers.test` afterwards to see whether it can be reached.
         */
        post: operations["speakers.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/speakers/{speaker_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a speaker
         *
         * Returns one speaker, without its password.
         */
        get: operations["speakers.get"];
        /**
         * Change a speaker
         *
         * Changes the settings of a speaker. Name, setup, protocol and endpoint are required, even if they do not change.
         * Undocumented: whether a password that is left out is kept.
         */
        put: operations["speakers.update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/speakers/{speaker_id}/play/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Play an audio message or speak
         *
         * With the id of an audio message, the speaker plays it, and the response is 204 without a body. Without an id, the
         * response is 200 with the link of a live session.
         *
         * The link is a WebSocket for WebRTC signalling, not a request to this API. Both sides send JSON text frames with a
         * `type`: you start with an `offer`, the server replies with an `answer`, each with its `sdp`. Then each side sends
         * its ICE candidates, with the `type` `candidate` and, in `candidate`, an object of `candidate`, `mid` and `ufrag`;
         * null marks the end. STUN and TURN servers are not needed. Close the WebSocket to end the session.
         */
        post: operations["speakers.play"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/speakers/{speaker_id}/stop/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Silence a speaker
         *
         * Ends what the speaker is playing.
         */
        post: operations["speakers.stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/speakers/{speaker_id}/test/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Test a speaker
         *
         * Checks that Angelcam reaches the speaker. It makes no sound.
         */
        get: operations["speakers.test"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audio-messages/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audio messages
         *
         * Returns the audio messages of the space, page by page.
         */
        get: operations["audioMessages.list"];
        put?: never;
        /**
         * Upload an audio message
         *
         * Adds an audio message that speakers can play. The body contains the audio file, encoded in Base64.
         */
        post: operations["audioMessages.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audio-messages/{message_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an audio message
         *
         * Returns one audio message, with a link to its sound.
         */
        get: operations["audioMessages.get"];
        /**
         * Replace an audio message
         *
         * Replaces the name and the sound of an audio message. Both are required, even if only one of them changes.
         */
        put: operations["audioMessages.update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sensors/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List sensors
         *
         * Returns the sensors of the account, page by page.
         */
        get: operations["sensors.list"];
        put?: never;
        /**
         * Add a sensor
         *
         * Adds a sensor. The response has the `hash` and the `email` for its events.
         */
        post: operations["sensors.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sensors/{sensor_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a sensor
         *
         * Returns one sensor, with the number of events that it has reported so far.
         */
        get: operations["sensors.get"];
        /**
         * Change a sensor
         *
         * Changes a sensor. No field is required. Undocumented: whether the others keep their values.
         */
        put: operations["sensors.update"];
        post?: never;
        /**
         * Delete a sensor
         *
         * Removes a sensor. Its `hash` and its `email` stop working.
         */
        delete: operations["sensors.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Report an event by GET
         *
         * Does the same as `events.create`, for devices that can only open a URL. Prefer `events.create`: here the hash is in
         * the URL, where logs and proxies see it, and the time of the event cannot be set.
         *
         * It creates an event each time, although it is a GET. So never send it twice, and keep it out of links that a browser
         * may open ahead of time. It takes at most ten events a minute for each hash.
         */
        get: operations["events.createByGet"];
        put?: never;
        /**
         * Report an event
         *
         * Reports an event of a camera or a sensor. The event shows on the timeline of the camera, and raises an alarm if the
         * location is armed. No token is needed: the hash identifies the reporter.
         *
         * It takes at most ten events a minute for each hash.
         */
        post: operations["events.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List spaces
         *
         * Returns every space that the account belongs to, as an array without pagination. Use the `id` in the header
         * `X-Space-Id` of other calls.
         */
        get: operations["spaces.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a space
         *
         * Returns one space that the account belongs to.
         */
        get: operations["spaces.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spaces/{space_id}/permissions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get your permissions in a space
         *
         * Returns the permissions of the account in a space: its own, and those of its groups.
         */
        get: operations["spaces.getPermissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/locations/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List locations
         *
         * Returns the locations of the space, page by page.
         */
        get: operations["locations.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/locations/{location_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a location
         *
         * Returns one location, and whether it is armed.
         */
        get: operations["locations.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/public-cameras/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List public cameras
         *
         * Returns the cameras that everybody may watch, page by page. For partners of Angelcam only; a personal access token
         * gets 403.
         */
        get: operations["publicCameras.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/public-cameras/{camera_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a public camera
         *
         * Returns one public camera with fresh links to its live streams. For partners of Angelcam only; a personal access
         * token gets 403.
         */
        get: operations["publicCameras.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rts/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the security settings
         *
         * Returns the settings of the security system. Whether a location is armed is in the response of `locations.list`.
         */
        get: operations["rts.settings.get"];
        /**
         * Change the security settings
         *
         * Changes how long an incident stays open. To arm or disarm, use rts.arm and rts.disarm.
         */
        put: operations["rts.settings.update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rts/arm/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Arm
         *
         * Arms a location, or the space as a whole: from then on, events of sensors open incidents and notify people.
         */
        post: operations["rts.arm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rts/disarm/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disarm
         *
         * Disarms a location, or the space as a whole: from then on, events of sensors send no notifications.
         */
        post: operations["rts.disarm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rts/incidents/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List incidents
         *
         * Returns security incidents, page by page, the newest first.
         */
        get: operations["rts.incidents.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rts/incidents/{incident_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an incident
         *
         * Returns one security incident, with a picture and with a page to share for as long as there is one.
         */
        get: operations["rts.incidents.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rts/messages/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List messages
         *
         * Returns the messages of the account, page by page.
         *
         * This list has no `offset`: each page links to the next one in `next`.
         */
        get: operations["rts.messages.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rts/messages/set-all-read/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark every message as read
         *
         * Marks all messages of the account as read, and returns how many were unread.
         */
        post: operations["rts.messages.markAllRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rts/messages/unread-count/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count unread messages
         *
         * Returns the number of unread messages. It is the cheapest way to check for new ones.
         */
        get: operations["rts.messages.countUnread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rts/messages/{message_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a message
         *
         * Returns one message. To mark it as read, use rts.messages.update.
         */
        get: operations["rts.messages.get"];
        /**
         * Mark a message
         *
         * Marks one message as read or as unread. Nothing else about a message can be changed.
         */
        put: operations["rts.messages.update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rts/notifications/methods/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List notification methods
         *
         * Returns the destinations of notifications, page by page.
         */
        get: operations["rts.notifications.methods.list"];
        put?: never;
        /**
         * Add a notification method
         *
         * Adds a place that notifications can go to: an e-mail address, or an address of your own that Angelcam calls. Nothing
         * goes there until a rule says so (rts.notifications.rules.create).
         *
         * Keep the key from the response: your server verifies [webhooks](#tag/webhooks) with it.
         */
        post: operations["rts.notifications.methods.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rts/notifications/methods/{method_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a notification method
         *
         * Returns one notification method. An HTTP method includes the key that its calls are signed with.
         */
        get: operations["rts.notifications.methods.get"];
        /**
         * Change a notification method
         *
         * Changes a notification method. `type` and the address are required, even if they do not change.
         */
        put: operations["rts.notifications.methods.update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rts/notifications/rules/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List notification rules
         *
         * Returns the notification rules, page by page.
         */
        get: operations["rts.notifications.rules.list"];
        put?: never;
        /**
         * Add a notification rule
         *
         * Adds a rule: from then on, messages of this type go to this notification method.
         */
        post: operations["rts.notifications.rules.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rts/notifications/rules/{rule_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a notification rule
         *
         * Returns one rule.
         */
        get: operations["rts.notifications.rules.get"];
        /**
         * Change a notification rule
         *
         * Changes a rule. The method and the type of message are required, even if they do not change.
         */
        put: operations["rts.notifications.rules.update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/services/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List services on offer
         *
         * Returns the services on offer: plans for the account, and services for single cameras. Buy one by its `code`.
         */
        get: operations["billing.services.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/active-services/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List bought services
         *
         * Returns the services that the account has bought, with the camera that each is in use for.
         */
        get: operations["billing.activeServices.list"];
        put?: never;
        /**
         * Buy a service
         *
         * Buys a service for the account. This costs money.
         *
         * A service for cameras does nothing until it is assigned to one (billing.activeServices.usage.update).
         */
        post: operations["billing.activeServices.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/active-services/{active_service_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a bought service
         *
         * Returns one bought service: the current service, the one from the next renewal on, and where it is in use.
         */
        get: operations["billing.activeServices.get"];
        /**
         * Change a bought service
         *
         * Replaces a bought service by another service or another period. This costs money.
         *
         * A smaller service takes over when the period that is paid for ends, unless `force_downgrade` is true.
         */
        put: operations["billing.activeServices.update"];
        post?: never;
        /**
         * Cancel a bought service
         *
         * Cancels a bought service. Undocumented: whether it runs on until the end of the paid period.
         */
        delete: operations["billing.activeServices.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/active-services/{active_service_id}/usage/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the usage of a bought service
         *
         * Returns the camera that a bought service is in use for.
         */
        get: operations["billing.activeServices.usage.get"];
        /**
         * Assign a bought service
         *
         * Assigns a bought service to a camera, or unassigns it with a `camera_id` of null. This is how recording and
         * broadcasting are switched on for a camera.
         */
        put: operations["billing.activeServices.usage.update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/orders/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List orders
         *
         * Returns the orders of the account. Their items are in the response of `billing.orders.items.list`.
         */
        get: operations["billing.orders.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/orders/{order_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an order
         *
         * Returns one order: what it costs, and whether it is paid.
         */
        get: operations["billing.orders.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/orders/{order_id}/items/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the lines of an order
         *
         * Returns what an order consists of: a service, a period and a price in each line.
         */
        get: operations["billing.orders.items.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clients/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List client accounts
         *
         * Returns the client accounts of a reseller, page by page.
         */
        get: operations["clients.list"];
        put?: never;
        /**
         * Add a client account
         *
         * Adds a client account and sends its owner an invitation by e-mail, with a link that activates the account.
         */
        post: operations["clients.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clients/{client_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a client account
         *
         * Returns one client account.
         */
        get: operations["clients.get"];
        /**
         * Change a client account
         *
         * Changes the fields that are sent. No field is required.
         *
         * Undocumented: a 404 for an unknown client account.
         */
        put: operations["clients.update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clients/{client_id}/invite/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the invitation again
         *
         * Sends the invitation again.
         */
        post: operations["clients.invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/guests/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List guests of a camera
         * @deprecated
         *
         * Use spaces instead, in the Angelcam dashboard, and `spaces.getPermissions` to see what you may do there: guests are
         * the older way to share a camera.
         *
         * Returns the people with whom you share a camera, page by page.
         */
        get: operations["guests.list"];
        put?: never;
        /**
         * Invite a guest
         * @deprecated
         *
         * Use spaces instead, in the Angelcam dashboard, and `spaces.getPermissions` to see what you may do there: guests are
         * the older way to share a camera.
         *
         * Shares a camera with a person, who gets an e-mail and, if necessary, an account.
         */
        post: operations["guests.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/guests/{guest_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a guest
         * @deprecated
         *
         * Use spaces instead, in the Angelcam dashboard, and `spaces.getPermissions` to see what you may do there: guests are
         * the older way to share a camera.
         *
         * Returns one guest of a camera.
         */
        get: operations["guests.get"];
        /**
         * Change the permissions of a guest
         * @deprecated
         *
         * Use spaces instead, in the Angelcam dashboard, and `spaces.getPermissions` to see what you may do there: guests are
         * the older way to share a camera.
         *
         * Changes what a guest may do.
         */
        put: operations["guests.update"];
        post?: never;
        /**
         * Remove a guest
         * @deprecated
         *
         * Use spaces instead, in the Angelcam dashboard, and `spaces.getPermissions` to see what you may do there: guests are
         * the older way to share a camera.
         *
         * Ends the sharing of a camera with one guest.
         */
        delete: operations["guests.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/recording/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the recording of a camera
         * @deprecated
         *
         * Use `recordings.get` instead, with an id from `cameras.recordings.list`: a camera can have several recordings, and
         * this operation cannot say which.
         *
         * Returns the state of the recording of a camera.
         */
        get: operations["cameras.recording.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/recording/timeline/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List footage of a camera
         * @deprecated
         *
         * Use `recordings.timeline` instead, with an id from `cameras.recordings.list`: a camera can have several recordings,
         * and this operation cannot say which.
         *
         * Returns the parts of a time range for which there is footage. A range has at most 24 hours.
         */
        get: operations["cameras.recording.timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/recording/stream/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Play footage of a camera
         * @deprecated
         *
         * Use `recordings.stream` instead, with an id from `cameras.recordings.list`: a camera can have several recordings,
         * and this operation cannot say which.
         *
         * Opens a playback of footage.
         */
        get: operations["cameras.recording.stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/recording/download/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download footage of a camera
         * @deprecated
         *
         * Use `recordings.download` instead, with an id from `cameras.recordings.list`: a camera can have several recordings,
         * and this operation cannot say which.
         *
         * Returns a link to one file with the footage of at most three hours. Holes are left out, so the file can be shorter
         * than the range.
         *
         * For a range without footage the link returns 404: check `cameras.recording.timeline` first.
         */
        get: operations["cameras.recording.download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/recording/start/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start the recording of a camera
         * @deprecated
         *
         * Use `recordings.start` instead, with an id from `cameras.recordings.list`: a camera can have several recordings, and
         * this operation cannot say which.
         *
         * Starts recording, for `duration` seconds or until it is stopped.
         */
        post: operations["cameras.recording.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cameras/{camera_id}/recording/stop/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop the recording of a camera
         * @deprecated
         *
         * Use `recordings.stop` instead, with an id from `cameras.recordings.list`: a camera can have several recordings, and
         * this operation cannot say which.
         *
         * Ends the recording.
         */
        post: operations["cameras.recording.stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shared-cameras/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List shared cameras
         * @deprecated
         *
         * Use `cameras.list` instead, in the space that the camera belongs to (`spaces.list`).
         *
         * Returns the cameras that other people share with you, page by page.
         */
        get: operations["sharedCameras.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shared-cameras/{camera_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a shared camera
         * @deprecated
         *
         * Use `cameras.get` instead, in the space that the camera belongs to (`spaces.list`).
         *
         * Returns one camera that is shared with you, with fresh links to its live streams.
         */
        get: operations["sharedCameras.get"];
        put?: never;
        post?: never;
        /**
         * Give up a shared camera
         * @deprecated
         *
         * Use spaces instead (`spaces.list`): they have no operation for this.
         *
         * Ends the sharing of a camera with you. The camera itself stays with its owner.
         */
        delete: operations["sharedCameras.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shared-cameras/{camera_id}/clips/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List clips of a shared camera
         * @deprecated
         *
         * Use `cameras.clips.list` instead, in the space that the camera belongs to (`spaces.list`).
         *
         * Returns the clips of a shared camera, page by page: your own, unless `created_by` is set.
         */
        get: operations["sharedCameras.clips.list"];
        put?: never;
        /**
         * Order a clip of a shared camera
         * @deprecated
         *
         * Use `cameras.clips.create` instead, in the space that the camera belongs to (`spaces.list`).
         *
         * Orders a clip of at most three hours. The response has the status `PENDING`: poll it until it is `READY` or `ERROR`.
         */
        post: operations["sharedCameras.clips.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shared-cameras/{camera_id}/clips/{clip_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a clip of a shared camera
         * @deprecated
         *
         * Use `cameras.clips.get` instead, in the space that the camera belongs to (`spaces.list`).
         *
         * Returns one clip of a shared camera.
         */
        get: operations["sharedCameras.clips.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shared-cameras/{camera_id}/clips/{clip_id}/stream/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Play a clip of a shared camera
         * @deprecated
         *
         * Use `cameras.clips.stream` instead, in the space that the camera belongs to (`spaces.list`).
         *
         * Opens a playback of a clip of a shared camera.
         */
        get: operations["sharedCameras.clips.stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shared-cameras/{camera_id}/recording/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the recording of a shared camera
         * @deprecated
         *
         * Use `recordings.get` instead, in the space that the camera belongs to (`spaces.list`).
         *
         * Returns the state of the recording of a shared camera.
         */
        get: operations["sharedCameras.recording.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shared-cameras/{camera_id}/recording/timeline/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List footage of a shared camera
         * @deprecated
         *
         * Use `recordings.timeline` instead, in the space that the camera belongs to (`spaces.list`).
         *
         * Returns the parts of a time range for which there is footage. A range has at most 24 hours.
         */
        get: operations["sharedCameras.recording.timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shared-cameras/{camera_id}/recording/stream/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Play footage of a shared camera
         * @deprecated
         *
         * Use `recordings.stream` instead, in the space that the camera belongs to (`spaces.list`).
         *
         * Opens a playback of footage of a shared camera.
         */
        get: operations["sharedCameras.recording.stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    incident: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An incident was opened, verified or closed
         *
         * Sent when a rule fires for a message about an incident. Undocumented: the message types that belong here, probably
         * `my_incident`, `shared_incident`, `open_incident_verification`, `verify_incident` and `close_incident`.
         */
        post: operations["webhooks.incident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    action: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An action of a person or of the system
         *
         * Sent when a rule fires for a message about an action. Undocumented: the message types that belong here, probably
         * `arming` and `trigger_action`.
         */
        post: operations["webhooks.action"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    cameraStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A camera went online or offline
         *
         * Sent when a rule fires for a message of type `camera_status_online` or `camera_status_offline`.
         */
        post: operations["webhooks.cameraStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    arrowClientStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An Arrow client went online or offline
         *
         * Sent when a rule fires for a message of type `arrow_status_online` or `arrow_status_offline`.
         */
        post: operations["webhooks.arrowClientStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        ClientId: ClientId;
        PasswordGrant: PasswordGrant;
        AuthorizationCodeGrant: AuthorizationCodeGrant;
        RefreshTokenGrant: RefreshTokenGrant;
        TokenRequest: TokenRequest;
        OAuthToken: OAuthToken;
        OAuthError: OAuthError;
        ApiError: ApiError;
        RevokeRequest: RevokeRequest;
        AvailableFeatures: AvailableFeatures;
        CurrentUser: CurrentUser;
        Stream: Stream;
        CameraBase: CameraBase;
        Snapshot: Snapshot;
        CameraApplication: CameraApplication;
        Camera: Camera;
        CameraList: CameraList;
        ValidationError: ValidationError;
        CameraUpdate: CameraUpdate;
        CameraCreate: CameraCreate;
        Event: Event;
        EventList: EventList;
        ArrowServiceId: ArrowServiceId;
        ArrowServiceSelector: ArrowServiceSelector;
        StreamDetectionRequest: StreamDetectionRequest;
        StreamDetectionSession: StreamDetectionSession;
        PreviewStream: PreviewStream;
        DetectedStreamPreview: DetectedStreamPreview;
        DetectedStream: DetectedStream;
        StreamDetectionResult: StreamDetectionResult;
        Broadcasting: Broadcasting;
        RecordingBase: RecordingBase;
        Recording: Recording;
        RecordingList: RecordingList;
        TimelineSegment: TimelineSegment;
        RecordingTimeline: RecordingTimeline;
        RecordingStreamControls: RecordingStreamControls;
        RecordingStream: RecordingStream;
        RecordingDownload: RecordingDownload;
        RecordingSnapshot: RecordingSnapshot;
        RecordingStreamPosition: RecordingStreamPosition;
        RecordingStreamSpeed: RecordingStreamSpeed;
        LegacyRecordingStreamPosition: LegacyRecordingStreamPosition;
        ClipBase: ClipBase;
        Clip: Clip;
        ClipList: ClipList;
        ClipSpan: ClipSpan;
        ClipCreate: ClipCreate;
        ClipShare: ClipShare;
        AngelCameraFirmware: AngelCameraFirmware;
        MacAddress: MacAddress;
        ArrowClientSummary: ArrowClientSummary;
        ArrowClientList: ArrowClientList;
        ArrowPairingRequest: ArrowPairingRequest;
        ArrowPairing: ArrowPairing;
        ArrowProxyAddresses: ArrowProxyAddresses;
        ArrowProxy: ArrowProxy;
        ArrowCapabilities: ArrowCapabilities;
        ArrowClient: ArrowClient;
        ServiceTableReset: ServiceTableReset;
        ArrowServiceBase: ArrowServiceBase;
        ArrowServiceFlags: ArrowServiceFlags;
        ArrowServiceHints: ArrowServiceHints;
        ArrowService: ArrowService;
        ArrowServiceList: ArrowServiceList;
        ArrowServiceInput: ArrowServiceInput;
        ArrowServiceCreated: ArrowServiceCreated;
        SpeakerBase: SpeakerBase;
        Speaker: Speaker;
        SpeakerList: SpeakerList;
        SpeakerInput: SpeakerInput;
        PlayRequest: PlayRequest;
        WebRtcSession: WebRtcSession;
        AudioMessage: AudioMessage;
        AudioMessageList: AudioMessageList;
        AudioMessageInput: AudioMessageInput;
        SensorBase: SensorBase;
        SensorType: SensorType;
        Sensor: Sensor;
        SensorList: SensorList;
        SensorSettings: SensorSettings;
        SensorInput: SensorInput;
        EventInput: EventInput;
        Space: Space;
        PermissionAssignment: PermissionAssignment;
        SpacePermissions: SpacePermissions;
        Location: Location;
        LocationList: LocationList;
        PublicCamera: PublicCamera;
        PublicCameraList: PublicCameraList;
        IncidentTtl: IncidentTtl;
        RtsSettings: RtsSettings;
        RtsSettingsInput: RtsSettingsInput;
        Incident: Incident;
        IncidentList: IncidentList;
        MessageType: MessageType;
        RtsMessage: RtsMessage;
        RtsMessageList: RtsMessageList;
        MarkAllReadResult: MarkAllReadResult;
        UnreadCount: UnreadCount;
        RtsMessageInput: RtsMessageInput;
        HttpNotificationMethodBase: HttpNotificationMethodBase;
        HttpNotificationMethod: HttpNotificationMethod;
        EmailNotificationMethodInput: EmailNotificationMethodInput;
        EmailNotificationMethod: EmailNotificationMethod;
        NotificationMethod: NotificationMethod;
        NotificationMethodList: NotificationMethodList;
        HttpNotificationMethodInput: HttpNotificationMethodInput;
        NotificationMethodInput: NotificationMethodInput;
        NotificationRuleBase: NotificationRuleBase;
        NotificationRule: NotificationRule;
        NotificationRuleList: NotificationRuleList;
        NotificationRuleInput: NotificationRuleInput;
        ServiceRef: ServiceRef;
        ServicePrice: ServicePrice;
        Service: Service;
        ServiceList: ServiceList;
        ServiceUsageDetail: ServiceUsageDetail;
        ActiveService: ActiveService;
        ActiveServiceList: ActiveServiceList;
        BillingPeriod: BillingPeriod;
        ActiveServiceInput: ActiveServiceInput;
        ActiveServiceChange: ActiveServiceChange;
        ActiveServiceUsage: ActiveServiceUsage;
        ActiveServiceUsageInput: ActiveServiceUsageInput;
        Order: Order;
        OrderList: OrderList;
        OrderItem: OrderItem;
        OrderItemList: OrderItemList;
        ClientProfile: ClientProfile;
        Client: Client;
        ClientList: ClientList;
        ClientChange: ClientChange;
        ClientInput: ClientInput;
        GuestPermissions: GuestPermissions;
        CameraGuest: CameraGuest;
        CameraGuestList: CameraGuestList;
        CameraGuestUpdate: CameraGuestUpdate;
        CameraGuestCreate: CameraGuestCreate;
        SharedCameraApplication: SharedCameraApplication;
        CameraOwner: CameraOwner;
        SharedCamera: SharedCamera;
        SharedCameraList: SharedCameraList;
        SharedCameraClip: SharedCameraClip;
        SharedCameraClipList: SharedCameraClipList;
        SharedCameraRecording: SharedCameraRecording;
        WebhookBase: WebhookBase;
        WebhookIncident: WebhookIncident;
        WebhookAction: WebhookAction;
        WebhookCameraStatus: WebhookCameraStatus;
        WebhookArrowClientStatus: WebhookArrowClientStatus;
    };
    responses: {
        /**
         * Too many requests: the account has used up its rate limit, by default 30 requests a minute and 1,000 an hour. Wait for
         * the number of seconds in `Retry-After` or, without that header, in `detail`. Without both, wait longer before each retry.
         *
         * The title is `throttled` or, in older responses, `rate_limited`: go by the status.
         */
        Throttled: {
            headers: {
                /**
                 * How long to wait before the next request, in seconds. Can be missing: then `detail` contains the number of seconds.
                 * @example 24
                 */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /**
         * A short outage. Retry after a moment. The title is `bad_gateway`, and `status` in the body can be 502: go by the HTTP
         * status.
         */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** The token is missing, wrong or expired. Get a new token and retry. */
        NotAuthenticated: {
            headers: {
                /**
                 * The authentication scheme that the server expects. Can be missing.
                 * @example Bearer realm="api"
                 */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** The token lacks the scope for this call, or the account lacks the permission. A retry or a refresh does not help. */
        PermissionDenied: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** A field is wrong. Nothing was changed. */
        InvalidCamera: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /** The space has no camera with this id, or the account may not see it. */
        CameraNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** There is no such camera, or broadcasting is off for it. */
        BroadcastingNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** There is no such camera, or cloud recording is off for it. */
        CameraRecordingNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** The recording. */
        RecordingRead: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": Recording;
            };
        };
        /** There is no such recording, or its service is off. */
        RecordingNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** The parts of the range that have footage. */
        TimelineRead: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": RecordingTimeline;
            };
        };
        /** The range is wrong, for example longer than 24 hours. */
        InvalidTimelineRange: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /** The playback, ready to be watched. */
        PlaybackOpened: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": RecordingStream;
            };
        };
        /** The range is wrong, for example because `start` is missing. */
        InvalidPlaybackRange: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /** A link to the file. */
        DownloadPrepared: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": RecordingDownload;
            };
        };
        /** The range is wrong, for example longer than three hours. */
        InvalidDownloadRange: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /** The moment is wrong. */
        InvalidSnapshotDatetime: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /** The streamer has no playback with this id. */
        RecordingStreamPositionNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** A parameter is wrong. */
        InvalidClipFilter: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /**
         * The clip cannot be made: it is longer than three hours, or there is no footage in its range. Here `detail` is always a
         * sentence, never a list of fields.
         */
        InvalidClip: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** There is no such camera, or it has no clip with this id. */
        ClipNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** The space has no Arrow client with this id, and none is being paired with it. */
        ArrowClientNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** Angelcam does not reach the Arrow client. Retry when its `status` is `online`. */
        ArrowClientUnreachable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** The Arrow client has no service with this id, or the space has no such Arrow client. */
        ArrowServiceNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** A parameter is wrong. */
        InvalidPage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /** A field is wrong or missing. Nothing was changed. */
        InvalidSpeaker: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /** The space has no speaker with this id. */
        SpeakerNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** A field is wrong or missing. Nothing was changed. */
        InvalidAudioMessage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /** A parameter is wrong. */
        InvalidParameter: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /** The space has no audio message with this id. */
        AudioMessageNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** A field is wrong or missing. Nothing was changed. */
        InvalidSensor: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /** The account has no sensor with this id. */
        SensorNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /**
         * The hash has reported more than ten events within a minute. Wait for the number of seconds in `Retry-After` or,
         * without that header, in `detail`. The event was not reported.
         */
        TooManyEvents: {
            headers: {
                /**
                 * How long to wait before the next request, in seconds. Can be missing: then `detail` contains the number of seconds.
                 * @example 24
                 */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** There is no space with this id, or the account does not belong to it. Undocumented: the body of the response. */
        SpaceNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** The space has no location with this id, or the account may not see it. */
        LocationNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** The lifetime is not one of the six values. Nothing was changed. */
        InvalidRtsSettings: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /** The space has no incident with this id, or the account may not see it. */
        IncidentNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** The account has no message with this id. */
        MessageNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** A field is wrong or missing. Nothing was changed. */
        InvalidNotificationMethod: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /** The account has no notification method with this id. */
        NotificationMethodNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** A field is wrong or missing. Nothing was changed. */
        InvalidNotificationRule: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /** The account has no rule with this id. */
        NotificationRuleNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** A parameter is wrong. */
        InvalidServiceType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /** A field is wrong or missing. Nothing was changed. */
        InvalidActiveService: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /** The account has bought no service with this id. */
        ActiveServiceNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** The account has no order with this id. */
        OrderNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** The account has no client account with this id. */
        ClientAccountNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** There is no such camera, or it has no guest with this id. */
        GuestNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiError;
            };
        };
        /** A parameter is wrong. */
        InvalidPictureSize: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ValidationError;
            };
        };
        /**
         * The webhook is accepted. Respond as soon as the signature is verified, and process it afterwards. Undocumented: which
         * statuses count as success; any 2xx is a safe choice. The response needs no body.
         */
        WebhookTaken: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /**
         * The signature is missing, wrong or too old, or it belongs to another body. Ignore the body. Undocumented: whether
         * Angelcam retries a rejected webhook.
         */
        WebhookRejected: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /**
         * The type of the grant; only `code` is supported.
         * @example code
         */
        ResponseType: "code";
        /**
         * The id of your client, from Angelcam.
         * @example DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo
         */
        OAuthClientId: ClientId;
        /**
         * Where the browser is redirected. It must be on your client's list at Angelcam.
         * @example https://app.example.com/angelcam/callback
         */
        RedirectUri: string;
        /**
         * The requested scopes, separated by spaces.
         * @example user_access camera_access
         */
        Scope: string;
        /**
         * An unguessable value, new for each sign-in. It is returned with the code and proves that the sign-in is yours.
         * @example kq7cFxk4pM1vZs9d
         */
        State: string;
        /**
         * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
         * Leave it out to work in the default space of the account.
         * @example 411
         */
        SpaceId: number;
        /**
         * The maximum number of items on a page. Undocumented: its own maximum.
         * @example 5
         */
        Limit: number;
        /**
         * How many items to skip before the page starts. The first item of the list has the offset 0.
         * @example 5
         */
        Offset: number;
        /**
         * Only the cameras with these ids. The ids are one value, separated by commas.
         * @example [
         *   20311,
         *   20340
         * ]
         */
        Ids: number[];
        /**
         * Only the cameras that carry at least one of these tags. The tags are one value, separated by commas, so a tag that
         * contains a comma cannot be used.
         * @example [
         *   "warehouse",
         *   "outdoor"
         * ]
         */
        Tags: string[];
        /**
         * Only the cameras at this location. Locations group the cameras of a space; they were called sites before.
         * @example 87
         */
        LocationId: number;
        /**
         * `1` for only the cameras that have guests, `0` for only those that have none. Undocumented: the values true and false.
         * @example 1
         */
        HasGuests: 1 | 0;
        /**
         * The frame rate of MJPEG streams, in frames per second. For example, 0.1 is one frame every ten seconds. Other formats
         * keep their own rate.
         */
        RefreshRate: number;
        /**
         * The maximum width of MJPEG streams and live snapshots, in pixels.
         * @example 640
         */
        MaxWidth: number;
        /**
         * The maximum height of MJPEG streams and live snapshots, in pixels.
         * @example 360
         */
        MaxHeight: number;
        /**
         * When the streams in the response end, in UTC, also for people who are watching. It does not change how long the links
         * work.
         * @example 2026-11-24T18:00:00Z
         */
        StreamExpiresAt: string | Date;
        /**
         * The id of the camera, from the list of cameras.
         * @example 20311
         */
        CameraId: number;
        /**
         * Only events from this moment on, in UTC.
         * @example 2026-11-23T08:00:00Z
         */
        EventsStart: string | Date;
        /**
         * Only events before this moment, in UTC.
         * @example 2026-11-24T08:00:00Z
         */
        EventsEnd: string | Date;
        /**
         * The id of the search, from `streamDetection.start`.
         * @example e2b7c4d9-3f60-4a15-9d8c-b1a05e6f7283
         */
        DetectionSessionId: string;
        /**
         * The id of the recording, from `cameras.recordings.list`.
         * @example 3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093
         */
        RecordingId: string;
        /**
         * The beginning of the range, in UTC.
         * @example 2026-11-23T08:00:00Z
         */
        TimelineStart: string | Date;
        /**
         * The end of the range, in UTC, at most 24 hours after the start.
         * @example 2026-11-24T08:00:00Z
         */
        TimelineEnd: string | Date;
        /**
         * The moment of the footage to begin with, in UTC.
         * @example 2026-11-24T07:30:00Z
         */
        PlaybackStart: string | Date;
        /**
         * The moment of the footage to end with, in UTC. Without it, the playback goes on to the end of the footage, and then
         * live while the camera records.
         * @example 2026-11-24T08:00:00Z
         */
        PlaybackEnd: string | Date;
        /**
         * The moment of the footage to begin with, in UTC.
         * @example 2026-11-24T06:00:00Z
         */
        DownloadStart: string | Date;
        /**
         * The moment of the footage to end with, in UTC, at most three hours after the start.
         * @example 2026-11-24T08:00:00Z
         */
        DownloadEnd: string | Date;
        /**
         * The name of the file, without an extension such as `.mp4`.
         * @example front-door-morning
         */
        DownloadFilename: string;
        /**
         * The moment of the footage, in UTC.
         * @example 2026-11-24T08:00:00Z
         */
        SnapshotDatetime: string | Date;
        /**
         * A moment some seconds ago, in UTC. The footage since then is kept too, as far as it is still buffered: by Angelcam, if
         * it is connected to the camera already, or by a camera with its own buffer (RTSP 2.0). Default: the time of the
         * request.
         * @example 2026-11-24T07:59:30Z
         */
        RecordFrom: string | Date;
        /**
         * When to stop, in UTC. Use this or `duration`, never both. Without both, the recording runs until it is stopped.
         * @example 2026-11-24T08:30:00Z
         */
        RecordUntil: string | Date;
        /**
         * How long to record, in seconds from the moment that Angelcam gets the request: 30 to 1800.
         * @example 300
         */
        RecordDuration: number;
        /**
         * The id of the playback: the part after `/recording/streams/` in the links of `stream_controls`. It is a secret,
         * because it is the only credential of the playback.
         * @example 5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13
         */
        RecordingStreamId: string;
        /**
         * The name of the streamer, from `stream_info`. In live responses it is a full host name.
         * @example e1-eu2.angelcam.com
         */
        StreamerName: string;
        /**
         * The id of the playback, from `stream_info`.
         * @example 5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13
         */
        StreamerId: string;
        /**
         * Only the clips of these users: their ids, separated by commas without blanks, or `*` for the clips of all users.
         * Default: your own clips.
         */
        CreatedBy: string;
        /**
         * The id of the clip, from the list of clips.
         * @example 0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506
         */
        ClipId: string;
        /**
         * The moment of the footage to begin with, in UTC. It must be within the clip.
         * @example 2026-11-24T07:58:00Z
         */
        ClipStreamStart: string | Date;
        /**
         * The id of the board of the AngelCamera.
         * @example 4be07d21c95f4a3e8c6612fd03b7a9d8
         */
        Board: string;
        /**
         * Only the Arrow clients on the device with this MAC address.
         * @example 5c:f2:86:4e:10:9a
         */
        MacAddress: MacAddress;
        /**
         * The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC
         * address; no other operation does.
         */
        ArrowClientId: string;
        /**
         * The id of the service, in hexadecimal digits, from the list of services.
         * @example 00c4
         */
        ArrowServiceId: ArrowServiceId;
        /**
         * The id of the speaker, from the list of speakers.
         * @example 71
         */
        SpeakerId: number;
        /**
         * The id of the audio message, from the list of audio messages.
         * @example 318
         */
        AudioMessageId: number;
        /**
         * The id of the sensor, from the list of sensors.
         * @example 954
         */
        SensorId: number;
        /**
         * The key of the camera or sensor: `event_api_hash` of the camera, or `hash` of the sensor. It replaces a token.
         * @example h4q0zr81vt
         */
        EventHash: string;
        /**
         * What happened, in a few words for people.
         * @example Back door open
         */
        EventTitle: string;
        /**
         * The id of the space, from the list of spaces.
         * @example 411
         */
        SpaceIdInPath: number;
        /**
         * The id of the location, from the list of locations.
         * @example 87
         */
        LocationIdInPath: number;
        /**
         * `1` for only the cameras that are online, `0` for only those that are not. The filter lags by up to ten minutes.
         * @example 1
         */
        Online: 1 | 0;
        /**
         * The id of the camera, from the list of public cameras.
         * @example 30418
         */
        PublicCameraId: number;
        /**
         * The location to arm or disarm. Undocumented: without it, the whole space is probably meant.
         * @example 87
         */
        ArmingLocationId: number;
        /**
         * The delay before it takes effect, in seconds. Default: none.
         * @example 30
         */
        ArmingDelay: number;
        /**
         * Only incidents from this time on, in UTC.
         * @example 2026-11-23T00:00:00Z
         */
        IncidentStart: string | Date;
        /**
         * Only incidents up to this time, in UTC.
         * @example 2026-11-24T08:00:00Z
         */
        IncidentEnd: string | Date;
        /**
         * By the time when they were opened, `desc` for the newest first, `asc` for the oldest first.
         * @example asc
         */
        IncidentOrdering: "asc" | "desc";
        /**
         * The id of the incident, from the list of incidents.
         * @example 90417
         */
        IncidentId: number;
        /**
         * The cursor of the page: the value of `next=` in the `next` link of the previous page. Default: the first page.
         * @example cD01MTIwODc3
         */
        MessageCursor: string;
        /**
         * The id of the message, from the list of messages.
         * @example 5120931
         */
        MessageId: number;
        /**
         * The id of the notification method, from the list of notification methods.
         * @example 302
         */
        NotificationMethodId: number;
        /**
         * The id of the rule, from the list of notification rules.
         * @example 403
         */
        NotificationRuleId: number;
        /**
         * Only services of this type, such as `cloud-recording` or `broadcasting`. Undocumented: the possible values, probably
         * those of `type` in a service.
         * @example cloud-recording
         */
        ServiceType: string;
        /**
         * The id of the bought service, from the list of bought services.
         * @example 7701
         */
        ActiveServiceId: number;
        /**
         * Only orders in this state. Orders themselves do not contain it. Undocumented: the exact meaning of the states.
         *
         * - `purchase`: in the cart.
         * - `unpaid`: to be paid.
         * - `pending-payment`: the payment is under way.
         * - `canceled`: canceled.
         * - `paid`: paid.
         * @example unpaid
         */
        OrderState: "purchase" | "unpaid" | "pending-payment" | "canceled" | "paid";
        /**
         * The id of the order, from the list of orders.
         * @example 880142
         */
        OrderId: number;
        /**
         * The id of the client account, from the list of client accounts.
         * @example 6021
         */
        ClientAccountId: number;
        /**
         * The id of the guest, from the list of guests.
         * @example 5302
         */
        GuestId: number;
        /**
         * The id of the camera, from the list of shared cameras.
         * @example 17204
         */
        SharedCameraId: number;
        /**
         * Proof that Angelcam sent this body a moment ago: a JSON Web Token, signed with the `signature_private_key` of the
         * notification method. Its claims are `iat`, `nbf`, `exp`, `ver` and `csm`. [Webhooks](#tag/webhooks) describes how to
         * verify it.
         * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3OTU1MDYwNzUsIm5iZiI6MTc5NTUwNjAxNSwiZXhwIjoxNzk1NTA2MTk1LCJ2ZXIiOjEsImNzbSI6ImRLZFlDS21CY01OVmpGTTFXV1RGcXVGRlR4UlBnTDc3MUhodkxSc0FyZmc9In0.uPv7gQU-w-qNQGaPXETz2RyG4hbD3UUXQ4X3sVXePH4
         */
        WebhookSignature: string;
    };
    requestBodies: never;
    headers: {
        /**
         * How long to wait before the next request, in seconds. Can be missing: then `detail` contains the number of seconds.
         * @example 24
         */
        RetryAfter: number;
        /**
         * Your redirect address with `code` and `state`.
         * @example https://app.example.com/angelcam/callback?code=4fTzFCWsn4CI0VN8IFN8WWKUnBEbbX&state=kq7cFxk4pM1vZs9d
         */
        Location: string;
        /**
         * The authentication scheme that the server expects. Can be missing.
         * @example Bearer realm="api"
         */
        WwwAuthenticate: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "oauth.createToken": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The credentials, as a form. `multipart/form-data` works too. */
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": TokenRequest;
                "multipart/form-data": TokenRequest;
            };
        };
        responses: {
            /** The tokens. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": OAuthToken;
                };
            };
            /**
             * The request or the credentials were rejected. After `invalid_grant` the credentials cannot be used again: sign
             * in again.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": OAuthError;
                };
            };
            /** The client was rejected, for any user. Check the client id and the client secret. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": OAuthError;
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
        /** The token and the client that it belongs to. */
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": RevokeRequest;
            };
        };
        responses: {
            /** The token is revoked. The response has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** The request was rejected. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": OAuthError;
                };
            };
            /** The client was rejected. Check the client id and the client secret. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": OAuthError;
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
                 * The type of the grant; only `code` is supported.
                 * @example code
                 */
                response_type: components["parameters"]["ResponseType"];
                /**
                 * The id of your client, from Angelcam.
                 * @example DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo
                 */
                client_id: components["parameters"]["OAuthClientId"];
                /**
                 * Where the browser is redirected. It must be on your client's list at Angelcam.
                 * @example https://app.example.com/angelcam/callback
                 */
                redirect_uri: components["parameters"]["RedirectUri"];
                /**
                 * The requested scopes, separated by spaces.
                 * @example user_access camera_access
                 */
                scope: components["parameters"]["Scope"];
                /**
                 * An unguessable value, new for each sign-in. It is returned with the code and proves that the sign-in is yours.
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
            /** The redirect to your redirect address, with `code` and `state` in its query. */
            302: {
                headers: {
                    /**
                     * Your redirect address with `code` and `state`.
                     * @example https://app.example.com/angelcam/callback?code=4fTzFCWsn4CI0VN8IFN8WWKUnBEbbX&state=kq7cFxk4pM1vZs9d
                     */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * The page cannot be shown: the redirect address is not on your client's list, or a parameter is missing. The
             * response is a page for the user.
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
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": CurrentUser;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "me.delete": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The account is gone. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
                 * The maximum number of items on a page. Undocumented: its own maximum.
                 * @example 5
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * How many items to skip before the page starts. The first item of the list has the offset 0.
                 * @example 5
                 */
                offset?: components["parameters"]["Offset"];
                /**
                 * Only the cameras with these ids. The ids are one value, separated by commas.
                 * @example [
                 *   20311,
                 *   20340
                 * ]
                 */
                ids?: components["parameters"]["Ids"];
                /**
                 * Only the cameras that carry at least one of these tags. The tags are one value, separated by commas, so a tag that
                 * contains a comma cannot be used.
                 * @example [
                 *   "warehouse",
                 *   "outdoor"
                 * ]
                 */
                tags?: components["parameters"]["Tags"];
                /**
                 * Only the cameras at this location. Locations group the cameras of a space; they were called sites before.
                 * @example 87
                 */
                location_id?: components["parameters"]["LocationId"];
                /**
                 * `1` for only the cameras that have guests, `0` for only those that have none. Undocumented: the values true and false.
                 * @example 1
                 */
                has_guests?: components["parameters"]["HasGuests"];
                /**
                 * The frame rate of MJPEG streams, in frames per second. For example, 0.1 is one frame every ten seconds. Other formats
                 * keep their own rate.
                 */
                refresh_rate?: components["parameters"]["RefreshRate"];
                /**
                 * The maximum width of MJPEG streams and live snapshots, in pixels.
                 * @example 640
                 */
                max_width?: components["parameters"]["MaxWidth"];
                /**
                 * The maximum height of MJPEG streams and live snapshots, in pixels.
                 * @example 360
                 */
                max_height?: components["parameters"]["MaxHeight"];
                /**
                 * When the streams in the response end, in UTC, also for people who are watching. It does not change how long the links
                 * work.
                 * @example 2026-11-24T18:00:00Z
                 */
                stream_expires_at?: components["parameters"]["StreamExpiresAt"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of cameras. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": CameraList;
                };
            };
            /** A parameter is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        /** The camera. */
        requestBody: {
            content: {
                "application/json": CameraCreate;
            };
        };
        responses: {
            /** The camera, connected. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Camera;
                };
            };
            400: components["responses"]["InvalidCamera"];
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
                 * The frame rate of MJPEG streams, in frames per second. For example, 0.1 is one frame every ten seconds. Other formats
                 * keep their own rate.
                 */
                refresh_rate?: components["parameters"]["RefreshRate"];
                /**
                 * The maximum width of MJPEG streams and live snapshots, in pixels.
                 * @example 640
                 */
                max_width?: components["parameters"]["MaxWidth"];
                /**
                 * The maximum height of MJPEG streams and live snapshots, in pixels.
                 * @example 360
                 */
                max_height?: components["parameters"]["MaxHeight"];
                /**
                 * When the streams in the response end, in UTC, also for people who are watching. It does not change how long the links
                 * work.
                 * @example 2026-11-24T18:00:00Z
                 */
                stream_expires_at?: components["parameters"]["StreamExpiresAt"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The camera. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Camera;
                };
            };
            /** A parameter is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        /** The fields to change. */
        requestBody: {
            content: {
                "application/json": CameraUpdate;
            };
        };
        responses: {
            /** The camera after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Camera;
                };
            };
            400: components["responses"]["InvalidCamera"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.delete": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The camera is gone. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.events.list": {
        parameters: {
            query?: {
                /**
                 * Only events from this moment on, in UTC.
                 * @example 2026-11-23T08:00:00Z
                 */
                start?: components["parameters"]["EventsStart"];
                /**
                 * Only events before this moment, in UTC.
                 * @example 2026-11-24T08:00:00Z
                 */
                end?: components["parameters"]["EventsEnd"];
                /**
                 * The maximum number of items on a page. Undocumented: its own maximum.
                 * @example 5
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": EventList;
                };
            };
            /** A parameter is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "streamDetection.start": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        /** Where to look. */
        requestBody: {
            content: {
                "application/json": StreamDetectionRequest;
            };
        };
        responses: {
            /** The search has begun. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": StreamDetectionSession;
                };
            };
            /** A field is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "streamDetection.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the search, from `streamDetection.start`.
                 * @example e2b7c4d9-3f60-4a15-9d8c-b1a05e6f7283
                 */
                session_id: components["parameters"]["DetectionSessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The state of the search. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": StreamDetectionResult;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "broadcasting.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The broadcast. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Broadcasting;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["BroadcastingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "broadcasting.start": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The camera is broadcast. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["BroadcastingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "broadcasting.stop": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The camera is no longer public. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["BroadcastingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.recordings.list": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of recordings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": RecordingList;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraRecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "recordings.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the recording, from `cameras.recordings.list`.
                 * @example 3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093
                 */
                recording_id: components["parameters"]["RecordingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["RecordingRead"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["RecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "recordings.timeline": {
        parameters: {
            query: {
                /**
                 * The beginning of the range, in UTC.
                 * @example 2026-11-23T08:00:00Z
                 */
                start: components["parameters"]["TimelineStart"];
                /**
                 * The end of the range, in UTC, at most 24 hours after the start.
                 * @example 2026-11-24T08:00:00Z
                 */
                end: components["parameters"]["TimelineEnd"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the recording, from `cameras.recordings.list`.
                 * @example 3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093
                 */
                recording_id: components["parameters"]["RecordingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["TimelineRead"];
            400: components["responses"]["InvalidTimelineRange"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["RecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "recordings.stream": {
        parameters: {
            query: {
                /**
                 * The moment of the footage to begin with, in UTC.
                 * @example 2026-11-24T07:30:00Z
                 */
                start: components["parameters"]["PlaybackStart"];
                /**
                 * The moment of the footage to end with, in UTC. Without it, the playback goes on to the end of the footage, and then
                 * live while the camera records.
                 * @example 2026-11-24T08:00:00Z
                 */
                end?: components["parameters"]["PlaybackEnd"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the recording, from `cameras.recordings.list`.
                 * @example 3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093
                 */
                recording_id: components["parameters"]["RecordingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["PlaybackOpened"];
            400: components["responses"]["InvalidPlaybackRange"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["RecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "recordings.download": {
        parameters: {
            query: {
                /**
                 * The moment of the footage to begin with, in UTC.
                 * @example 2026-11-24T06:00:00Z
                 */
                start: components["parameters"]["DownloadStart"];
                /**
                 * The moment of the footage to end with, in UTC, at most three hours after the start.
                 * @example 2026-11-24T08:00:00Z
                 */
                end: components["parameters"]["DownloadEnd"];
                /**
                 * The name of the file, without an extension such as `.mp4`.
                 * @example front-door-morning
                 */
                filename?: components["parameters"]["DownloadFilename"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the recording, from `cameras.recordings.list`.
                 * @example 3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093
                 */
                recording_id: components["parameters"]["RecordingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["DownloadPrepared"];
            400: components["responses"]["InvalidDownloadRange"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["RecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "recordings.snapshot": {
        parameters: {
            query: {
                /**
                 * The moment of the footage, in UTC.
                 * @example 2026-11-24T08:00:00Z
                 */
                datetime: components["parameters"]["SnapshotDatetime"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the recording, from `cameras.recordings.list`.
                 * @example 3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093
                 */
                recording_id: components["parameters"]["RecordingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** A link to the picture. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": RecordingSnapshot;
                };
            };
            400: components["responses"]["InvalidSnapshotDatetime"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["RecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "recordings.start": {
        parameters: {
            query?: {
                /**
                 * A moment some seconds ago, in UTC. The footage since then is kept too, as far as it is still buffered: by Angelcam, if
                 * it is connected to the camera already, or by a camera with its own buffer (RTSP 2.0). Default: the time of the
                 * request.
                 * @example 2026-11-24T07:59:30Z
                 */
                start_from?: components["parameters"]["RecordFrom"];
                /**
                 * When to stop, in UTC. Use this or `duration`, never both. Without both, the recording runs until it is stopped.
                 * @example 2026-11-24T08:30:00Z
                 */
                stop_at?: components["parameters"]["RecordUntil"];
                /**
                 * How long to record, in seconds from the moment that Angelcam gets the request: 30 to 1800.
                 * @example 300
                 */
                duration?: components["parameters"]["RecordDuration"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the recording, from `cameras.recordings.list`.
                 * @example 3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093
                 */
                recording_id: components["parameters"]["RecordingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The recording starts. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["RecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "recordings.stop": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the recording, from `cameras.recordings.list`.
                 * @example 3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093
                 */
                recording_id: components["parameters"]["RecordingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The recording stops. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["RecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "recordingStreams.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * The id of the playback: the part after `/recording/streams/` in the links of `stream_controls`. It is a secret,
                 * because it is the only credential of the playback.
                 * @example 5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13
                 */
                stream_id: components["parameters"]["RecordingStreamId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The position and the speed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": RecordingStreamPosition;
                };
            };
            /** The streamer has no playback with this id. The response has no body. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "recordingStreams.play": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * The id of the playback: the part after `/recording/streams/` in the links of `stream_controls`. It is a secret,
                 * because it is the only credential of the playback.
                 * @example 5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13
                 */
                stream_id: components["parameters"]["RecordingStreamId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The playback is running. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** The streamer has no playback with this id. The response has no body. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "recordingStreams.pause": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * The id of the playback: the part after `/recording/streams/` in the links of `stream_controls`. It is a secret,
                 * because it is the only credential of the playback.
                 * @example 5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13
                 */
                stream_id: components["parameters"]["RecordingStreamId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The playback is paused. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** The streamer has no playback with this id. The response has no body. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "recordingStreams.setSpeed": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * The id of the playback: the part after `/recording/streams/` in the links of `stream_controls`. It is a secret,
                 * because it is the only credential of the playback.
                 * @example 5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13
                 */
                stream_id: components["parameters"]["RecordingStreamId"];
            };
            cookie?: never;
        };
        /** The speed. */
        requestBody: {
            content: {
                "application/json": RecordingStreamSpeed;
            };
        };
        responses: {
            /** The speed is set. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** The speed is not one of those values. The response has no body. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** The streamer has no playback with this id. The response has no body. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "recordingStreams.getLegacyPosition": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The name of the streamer, from `stream_info`. In live responses it is a full host name.
                 * @example e1-eu2.angelcam.com
                 */
                streamer_name: components["parameters"]["StreamerName"];
                /**
                 * The id of the playback, from `stream_info`.
                 * @example 5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13
                 */
                streamer_id: components["parameters"]["StreamerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The position. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": LegacyRecordingStreamPosition;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["RecordingStreamPositionNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.clips.list": {
        parameters: {
            query?: {
                /**
                 * Only the clips of these users: their ids, separated by commas without blanks, or `*` for the clips of all users.
                 * Default: your own clips.
                 */
                created_by?: components["parameters"]["CreatedBy"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of clips. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ClipList;
                };
            };
            400: components["responses"]["InvalidClipFilter"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.clips.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        /** The time range and the name of the clip. */
        requestBody: {
            content: {
                "application/json": ClipCreate;
            };
        };
        responses: {
            /** The clip, ordered. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Clip;
                };
            };
            400: components["responses"]["InvalidClip"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.clips.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
                /**
                 * The id of the clip, from the list of clips.
                 * @example 0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506
                 */
                clip_id: components["parameters"]["ClipId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The clip. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Clip;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ClipNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.clips.share": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
                /**
                 * The id of the clip, from the list of clips.
                 * @example 0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506
                 */
                clip_id: components["parameters"]["ClipId"];
            };
            cookie?: never;
        };
        /** The recipient of the clip. */
        requestBody: {
            content: {
                "application/json": ClipShare;
            };
        };
        responses: {
            /** The e-mail is on its way. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ClipNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.clips.stream": {
        parameters: {
            query: {
                /**
                 * The moment of the footage to begin with, in UTC. It must be within the clip.
                 * @example 2026-11-24T07:58:00Z
                 */
                start: components["parameters"]["ClipStreamStart"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
                /**
                 * The id of the clip, from the list of clips.
                 * @example 0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506
                 */
                clip_id: components["parameters"]["ClipId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["PlaybackOpened"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ClipNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "angelCamera.getLatestFirmware": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the board of the AngelCamera.
                 * @example 4be07d21c95f4a3e8c6612fd03b7a9d8
                 */
                board: components["parameters"]["Board"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The firmware. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": AngelCameraFirmware;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            /** There is no AngelCamera with this board. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ApiError;
                };
            };
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "arrowClients.list": {
        parameters: {
            query?: {
                /**
                 * Only the Arrow clients on the device with this MAC address.
                 * @example 5c:f2:86:4e:10:9a
                 */
                mac?: components["parameters"]["MacAddress"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of Arrow clients. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ArrowClientList;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "arrowClients.pair": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        /** The device, by its UUID, its AngelBox id or its MAC address. */
        requestBody: {
            content: {
                "application/json": ArrowPairingRequest;
            };
        };
        responses: {
            /** The id to poll the pairing by. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ArrowPairing;
                };
            };
            /** A field is wrong, or there is no id of a device. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            /** The device is unknown. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ApiError;
                };
            };
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "arrowClients.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC
                 * address; no other operation does.
                 */
                arrow_client_id: components["parameters"]["ArrowClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The Arrow client. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ArrowClient;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ArrowClientNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "arrowClients.unpair": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC
                 * address; no other operation does.
                 */
                arrow_client_id: components["parameters"]["ArrowClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The Arrow client is unpaired. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ArrowClientNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "arrowClients.resetServiceTable": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC
                 * address; no other operation does.
                 */
                arrow_client_id: components["parameters"]["ArrowClientId"];
            };
            cookie?: never;
        };
        /** The services to remove. It may be left out. */
        requestBody?: {
            content: {
                "application/json": ServiceTableReset;
            };
        };
        responses: {
            /** The services are removed. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ArrowClientNotFound"];
            429: components["responses"]["Throttled"];
            502: components["responses"]["ArrowClientUnreachable"];
            503: components["responses"]["Unavailable"];
        };
    };
    "arrowClients.scanNetwork": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC
                 * address; no other operation does.
                 */
                arrow_client_id: components["parameters"]["ArrowClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The scan has begun. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ArrowClientNotFound"];
            429: components["responses"]["Throttled"];
            502: components["responses"]["ArrowClientUnreachable"];
            503: components["responses"]["Unavailable"];
        };
    };
    "arrowClients.services.list": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC
                 * address; no other operation does.
                 */
                arrow_client_id: components["parameters"]["ArrowClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of services. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ArrowServiceList;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ArrowClientNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "arrowClients.services.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC
                 * address; no other operation does.
                 */
                arrow_client_id: components["parameters"]["ArrowClientId"];
            };
            cookie?: never;
        };
        /** Where the service listens. */
        requestBody: {
            content: {
                "application/json": ArrowServiceInput;
            };
        };
        responses: {
            /** The service is added. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ArrowServiceCreated;
                };
            };
            /** A field is wrong or missing, or the address is outside the network of the Arrow client. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ArrowClientNotFound"];
            /** The Arrow client does not have the capability `add_custom_service`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ApiError;
                };
            };
            429: components["responses"]["Throttled"];
            502: components["responses"]["ArrowClientUnreachable"];
            503: components["responses"]["Unavailable"];
        };
    };
    "arrowClients.services.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC
                 * address; no other operation does.
                 */
                arrow_client_id: components["parameters"]["ArrowClientId"];
                /**
                 * The id of the service, in hexadecimal digits, from the list of services.
                 * @example 00c4
                 */
                service_id: components["parameters"]["ArrowServiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The service. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ArrowService;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ArrowServiceNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "arrowClients.services.delete": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The UUID of the Arrow client. While a pairing by MAC address is under way, `arrowClients.get` also takes the MAC
                 * address; no other operation does.
                 */
                arrow_client_id: components["parameters"]["ArrowClientId"];
                /**
                 * The id of the service, in hexadecimal digits, from the list of services.
                 * @example 00c4
                 */
                service_id: components["parameters"]["ArrowServiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The service is deleted. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ArrowServiceNotFound"];
            429: components["responses"]["Throttled"];
            502: components["responses"]["ArrowClientUnreachable"];
            503: components["responses"]["Unavailable"];
        };
    };
    "speakers.list": {
        parameters: {
            query?: {
                /**
                 * The maximum number of items on a page. Undocumented: its own maximum.
                 * @example 5
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * How many items to skip before the page starts. The first item of the list has the offset 0.
                 * @example 5
                 */
                offset?: components["parameters"]["Offset"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of speakers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SpeakerList;
                };
            };
            400: components["responses"]["InvalidPage"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "speakers.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        /** The settings of the speaker. */
        requestBody: {
            content: {
                "application/json": SpeakerInput;
            };
        };
        responses: {
            /** The new speaker, without its password. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Speaker;
                };
            };
            400: components["responses"]["InvalidSpeaker"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "speakers.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the speaker, from the list of speakers.
                 * @example 71
                 */
                speaker_id: components["parameters"]["SpeakerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The speaker. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Speaker;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["SpeakerNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "speakers.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the speaker, from the list of speakers.
                 * @example 71
                 */
                speaker_id: components["parameters"]["SpeakerId"];
            };
            cookie?: never;
        };
        /** The settings of the speaker. */
        requestBody: {
            content: {
                "application/json": SpeakerInput;
            };
        };
        responses: {
            /** The speaker as it is now, without its password. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Speaker;
                };
            };
            400: components["responses"]["InvalidSpeaker"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["SpeakerNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "speakers.play": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the speaker, from the list of speakers.
                 * @example 71
                 */
                speaker_id: components["parameters"]["SpeakerId"];
            };
            cookie?: never;
        };
        /** What to play. Leave it out for a live session. */
        requestBody?: {
            content: {
                "application/json": PlayRequest;
            };
        };
        responses: {
            /** The request had no audio message. The link opens a live session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": WebRtcSession;
                };
            };
            /** The audio message plays. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["SpeakerNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "speakers.stop": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the speaker, from the list of speakers.
                 * @example 71
                 */
                speaker_id: components["parameters"]["SpeakerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The speaker is silent. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["SpeakerNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "speakers.test": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the speaker, from the list of speakers.
                 * @example 71
                 */
                speaker_id: components["parameters"]["SpeakerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The speaker can be reached. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** The speaker cannot be reached, or a parameter is wrong. `detail` says why. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["SpeakerNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "audioMessages.list": {
        parameters: {
            query?: {
                /**
                 * The maximum number of items on a page. Undocumented: its own maximum.
                 * @example 5
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * How many items to skip before the page starts. The first item of the list has the offset 0.
                 * @example 5
                 */
                offset?: components["parameters"]["Offset"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of audio messages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": AudioMessageList;
                };
            };
            400: components["responses"]["InvalidPage"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "audioMessages.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        /** The name and the sound. */
        requestBody: {
            content: {
                "application/json": AudioMessageInput;
            };
        };
        responses: {
            /** The new audio message. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": AudioMessage;
                };
            };
            400: components["responses"]["InvalidAudioMessage"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "audioMessages.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the audio message, from the list of audio messages.
                 * @example 318
                 */
                message_id: components["parameters"]["AudioMessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The audio message. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": AudioMessage;
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["AudioMessageNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "audioMessages.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the audio message, from the list of audio messages.
                 * @example 318
                 */
                message_id: components["parameters"]["AudioMessageId"];
            };
            cookie?: never;
        };
        /** The name and the sound. */
        requestBody: {
            content: {
                "application/json": AudioMessageInput;
            };
        };
        responses: {
            /** The audio message as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": AudioMessage;
                };
            };
            400: components["responses"]["InvalidAudioMessage"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["AudioMessageNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sensors.list": {
        parameters: {
            query?: {
                /**
                 * The maximum number of items on a page. Undocumented: its own maximum.
                 * @example 5
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * How many items to skip before the page starts. The first item of the list has the offset 0.
                 * @example 5
                 */
                offset?: components["parameters"]["Offset"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of sensors. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SensorList;
                };
            };
            400: components["responses"]["InvalidPage"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sensors.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        /** The settings of the sensor. */
        requestBody: {
            content: {
                "application/json": SensorInput;
            };
        };
        responses: {
            /** The new sensor. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Sensor;
                };
            };
            400: components["responses"]["InvalidSensor"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sensors.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the sensor, from the list of sensors.
                 * @example 954
                 */
                sensor_id: components["parameters"]["SensorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The sensor. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Sensor;
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["SensorNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sensors.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the sensor, from the list of sensors.
                 * @example 954
                 */
                sensor_id: components["parameters"]["SensorId"];
            };
            cookie?: never;
        };
        /** The settings to change. */
        requestBody: {
            content: {
                "application/json": SensorSettings;
            };
        };
        responses: {
            /** The sensor as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Sensor;
                };
            };
            400: components["responses"]["InvalidSensor"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["SensorNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sensors.delete": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the sensor, from the list of sensors.
                 * @example 954
                 */
                sensor_id: components["parameters"]["SensorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The sensor is deleted. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["SensorNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "events.createByGet": {
        parameters: {
            query: {
                /**
                 * The key of the camera or sensor: `event_api_hash` of the camera, or `hash` of the sensor. It replaces a token.
                 * @example h4q0zr81vt
                 */
                hash: components["parameters"]["EventHash"];
                /**
                 * What happened, in a few words for people.
                 * @example Back door open
                 */
                title?: components["parameters"]["EventTitle"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The event as Angelcam has received it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Event;
                };
            };
            /** The hash is unknown, or the request is wrong in another way. Nothing was reported. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ApiError;
                };
            };
            429: components["responses"]["TooManyEvents"];
            503: components["responses"]["Unavailable"];
        };
    };
    "events.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The event. */
        requestBody: {
            content: {
                "application/json": EventInput;
            };
        };
        responses: {
            /** The event as Angelcam has received it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Event;
                };
            };
            /** The hash is unknown, or the request is wrong in another way. Nothing was reported. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ApiError;
                };
            };
            429: components["responses"]["TooManyEvents"];
            503: components["responses"]["Unavailable"];
        };
    };
    "spaces.list": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The spaces. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Space[];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "spaces.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the space, from the list of spaces.
                 * @example 411
                 */
                space_id: components["parameters"]["SpaceIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The space. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Space;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["SpaceNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "spaces.getPermissions": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the space, from the list of spaces.
                 * @example 411
                 */
                space_id: components["parameters"]["SpaceIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The permissions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SpacePermissions;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["SpaceNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "locations.list": {
        parameters: {
            query?: {
                /**
                 * The maximum number of items on a page. Undocumented: its own maximum.
                 * @example 5
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * How many items to skip before the page starts. The first item of the list has the offset 0.
                 * @example 5
                 */
                offset?: components["parameters"]["Offset"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of locations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": LocationList;
                };
            };
            400: components["responses"]["InvalidPage"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "locations.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the location, from the list of locations.
                 * @example 87
                 */
                location_id: components["parameters"]["LocationIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The location. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Location;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["LocationNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "publicCameras.list": {
        parameters: {
            query?: {
                /**
                 * The maximum number of items on a page. Undocumented: its own maximum.
                 * @example 5
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * How many items to skip before the page starts. The first item of the list has the offset 0.
                 * @example 5
                 */
                offset?: components["parameters"]["Offset"];
                /**
                 * `1` for only the cameras that are online, `0` for only those that are not. The filter lags by up to ten minutes.
                 * @example 1
                 */
                online?: components["parameters"]["Online"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of public cameras. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": PublicCameraList;
                };
            };
            /** A parameter is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "publicCameras.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of public cameras.
                 * @example 30418
                 */
                camera_id: components["parameters"]["PublicCameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The public camera. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": PublicCamera;
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            /** There is no public camera with this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ApiError;
                };
            };
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.settings.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The settings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": RtsSettings;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.settings.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        /** The settings to change. */
        requestBody: {
            content: {
                "application/json": RtsSettingsInput;
            };
        };
        responses: {
            /** The settings as they are now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": RtsSettings;
                };
            };
            400: components["responses"]["InvalidRtsSettings"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.arm": {
        parameters: {
            query?: {
                /**
                 * The location to arm or disarm. Undocumented: without it, the whole space is probably meant.
                 * @example 87
                 */
                location_id?: components["parameters"]["ArmingLocationId"];
                /**
                 * The delay before it takes effect, in seconds. Default: none.
                 * @example 30
                 */
                delay?: components["parameters"]["ArmingDelay"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** It is armed, or will be after the delay. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.disarm": {
        parameters: {
            query?: {
                /**
                 * The location to arm or disarm. Undocumented: without it, the whole space is probably meant.
                 * @example 87
                 */
                location_id?: components["parameters"]["ArmingLocationId"];
                /**
                 * The delay before it takes effect, in seconds. Default: none.
                 * @example 30
                 */
                delay?: components["parameters"]["ArmingDelay"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** It is disarmed, or will be after the delay. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.incidents.list": {
        parameters: {
            query?: {
                /**
                 * The maximum number of items on a page. Undocumented: its own maximum.
                 * @example 5
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * How many items to skip before the page starts. The first item of the list has the offset 0.
                 * @example 5
                 */
                offset?: components["parameters"]["Offset"];
                /**
                 * Only incidents from this time on, in UTC.
                 * @example 2026-11-23T00:00:00Z
                 */
                start?: components["parameters"]["IncidentStart"];
                /**
                 * Only incidents up to this time, in UTC.
                 * @example 2026-11-24T08:00:00Z
                 */
                end?: components["parameters"]["IncidentEnd"];
                /**
                 * By the time when they were opened, `desc` for the newest first, `asc` for the oldest first.
                 * @example asc
                 */
                ordering?: components["parameters"]["IncidentOrdering"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of incidents. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": IncidentList;
                };
            };
            /** A parameter is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            /** The list was not found. Undocumented: when that happens. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ApiError;
                };
            };
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.incidents.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the incident, from the list of incidents.
                 * @example 90417
                 */
                incident_id: components["parameters"]["IncidentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The incident. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Incident;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["IncidentNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.messages.list": {
        parameters: {
            query?: {
                /**
                 * The maximum number of items on a page. Undocumented: its own maximum.
                 * @example 5
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * The cursor of the page: the value of `next=` in the `next` link of the previous page. Default: the first page.
                 * @example cD01MTIwODc3
                 */
                next?: components["parameters"]["MessageCursor"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of messages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": RtsMessageList;
                };
            };
            /** A parameter is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            /** The list was not found. Undocumented: when that happens. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ApiError;
                };
            };
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.messages.markAllRead": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** How many messages were marked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": MarkAllReadResult;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.messages.countUnread": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The number of unread messages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": UnreadCount;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.messages.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the message, from the list of messages.
                 * @example 5120931
                 */
                message_id: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The message. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": RtsMessage;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["MessageNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.messages.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the message, from the list of messages.
                 * @example 5120931
                 */
                message_id: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        /** The mark. */
        requestBody: {
            content: {
                "application/json": RtsMessageInput;
            };
        };
        responses: {
            /** The message as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": RtsMessage;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["MessageNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.notifications.methods.list": {
        parameters: {
            query?: {
                /**
                 * The maximum number of items on a page. Undocumented: its own maximum.
                 * @example 5
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * How many items to skip before the page starts. The first item of the list has the offset 0.
                 * @example 5
                 */
                offset?: components["parameters"]["Offset"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of notification methods. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": NotificationMethodList;
                };
            };
            400: components["responses"]["InvalidPage"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.notifications.methods.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        /** The method to add. */
        requestBody: {
            content: {
                "application/json": NotificationMethodInput;
            };
        };
        responses: {
            /** The new method. The status is 200 here, not 201. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": NotificationMethod;
                };
            };
            400: components["responses"]["InvalidNotificationMethod"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.notifications.methods.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the notification method, from the list of notification methods.
                 * @example 302
                 */
                method_id: components["parameters"]["NotificationMethodId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The method. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": NotificationMethod;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["NotificationMethodNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.notifications.methods.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the notification method, from the list of notification methods.
                 * @example 302
                 */
                method_id: components["parameters"]["NotificationMethodId"];
            };
            cookie?: never;
        };
        /** The changed method. */
        requestBody: {
            content: {
                "application/json": NotificationMethodInput;
            };
        };
        responses: {
            /** The method as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": NotificationMethod;
                };
            };
            400: components["responses"]["InvalidNotificationMethod"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["NotificationMethodNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.notifications.rules.list": {
        parameters: {
            query?: {
                /**
                 * The maximum number of items on a page. Undocumented: its own maximum.
                 * @example 5
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * How many items to skip before the page starts. The first item of the list has the offset 0.
                 * @example 5
                 */
                offset?: components["parameters"]["Offset"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of rules. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": NotificationRuleList;
                };
            };
            400: components["responses"]["InvalidPage"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.notifications.rules.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        /** The rule to add. */
        requestBody: {
            content: {
                "application/json": NotificationRuleInput;
            };
        };
        responses: {
            /** The new rule. The status is 200 here, not 201. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": NotificationRule;
                };
            };
            400: components["responses"]["InvalidNotificationRule"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.notifications.rules.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the rule, from the list of notification rules.
                 * @example 403
                 */
                rule_id: components["parameters"]["NotificationRuleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The rule. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": NotificationRule;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["NotificationRuleNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "rts.notifications.rules.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the rule, from the list of notification rules.
                 * @example 403
                 */
                rule_id: components["parameters"]["NotificationRuleId"];
            };
            cookie?: never;
        };
        /** The changed rule. */
        requestBody: {
            content: {
                "application/json": NotificationRuleInput;
            };
        };
        responses: {
            /** The rule as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": NotificationRule;
                };
            };
            400: components["responses"]["InvalidNotificationRule"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["NotificationRuleNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "billing.services.list": {
        parameters: {
            query?: {
                /**
                 * Only services of this type, such as `cloud-recording` or `broadcasting`. Undocumented: the possible values, probably
                 * those of `type` in a service.
                 * @example cloud-recording
                 */
                type?: components["parameters"]["ServiceType"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The services. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ServiceList;
                };
            };
            400: components["responses"]["InvalidServiceType"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "billing.activeServices.list": {
        parameters: {
            query?: {
                /**
                 * Only services of this type, such as `cloud-recording` or `broadcasting`. Undocumented: the possible values, probably
                 * those of `type` in a service.
                 * @example cloud-recording
                 */
                type?: components["parameters"]["ServiceType"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The bought services. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ActiveServiceList;
                };
            };
            400: components["responses"]["InvalidServiceType"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "billing.activeServices.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        /** The service to buy. */
        requestBody: {
            content: {
                "application/json": ActiveServiceInput;
            };
        };
        responses: {
            /** The service that was bought. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ActiveService;
                };
            };
            400: components["responses"]["InvalidActiveService"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "billing.activeServices.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the bought service, from the list of bought services.
                 * @example 7701
                 */
                active_service_id: components["parameters"]["ActiveServiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The bought service. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ActiveService;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ActiveServiceNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "billing.activeServices.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the bought service, from the list of bought services.
                 * @example 7701
                 */
                active_service_id: components["parameters"]["ActiveServiceId"];
            };
            cookie?: never;
        };
        /** The new service and period. */
        requestBody: {
            content: {
                "application/json": ActiveServiceChange;
            };
        };
        responses: {
            /** The service as it is now. The status is 201 here, not 200. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ActiveService;
                };
            };
            400: components["responses"]["InvalidActiveService"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ActiveServiceNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "billing.activeServices.delete": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the bought service, from the list of bought services.
                 * @example 7701
                 */
                active_service_id: components["parameters"]["ActiveServiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The service is canceled. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ActiveServiceNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "billing.activeServices.usage.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the bought service, from the list of bought services.
                 * @example 7701
                 */
                active_service_id: components["parameters"]["ActiveServiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The usage. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ActiveServiceUsage;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ActiveServiceNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "billing.activeServices.usage.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the bought service, from the list of bought services.
                 * @example 7701
                 */
                active_service_id: components["parameters"]["ActiveServiceId"];
            };
            cookie?: never;
        };
        /** The camera. */
        requestBody: {
            content: {
                "application/json": ActiveServiceUsageInput;
            };
        };
        responses: {
            /** The usage as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ActiveServiceUsage;
                };
            };
            /** The camera cannot be used. Nothing was changed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ActiveServiceNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "billing.orders.list": {
        parameters: {
            query?: {
                /**
                 * Only orders in this state. Orders themselves do not contain it. Undocumented: the exact meaning of the states.
                 *
                 * - `purchase`: in the cart.
                 * - `unpaid`: to be paid.
                 * - `pending-payment`: the payment is under way.
                 * - `canceled`: canceled.
                 * - `paid`: paid.
                 * @example unpaid
                 */
                state?: components["parameters"]["OrderState"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The orders. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": OrderList;
                };
            };
            /** A parameter is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "billing.orders.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the order, from the list of orders.
                 * @example 880142
                 */
                order_id: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Order;
                };
            };
            /** A parameter is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["OrderNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "billing.orders.items.list": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the order, from the list of orders.
                 * @example 880142
                 */
                order_id: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The lines. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": OrderItemList;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["OrderNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "clients.list": {
        parameters: {
            query?: {
                /**
                 * The maximum number of items on a page. Undocumented: its own maximum.
                 * @example 5
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * How many items to skip before the page starts. The first item of the list has the offset 0.
                 * @example 5
                 */
                offset?: components["parameters"]["Offset"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of client accounts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ClientList;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "clients.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        /** The client account to add. */
        requestBody: {
            content: {
                "application/json": ClientInput;
            };
        };
        responses: {
            /** The new client account. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Client;
                };
            };
            /** A field is wrong or missing. Nothing was changed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "clients.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the client account, from the list of client accounts.
                 * @example 6021
                 */
                client_id: components["parameters"]["ClientAccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The client account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Client;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ClientAccountNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "clients.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the client account, from the list of client accounts.
                 * @example 6021
                 */
                client_id: components["parameters"]["ClientAccountId"];
            };
            cookie?: never;
        };
        /** The fields to change. */
        requestBody: {
            content: {
                "application/json": ClientChange;
            };
        };
        responses: {
            /** The client account as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Client;
                };
            };
            /** A field is wrong. Nothing was changed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "clients.invite": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the client account, from the list of client accounts.
                 * @example 6021
                 */
                client_id: components["parameters"]["ClientAccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The e-mail is on its way. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ClientAccountNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "guests.list": {
        parameters: {
            query?: {
                /**
                 * The maximum number of items on a page. Undocumented: its own maximum.
                 * @example 5
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * How many items to skip before the page starts. The first item of the list has the offset 0.
                 * @example 5
                 */
                offset?: components["parameters"]["Offset"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of guests. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": CameraGuestList;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "guests.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        /** The person to invite. */
        requestBody: {
            content: {
                "application/json": CameraGuestCreate;
            };
        };
        responses: {
            /** The guest. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": CameraGuest;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "guests.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
                /**
                 * The id of the guest, from the list of guests.
                 * @example 5302
                 */
                guest_id: components["parameters"]["GuestId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The guest. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": CameraGuest;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["GuestNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "guests.update": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
                /**
                 * The id of the guest, from the list of guests.
                 * @example 5302
                 */
                guest_id: components["parameters"]["GuestId"];
            };
            cookie?: never;
        };
        /** What the guest may do from now on. */
        requestBody: {
            content: {
                "application/json": CameraGuestUpdate;
            };
        };
        responses: {
            /** The guest after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": CameraGuest;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["GuestNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "guests.delete": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
                /**
                 * The id of the guest, from the list of guests.
                 * @example 5302
                 */
                guest_id: components["parameters"]["GuestId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The guest is gone. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["GuestNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.recording.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["RecordingRead"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraRecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.recording.timeline": {
        parameters: {
            query: {
                /**
                 * The beginning of the range, in UTC.
                 * @example 2026-11-23T08:00:00Z
                 */
                start: components["parameters"]["TimelineStart"];
                /**
                 * The end of the range, in UTC, at most 24 hours after the start.
                 * @example 2026-11-24T08:00:00Z
                 */
                end: components["parameters"]["TimelineEnd"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["TimelineRead"];
            400: components["responses"]["InvalidTimelineRange"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraRecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.recording.stream": {
        parameters: {
            query: {
                /**
                 * The moment of the footage to begin with, in UTC.
                 * @example 2026-11-24T07:30:00Z
                 */
                start: components["parameters"]["PlaybackStart"];
                /**
                 * The moment of the footage to end with, in UTC. Without it, the playback goes on to the end of the footage, and then
                 * live while the camera records.
                 * @example 2026-11-24T08:00:00Z
                 */
                end?: components["parameters"]["PlaybackEnd"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["PlaybackOpened"];
            400: components["responses"]["InvalidPlaybackRange"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraRecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.recording.download": {
        parameters: {
            query: {
                /**
                 * The moment of the footage to begin with, in UTC.
                 * @example 2026-11-24T06:00:00Z
                 */
                start: components["parameters"]["DownloadStart"];
                /**
                 * The moment of the footage to end with, in UTC, at most three hours after the start.
                 * @example 2026-11-24T08:00:00Z
                 */
                end: components["parameters"]["DownloadEnd"];
                /**
                 * The name of the file, without an extension such as `.mp4`.
                 * @example front-door-morning
                 */
                filename?: components["parameters"]["DownloadFilename"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["DownloadPrepared"];
            400: components["responses"]["InvalidDownloadRange"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraRecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.recording.start": {
        parameters: {
            query?: {
                /**
                 * How long to record, in seconds from the moment that Angelcam gets the request: 30 to 1800.
                 * @example 300
                 */
                duration?: components["parameters"]["RecordDuration"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The recording starts. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraRecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cameras.recording.stop": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of cameras.
                 * @example 20311
                 */
                camera_id: components["parameters"]["CameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The recording stops. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraRecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sharedCameras.list": {
        parameters: {
            query?: {
                /**
                 * The maximum number of items on a page. Undocumented: its own maximum.
                 * @example 5
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * How many items to skip before the page starts. The first item of the list has the offset 0.
                 * @example 5
                 */
                offset?: components["parameters"]["Offset"];
                /**
                 * The frame rate of MJPEG streams, in frames per second. For example, 0.1 is one frame every ten seconds. Other formats
                 * keep their own rate.
                 */
                refresh_rate?: components["parameters"]["RefreshRate"];
                /**
                 * The maximum width of MJPEG streams and live snapshots, in pixels.
                 * @example 640
                 */
                max_width?: components["parameters"]["MaxWidth"];
                /**
                 * The maximum height of MJPEG streams and live snapshots, in pixels.
                 * @example 360
                 */
                max_height?: components["parameters"]["MaxHeight"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of shared cameras. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SharedCameraList;
                };
            };
            /** A parameter is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ValidationError;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sharedCameras.get": {
        parameters: {
            query?: {
                /**
                 * The frame rate of MJPEG streams, in frames per second. For example, 0.1 is one frame every ten seconds. Other formats
                 * keep their own rate.
                 */
                refresh_rate?: components["parameters"]["RefreshRate"];
                /**
                 * The maximum width of MJPEG streams and live snapshots, in pixels.
                 * @example 640
                 */
                max_width?: components["parameters"]["MaxWidth"];
                /**
                 * The maximum height of MJPEG streams and live snapshots, in pixels.
                 * @example 360
                 */
                max_height?: components["parameters"]["MaxHeight"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of shared cameras.
                 * @example 17204
                 */
                camera_id: components["parameters"]["SharedCameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The shared camera. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SharedCamera;
                };
            };
            400: components["responses"]["InvalidPictureSize"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sharedCameras.delete": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of shared cameras.
                 * @example 17204
                 */
                camera_id: components["parameters"]["SharedCameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The camera is no longer shared with you. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sharedCameras.clips.list": {
        parameters: {
            query?: {
                /**
                 * Only the clips of these users: their ids, separated by commas without blanks, or `*` for the clips of all users.
                 * Default: your own clips.
                 */
                created_by?: components["parameters"]["CreatedBy"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of shared cameras.
                 * @example 17204
                 */
                camera_id: components["parameters"]["SharedCameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of clips. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SharedCameraClipList;
                };
            };
            400: components["responses"]["InvalidClipFilter"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sharedCameras.clips.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of shared cameras.
                 * @example 17204
                 */
                camera_id: components["parameters"]["SharedCameraId"];
            };
            cookie?: never;
        };
        /** The time range and the name of the clip. */
        requestBody: {
            content: {
                "application/json": ClipSpan;
            };
        };
        responses: {
            /** The clip, ordered. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SharedCameraClip;
                };
            };
            400: components["responses"]["InvalidClip"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sharedCameras.clips.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of shared cameras.
                 * @example 17204
                 */
                camera_id: components["parameters"]["SharedCameraId"];
                /**
                 * The id of the clip, from the list of clips.
                 * @example 0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506
                 */
                clip_id: components["parameters"]["ClipId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The clip. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SharedCameraClip;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ClipNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sharedCameras.clips.stream": {
        parameters: {
            query: {
                /**
                 * The moment of the footage to begin with, in UTC. It must be within the clip.
                 * @example 2026-11-24T07:58:00Z
                 */
                start: components["parameters"]["ClipStreamStart"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of shared cameras.
                 * @example 17204
                 */
                camera_id: components["parameters"]["SharedCameraId"];
                /**
                 * The id of the clip, from the list of clips.
                 * @example 0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506
                 */
                clip_id: components["parameters"]["ClipId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["PlaybackOpened"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["ClipNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sharedCameras.recording.get": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of shared cameras.
                 * @example 17204
                 */
                camera_id: components["parameters"]["SharedCameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The recording. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": SharedCameraRecording;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraRecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sharedCameras.recording.timeline": {
        parameters: {
            query: {
                /**
                 * The beginning of the range, in UTC.
                 * @example 2026-11-23T08:00:00Z
                 */
                start: components["parameters"]["TimelineStart"];
                /**
                 * The end of the range, in UTC, at most 24 hours after the start.
                 * @example 2026-11-24T08:00:00Z
                 */
                end: components["parameters"]["TimelineEnd"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of shared cameras.
                 * @example 17204
                 */
                camera_id: components["parameters"]["SharedCameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["TimelineRead"];
            400: components["responses"]["InvalidTimelineRange"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraRecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sharedCameras.recording.stream": {
        parameters: {
            query: {
                /**
                 * The moment of the footage to begin with, in UTC.
                 * @example 2026-11-24T07:30:00Z
                 */
                start: components["parameters"]["PlaybackStart"];
                /**
                 * The moment of the footage to end with, in UTC. Without it, the playback goes on to the end of the footage, and then
                 * live while the camera records.
                 * @example 2026-11-24T08:00:00Z
                 */
                end?: components["parameters"]["PlaybackEnd"];
            };
            header?: {
                /**
                 * The space to work in, for this one request. A space owns cameras and everything that belongs to them.
                 * Leave it out to work in the default space of the account.
                 * @example 411
                 */
                "X-Space-Id"?: components["parameters"]["SpaceId"];
            };
            path: {
                /**
                 * The id of the camera, from the list of shared cameras.
                 * @example 17204
                 */
                camera_id: components["parameters"]["SharedCameraId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["PlaybackOpened"];
            400: components["responses"]["InvalidPlaybackRange"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["PermissionDenied"];
            404: components["responses"]["CameraRecordingNotFound"];
            429: components["responses"]["Throttled"];
            503: components["responses"]["Unavailable"];
        };
    };
    "webhooks.incident": {
        parameters: {
            query?: never;
            header: {
                /**
                 * Proof that Angelcam sent this body a moment ago: a JSON Web Token, signed with the `signature_private_key` of the
                 * notification method. Its claims are `iat`, `nbf`, `exp`, `ver` and `csm`. [Webhooks](#tag/webhooks) describes how to
                 * verify it.
                 * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3OTU1MDYwNzUsIm5iZiI6MTc5NTUwNjAxNSwiZXhwIjoxNzk1NTA2MTk1LCJ2ZXIiOjEsImNzbSI6ImRLZFlDS21CY01OVmpGTTFXV1RGcXVGRlR4UlBnTDc3MUhodkxSc0FyZmc9In0.uPv7gQU-w-qNQGaPXETz2RyG4hbD3UUXQ4X3sVXePH4
                 */
                "X-Angelcam-Signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** What happened. */
        requestBody: {
            content: {
                "application/json": WebhookIncident;
            };
        };
        responses: {
            204: components["responses"]["WebhookTaken"];
            401: components["responses"]["WebhookRejected"];
        };
    };
    "webhooks.action": {
        parameters: {
            query?: never;
            header: {
                /**
                 * Proof that Angelcam sent this body a moment ago: a JSON Web Token, signed with the `signature_private_key` of the
                 * notification method. Its claims are `iat`, `nbf`, `exp`, `ver` and `csm`. [Webhooks](#tag/webhooks) describes how to
                 * verify it.
                 * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3OTU1MDYwNzUsIm5iZiI6MTc5NTUwNjAxNSwiZXhwIjoxNzk1NTA2MTk1LCJ2ZXIiOjEsImNzbSI6ImRLZFlDS21CY01OVmpGTTFXV1RGcXVGRlR4UlBnTDc3MUhodkxSc0FyZmc9In0.uPv7gQU-w-qNQGaPXETz2RyG4hbD3UUXQ4X3sVXePH4
                 */
                "X-Angelcam-Signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** What happened. */
        requestBody: {
            content: {
                "application/json": WebhookAction;
            };
        };
        responses: {
            204: components["responses"]["WebhookTaken"];
            401: components["responses"]["WebhookRejected"];
        };
    };
    "webhooks.cameraStatus": {
        parameters: {
            query?: never;
            header: {
                /**
                 * Proof that Angelcam sent this body a moment ago: a JSON Web Token, signed with the `signature_private_key` of the
                 * notification method. Its claims are `iat`, `nbf`, `exp`, `ver` and `csm`. [Webhooks](#tag/webhooks) describes how to
                 * verify it.
                 * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3OTU1MDYwNzUsIm5iZiI6MTc5NTUwNjAxNSwiZXhwIjoxNzk1NTA2MTk1LCJ2ZXIiOjEsImNzbSI6ImRLZFlDS21CY01OVmpGTTFXV1RGcXVGRlR4UlBnTDc3MUhodkxSc0FyZmc9In0.uPv7gQU-w-qNQGaPXETz2RyG4hbD3UUXQ4X3sVXePH4
                 */
                "X-Angelcam-Signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** What happened. */
        requestBody: {
            content: {
                "application/json": WebhookCameraStatus;
            };
        };
        responses: {
            204: components["responses"]["WebhookTaken"];
            401: components["responses"]["WebhookRejected"];
        };
    };
    "webhooks.arrowClientStatus": {
        parameters: {
            query?: never;
            header: {
                /**
                 * Proof that Angelcam sent this body a moment ago: a JSON Web Token, signed with the `signature_private_key` of the
                 * notification method. Its claims are `iat`, `nbf`, `exp`, `ver` and `csm`. [Webhooks](#tag/webhooks) describes how to
                 * verify it.
                 * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3OTU1MDYwNzUsIm5iZiI6MTc5NTUwNjAxNSwiZXhwIjoxNzk1NTA2MTk1LCJ2ZXIiOjEsImNzbSI6ImRLZFlDS21CY01OVmpGTTFXV1RGcXVGRlR4UlBnTDc3MUhodkxSc0FyZmc9In0.uPv7gQU-w-qNQGaPXETz2RyG4hbD3UUXQ4X3sVXePH4
                 */
                "X-Angelcam-Signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** What happened. */
        requestBody: {
            content: {
                "application/json": WebhookArrowClientStatus;
            };
        };
        responses: {
            204: components["responses"]["WebhookTaken"];
            401: components["responses"]["WebhookRejected"];
        };
    };
}
type WithRequired<T, K extends keyof T> = T & {
    [P in K]-?: T[P];
};
/**
 * Client id
 *
 * The id of your client, from Angelcam.
 * @example DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo
 */
export type ClientId = string;
/**
 * Password
 *
 * Sign in to your own account with its e-mail address and password.
 */
export interface PasswordGrant {
    /**
     * The kind of grant.
     * @example password
     * @constant
     */
    grant_type: "password";
    /** The id of your client, from Angelcam. */
    client_id: ClientId;
    /**
     * The e-mail address of the account.
     * @example user@example.com
     */
    username: string;
    /**
     * Format: password
     *
     * The password of the account.
     * @example secret
     */
    password: string;
    /**
     * The requested scopes, separated by spaces. Default: all scopes of your client.
     * @example user_access camera_access
     */
    scope?: string;
    /**
     * Format: password
     *
     * The secret of your client. Optional: send it only if Angelcam requires it for your client.
     * @example HBMQkFtYc2SDjQfEbyvuXnDYfhqwCPRK
     */
    client_secret?: string;
}
/**
 * Authorization code
 *
 * Finish a sign-in that a user has approved on Angelcam's own page.
 */
export interface AuthorizationCodeGrant {
    /**
     * The kind of grant.
     * @example authorization_code
     * @constant
     */
    grant_type: "authorization_code";
    /** The id of your client, from Angelcam. */
    client_id: ClientId;
    /**
     * Format: password
     *
     * The secret of your client. Keep it on a server; it must not reach a browser or an app.
     * @example HBMQkFtYc2SDjQfEbyvuXnDYfhqwCPRK
     */
    client_secret: string;
    /**
     * Format: password
     *
     * The code from the query of your redirect address. It works once.
     * @example 4fTzFCWsn4CI0VN8IFN8WWKUnBEbbX
     */
    code: string;
    /**
     * Format: uri
     *
     * The redirect address that the sign-in started with. It must be on your client's list at Angelcam.
     * @example https://app.example.com/angelcam/callback
     */
    redirect_uri: string;
}
/**
 * Refresh token
 *
 * Refresh the tokens without asking the user again. This call uses up the refresh token, even if its response is lost.
 */
export interface RefreshTokenGrant {
    /**
     * The kind of grant.
     * @example refresh_token
     * @constant
     */
    grant_type: "refresh_token";
    /** The id of your client, from Angelcam. */
    client_id: ClientId;
    /**
     * Format: password
     *
     * The latest refresh token.
     * @example aFBNWhoLnq7hSTEVII5ELd9g20NjxC
     */
    refresh_token: string;
    /**
     * Format: password
     *
     * The secret of your client. Optional: send it if the sign-in required it.
     * @example HBMQkFtYc2SDjQfEbyvuXnDYfhqwCPRK
     */
    client_secret?: string;
}
/**
 * Token request
 *
 * The credentials to exchange for tokens. `grant_type` is one of three kinds.
 */
export type TokenRequest = PasswordGrant | AuthorizationCodeGrant | RefreshTokenGrant;
/**
 * Tokens
 *
 * The tokens of a sign-in. They replace all earlier tokens of the same sign-in.
 */
export interface OAuthToken {
    /**
     * Format: password
     *
     * The token for the `Authorization` header of every other call.
     * @example 1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ
     */
    access_token: string;
    /**
     * Format: password
     *
     * The token for the next refresh. It works once, within 30 days.
     * @example aFBNWhoLnq7hSTEVII5ELd9g20NjxC
     */
    refresh_token: string;
    /**
     * The scheme in the `Authorization` header, before the access token. The API may add values.
     * @example Bearer
     * @enum {string}
     */
    token_type: "Bearer" | (string & {});
    /**
     * How long the access token works, in seconds from now. Every known response has 36000, which is ten hours.
     * @example 36000
     */
    expires_in: number;
    /**
     * The scopes of the access token, separated by spaces. Some responses have the requested scopes, others `read
     * write`, so no code should depend on it.
     * @example read write
     */
    scope: string;
}
/**
 * Sign-in error
 *
 * An error of the token endpoint, in the form of OAuth 2.0 (RFC 6749). Undocumented: Angelcam describes no errors of
 * this endpoint.
 */
export interface OAuthError {
    /**
     * The reason, as a machine-readable string.
     *
     * - `invalid_request`: a field is missing, sent twice or malformed.
     * - `invalid_client`: no client has this id, or the secret is wrong.
     * - `invalid_grant`: the password, the code or the refresh token is wrong, expired or already used.
     * - `unauthorized_client`: the client may not use this grant.
     * - `unsupported_grant_type`: the server does not know this grant.
     * - `invalid_scope`: the client may not ask for this scope.
     *
     * The API may add values.
     * @example invalid_grant
     * @enum {string}
     */
    error: "invalid_request" | "invalid_client" | "invalid_grant" | "unauthorized_client" | "unsupported_grant_type" | "invalid_scope" | (string & {});
    /**
     * The reason, as a sentence for people.
     * @example Invalid credentials given.
     */
    error_description?: string;
}
/**
 * Error
 *
 * An error of the API. Every error has this form, except invalid input (see Validation error).
 */
export interface ApiError {
    /**
     * The kind of error, as a machine-readable string, such as `not_authenticated`, `permission_denied`, `not_found`,
     * `throttled` or `bad_gateway`.
     * @example not_found
     */
    title: string;
    /**
     * The reason, as a sentence for people. Its wording may change.
     * @example Not found.
     */
    detail: string;
    /**
     * The HTTP status of the response.
     * @example 404
     */
    status: number;
}
/**
 * Revoke request
 *
 * The refresh token to revoke.
 */
export interface RevokeRequest {
    /**
     * Format: password
     *
     * The refresh token.
     * @example aFBNWhoLnq7hSTEVII5ELd9g20NjxC
     */
    token: string;
    /** The id of your client, from Angelcam. */
    client_id: ClientId;
    /**
     * Format: password
     *
     * The secret of your client, if the sign-in needed it.
     * @example HBMQkFtYc2SDjQfEbyvuXnDYfhqwCPRK
     */
    client_secret?: string;
}
/**
 * Available features
 *
 * The features that the account may use. A missing feature is unknown, neither on nor off.
 */
export interface AvailableFeatures {
    /**
     * Whether the account may watch cameras live.
     * @example true
     */
    live_view?: boolean;
    /**
     * Whether the account may connect more cameras. Undocumented: seen in live responses only.
     * @example true
     */
    connect_camera?: boolean;
}
/**
 * Account
 *
 * The account that the token belongs to. Live responses have all 12 fields; only `id` and `email` are guaranteed.
 */
export interface CurrentUser {
    /**
     * The id of the account.
     * @example 1234
     */
    id: number;
    /**
     * Format: email
     *
     * The e-mail address that the account signs in with.
     * @example user@example.com
     */
    email: string;
    /**
     * The first name of the owner.
     * @example Keyshawn
     */
    first_name?: string;
    /**
     * The last name of the owner.
     * @example Jacobs
     */
    last_name?: string;
    /**
     * The phone number of the owner with its country code, or null if there is none.
     * @example +1608494652
     */
    phone?: string | null;
    /**
     * The id of the top location. Its name is from the time when locations were sites.
     * @example 87
     */
    root_site?: number;
    /**
     * How many cameras the account owns.
     * @example 11
     */
    my_cameras_count?: number;
    /**
     * How many cameras of other people the account may see.
     * @example 2
     */
    shared_cameras_count?: number;
    /**
     * How many cameras there are in all, its own and those of other people.
     * @example 13
     */
    total_cameras_count?: number;
    /**
     * How many of its own cameras the account shares with guests.
     * @example 3
     */
    cameras_with_guests_count?: number;
    /**
     * A flag of Angelcam's own sign-up. Undocumented: its meaning.
     * @example false
     */
    require_qualification?: boolean;
    /** What the account may use. */
    available_features?: AvailableFeatures;
}
/**
 * Stream
 *
 * A live stream in one format.
 */
export interface Stream {
    /**
     * The format of the stream.
     *
     * - `mjpeg`: a series of JPEG pictures, for an `<img>` element.
     * - `mp4`: fragmented MP4, for Media Source Extensions.
     * - `mpegts`: an MPEG transport stream. Experimental.
     * - `hls`: HTTP Live Streaming, for a `<video>` element or hls.js.
     *
     * The API may add values.
     * @example hls
     * @enum {string}
     */
    format: "hls" | "mp4" | "mpegts" | "mjpeg" | (string & {});
    /**
     * Format: uri
     *
     * The link to watch. Anyone with the link can watch, so treat it as a secret, request it just before use, and do not
     * build it yourself.
     *
     * A link of `mjpeg`, `mp4` or `mpegts` works for 120 seconds, and an `hls` link for 3600 seconds. Undocumented:
     * these lifetimes are from the tokens of live links.
     *
     * For `mjpeg` and `mp4` the link is checked at the start only, and a running stream continues. For `hls` it is
     * checked all the time: at its end the server redirects to a fresh link, and a player that keeps the old one gets
     * 401.
     * @example https://e1-eu1.angelcam.com/cameras/20311/streams/hls/playlist.m3u8?token=eyJjYW1lcmFfaWQiOjIwMzExLCJkZXZpY2VfaWQiOjIwMzExLCJ0aW1lIjoxNzk1NTA3MjAwMDAwMDAwLCJ0aW1lb3V0IjozNjAwfQ%3D%3D%2E0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
     */
    url: string;
    /**
     * Format: float
     *
     * The frame rate in frames per second. Only on `mjpeg` streams, and only if the request had the parameter
     * `refresh_rate`.
     * @example 0.1
     */
    refresh_rate?: number;
}
/**
 * Camera, common fields
 *
 * The fields of every camera: your own, shared with you, or public.
 */
export interface CameraBase {
    /**
     * The id of the camera.
     * @example 20311
     */
    id: number;
    /**
     * The name that its owner gave it.
     * @example Front door
     */
    name: string;
    /**
     * The video format that the camera sends.
     *
     * - `h264`: video in H.264.
     * - `h265`: video in H.265. Experimental; such a camera can be connected only through the API.
     * - `mjpeg`: a series of JPEG pictures.
     *
     * The API may add values.
     * @example h264
     * @enum {string}
     */
    type: "h264" | "h265" | "mjpeg" | (string & {});
    /**
     * Whether Angelcam reaches the camera.
     *
     * - `online`: it does.
     * - `offline`: it does not.
     * - `unknown`: Angelcam does not know.
     *
     * The API may add values.
     * @example online
     * @enum {string}
     */
    status: "offline" | "online" | "unknown" | (string & {});
    /**
     * Format: uri
     *
     * A link to a picture that is taken when you open it, or null if there is none. Angelcam contacts the camera for it,
     * so it takes a moment. Undocumented: the link works for 120 seconds, as measured on live links.
     * @example https://e1-eu1.angelcam.com/cameras/20311/snapshots/snapshot.jpg?token=eyJjYW1lcmFfaWQiOjIwMzExLCJkZXZpY2VfaWQiOjIwMzExLCJ0aW1lIjoxNzk1NTA3MjAwMDAwMDAwLCJ0aW1lb3V0IjoxMjB9%2E0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
     */
    live_snapshot: string | null;
    /**
     * The live streams, one for each format that the camera offers. A camera of type `mjpeg` offers `mjpeg` alone.
     *
     * At most ten people can watch a camera at the same time; the Angelcam apps count, recording does not. For a larger
     * audience use broadcasting.
     */
    streams: Stream[];
}
/**
 * Snapshot
 *
 * The newest stored picture of a camera. It can be up to 24 hours old; reading the camera makes Angelcam take a new one.
 */
export interface Snapshot {
    /**
     * Format: uri
     *
     * A link to the picture, or null if there is none yet.
     * @example https://e1-eu1.angelcam.com/snapshots/20311/1763971201.jpg
     */
    url: string | null;
    /**
     * Format: date-time
     *
     * When the picture was taken, in UTC.
     * @example 2026-11-24T08:00:01Z
     */
    created_at: string;
}
/**
 * Camera application
 *
 * A service that is switched on for a camera.
 */
export interface CameraApplication {
    /**
     * Which service it is: `CRA` is cloud recording, and `LSA` is public broadcasting. The API may add values.
     * Undocumented: the meaning of `VVA`, `VPA` and `TLA`.
     * @example CRA
     * @enum {string}
     */
    code: "LSA" | "CRA" | "VVA" | "VPA" | "TLA" | (string & {});
}
/**
 * Camera
 *
 * A camera, with its newest snapshot and the links to its live streams.
 */
export interface Camera extends CameraBase {
    /** The newest stored picture, or null while there is none. */
    snapshot: Snapshot | null;
    /** The services that are switched on for the camera. */
    applications: CameraApplication[];
    /**
     * Whether live streams are tuned for a short delay.
     * @example true
     */
    low_latency_enabled: boolean;
    /**
     * Whether streams carry the sound of the camera.
     * @example false
     */
    audio_enabled: boolean;
    /**
     * Whether Angelcam checks from time to time that it reaches the camera.
     * @example true
     */
    enable_status_checks: boolean;
    /**
     * Whether Angelcam takes a new snapshot once in 24 hours.
     * @example true
     */
    enable_periodical_snapshots: boolean;
    /**
     * The tags of the camera, to filter lists by.
     * @example [
     *   "warehouse",
     *   "outdoor"
     * ]
     */
    tags: string[];
    /**
     * Format: password
     *
     * The key that lets a device report events of this camera. It is a secret, and can be missing.
     * @example 5b7c1f0e94d24a3f8d1e6c2a90b47f35
     */
    event_api_hash?: string;
}
/**
 * Camera list
 *
 * One page of the list of cameras.
 */
export interface CameraList {
    /**
     * How many cameras match in all, on this page and on the others.
     * @example 11
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example https://api.angelcam.com/v1/cameras/?limit=5&offset=5
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The cameras of this page. */
    results: Camera[];
}
/**
 * Validation error
 *
 * Invalid input, field by field. The request had no effect.
 */
export interface ValidationError {
    /**
     * The kind of error, as a machine-readable string. It is `invalid` in every known response.
     * @example invalid
     */
    title: string;
    /** The problems, field by field; or one sentence when the problem belongs to no field. */
    detail: {
        [key: string]: string[];
    }[] | string;
    /**
     * The HTTP status of the response.
     * @example 400
     */
    status: number;
}
/**
 * Camera changes
 *
 * The changes to a camera. Each field may be left out.
 */
export interface CameraUpdate {
    /**
     * The name that people see.
     * @example Front door
     */
    name?: string;
    /**
     * The video format that the camera sends.
     *
     * - `h264`: video in H.264.
     * - `h265`: video in H.265. Experimental.
     * - `mjpeg`: a series of JPEG pictures.
     * @example h264
     * @enum {string}
     */
    type?: "h264" | "h265" | "mjpeg";
    /**
     * How Angelcam reaches the camera.
     *
     * - `direct`: over the internet, so the address must be public.
     * - `arrow`: through an Arrow client in the network of the camera.
     * @example direct
     * @enum {string}
     */
    connection_type?: "direct" | "arrow";
    /**
     * Format: uri
     *
     * The address of the stream, with user name and password where the camera wants them. It begins with `rtsp` for
     * `h264` and `h265`. For `mjpeg` it begins with `http`, or with `https` if the connection is `direct`.
     *
     * For a connection of type `arrow` use the address that `streamDetection.get` found.
     * @example rtsp://viewer:secret@203.0.113.17:554/stream1
     */
    url?: string;
    /**
     * Whether Angelcam regularly checks that it reaches the camera. Default for a new camera: true.
     * @example true
     */
    enable_status_checks?: boolean;
    /**
     * Whether Angelcam takes a new snapshot every 24 hours. Default for a new camera: true.
     * @example true
     */
    enable_periodical_snapshots?: boolean;
    /**
     * The tags of the camera, to filter lists by.
     * @example [
     *   "warehouse",
     *   "outdoor"
     * ]
     */
    tags?: string[];
}
/**
 * New camera
 *
 * A camera to connect, and where its stream is.
 */
export interface CameraCreate extends WithRequired<CameraUpdate, "name" | "type" | "connection_type" | "url"> {
    /**
     * Whether Angelcam regularly checks that it reaches the camera.
     * @default true
     * @example true
     */
    enable_status_checks?: boolean;
    /**
     * Whether Angelcam takes a new snapshot every 24 hours.
     * @default true
     * @example true
     */
    enable_periodical_snapshots?: boolean;
}
/**
 * Event
 *
 * Something that a camera or a sensor has detected, such as motion.
 */
export interface Event {
    /**
     * The id of the camera that the event belongs to, or null.
     * @example 20311
     */
    camera: number | null;
    /**
     * The id of the location, or null. Its name is from the time when locations were sites.
     * @example 87
     */
    site: number | null;
    /**
     * What happened, in a few words for people, or null if the report had no title.
     * @example Back door open
     */
    title: string | null;
    /**
     * The kind of event, as a machine-readable string. Undocumented: the possible values.
     * @example motion_detected
     */
    category: string;
    /**
     * The channel of the report, as a machine-readable string. Undocumented: the possible values.
     * @example api
     */
    source: string;
    /**
     * Format: date-time
     *
     * When it happened, in UTC; or when Angelcam received it, if the report had no time.
     * @example 2026-11-24T07:58:40Z
     */
    occurred_at: string;
    /**
     * Format: date-time
     *
     * When Angelcam received it, in UTC.
     * @example 2026-11-24T07:58:41Z
     */
    received_at: string;
}
/**
 * Event list
 *
 * One page of the list of events, the newest first.
 */
export interface EventList {
    /**
     * How many events match in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one. Undocumented: its query parameters, so follow the link
     * unchanged.
     * @example https://api.angelcam.com/v1/cameras/20311/events/?limit=3&cursor=cD0yMDI2LTExLTIz
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null. This list only goes forward, so do not rely on it.
     * @example null
     */
    previous: string | null;
    /** The events of this page, the newest first. */
    results: Event[];
}
/**
 * Arrow service id
 *
 * The id of a service, in hexadecimal digits. Leading zeros are part of it, so keep it as a string.
 * @example 00c4
 */
export type ArrowServiceId = string;
/**
 * Arrow service selector
 *
 * A service behind an Arrow client.
 */
export interface ArrowServiceSelector {
    /**
     * Format: uuid
     *
     * The UUID of the Arrow client.
     * @example 5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05
     */
    arrow_client?: string;
    /** The id of the service, in hexadecimal digits. */
    service_id?: ArrowServiceId;
}
/**
 * Stream detection request
 *
 * Where to look for streams: at an `address`, or at a service behind an Arrow client (`arrow_service`). Exactly one of
 * the two is required.
 */
export interface StreamDetectionRequest {
    /**
     * An address that can be reached over the internet: an IP address, a host name, or a whole URL. A URL may hold the
     * port, the path, the user name and the password; then leave out the fields of these names.
     * @example 203.0.113.17
     */
    address?: string;
    /** A service behind an Arrow client. */
    arrow_service?: ArrowServiceSelector;
    /**
     * The path of the stream, if you know it. Behind an Arrow client it is tried in addition to the usual ones.
     * @example /stream1
     */
    path?: string;
    /**
     * The port to look at. Default: all likely ports.
     * @example 554
     */
    port?: number;
    /**
     * The user name for the camera.
     * @example viewer
     */
    username?: string;
    /**
     * Format: password
     *
     * The password for the camera.
     * @example secret
     */
    password?: string;
}
/**
 * Stream detection session
 *
 * A search for streams.
 */
export interface StreamDetectionSession {
    /**
     * Format: uuid
     *
     * The id of the search. `streamDetection.get` returns its results.
     * @example e2b7c4d9-3f60-4a15-9d8c-b1a05e6f7283
     */
    session_id: string;
}
/**
 * Preview stream
 *
 * A live stream of a camera that is not connected yet, in one format.
 */
export interface PreviewStream {
    /**
     * The format of the stream; see Stream. The API may add values.
     * @example hls
     * @enum {string}
     */
    format: "hls" | "mjpeg" | "mp4" | (string & {});
    /**
     * Format: uri
     *
     * The link to watch. Anyone with the link can watch.
     * @example https://e1-eu1.angelcam.com/previews/2c91/hls/playlist.m3u8?token=eyJhbGlhcyI6ImV4YW1wbGUiLCJ0aW1lIjoxNzk1NTA3MjAwMDAwMDAwLCJ0aW1lb3V0IjozNjAwfQ%3D%3D%2E0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
     */
    url: string;
}
/**
 * Detected stream preview
 *
 * A look at a stream that is not connected yet. It works for 20 minutes.
 */
export interface DetectedStreamPreview {
    /**
     * Format: uri
     *
     * A link to a picture that is taken when you open it.
     * @example https://e1-eu1.angelcam.com/previews/2c91/snapshot.jpg?token=eyJhbGlhcyI6ImV4YW1wbGUiLCJ0aW1lIjoxNzk1NTA3MjAwMDAwMDAwLCJ0aW1lb3V0IjoxMjB9%2E0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
     */
    live_snapshot: string;
    /** The live streams, one for each format. */
    streams: PreviewStream[];
}
/**
 * Detected stream
 *
 * A stream that was found, ready to be connected as a camera.
 */
export interface DetectedStream {
    /**
     * Format: uri
     *
     * The address of the stream, as `cameras.create` takes it. It can contain a user name and a password.
     * @example rtsp://viewer:secret@203.0.113.17:554/stream1
     */
    url: string;
    /**
     * The video format of the stream.
     *
     * - `h264`: video in H.264.
     * - `h265`: video in H.265. Experimental.
     * - `mjpeg`: a series of JPEG pictures.
     *
     * The API may add values.
     * @example h264
     * @enum {string}
     */
    type: "h264" | "h265" | "mjpeg" | (string & {});
    /** A look at the stream before it is connected. */
    preview: DetectedStreamPreview;
}
/**
 * Stream detection result
 *
 * The state and the results of a search for streams.
 */
export interface StreamDetectionResult {
    /**
     * The state of the search.
     *
     * - `in-progress`: it is running; poll again later.
     * - `ok`: it has ended; `streams` has the results.
     * - `error`: it has failed; `error` is the reason.
     *
     * The API may add values.
     * @example ok
     * @enum {string}
     */
    status: "ok" | "in-progress" | "error" | (string & {});
    /** The streams that were found. */
    streams?: DetectedStream[];
    /**
     * Why the search failed.
     * @example The address does not answer.
     */
    error?: string;
}
/**
 * Broadcasting
 *
 * How a camera is shown to a large audience.
 */
export interface Broadcasting {
    /**
     * Whether the broadcast to the public is switched on, on the public page and on pages that embed the camera. The
     * `streams` do not depend on it.
     * @example true
     */
    enabled: boolean;
    /**
     * Whether the camera has a public page at Angelcam, where anybody can watch it.
     * @example true
     */
    public_page: boolean;
    /** The streams for a large audience, or null if the plan has no streams for the API. */
    streams: Stream[] | null;
}
/**
 * Recording, common fields
 *
 * The fields of every recording.
 */
export interface RecordingBase {
    /**
     * Format: uuid
     *
     * The id of the recording, which the operations of `recordings` take.
     * @example 3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093
     */
    id?: string;
    /**
     * The state of the recording.
     *
     * - `READY`: idle; it can be started.
     * - `CONNECTING`: it tries to reach the camera, and keeps trying. A state that lasts means that the camera is
     *   unreachable.
     * - `RECORDING`: it is recording.
     * - `STOPPING`: it is stopping.
     * - `ERROR`: it cannot record; the cause is more likely at Angelcam than at the camera.
     *
     * The API may add values.
     * @example RECORDING
     * @enum {string}
     */
    status: "READY" | "CONNECTING" | "RECORDING" | "STOPPING" | "ERROR" | (string & {});
    /**
     * Format: duration
     *
     * How long footage is kept, as an ISO 8601 duration such as `P7D` for seven days, or null.
     * @example P7D
     */
    retention: string | null;
    /**
     * How much footage the recording may hold in all, in seconds, or null if there is no limit.
     * @example null
     */
    record_queue_capacity?: number | null;
    /**
     * Format: date-time
     *
     * When the recording was switched off, in UTC, or null while it is in service.
     * @example null
     */
    deactivated_at: string | null;
    /**
     * Format: date-time
     *
     * The beginning of the oldest footage, in UTC, or null if there is none.
     * @example 2026-11-17T08:00:00Z
     */
    recording_start?: string | null;
    /**
     * Format: date-time
     *
     * The end of the newest footage, in UTC, or null if there is none.
     * @example 2026-11-24T08:00:00Z
     */
    recording_end?: string | null;
}
/**
 * Recording
 *
 * A recording of a camera: its state, and from when to when there is footage.
 */
export interface Recording extends WithRequired<RecordingBase, "id"> {
}
/**
 * Recording list
 *
 * One page of the list of recordings.
 */
export interface RecordingList {
    /**
     * How many recordings the camera has in all, on this page and on the others.
     * @example 2
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one. Undocumented: its query parameters, so follow the link
     * unchanged.
     * @example https://api.angelcam.com/v1/cameras/20311/recordings/?cursor=cD0yMDI2LTExLTIz
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The recordings of this page. */
    results: Recording[];
}
/**
 * Timeline segment
 *
 * A part of a time range for which there is footage without a hole.
 */
export interface TimelineSegment {
    /**
     * Format: date-time
     *
     * The beginning of the footage, in UTC.
     * @example 2026-11-23T08:00:00Z
     */
    start: string;
    /**
     * Format: date-time
     *
     * The end of the footage, in UTC.
     * @example 2026-11-23T19:31:12Z
     */
    end: string;
}
/**
 * Recording timeline
 *
 * The parts of a time range for which there is footage.
 */
export interface RecordingTimeline {
    /**
     * Format: date-time
     *
     * The beginning of the range, in UTC.
     * @example 2026-11-23T08:00:00Z
     */
    start: string;
    /**
     * Format: date-time
     *
     * The end of the range, in UTC.
     * @example 2026-11-24T08:00:00Z
     */
    end: string;
    /** The parts with footage. Between two of them there is none. */
    segments: TimelineSegment[];
}
/**
 * Recording stream controls
 *
 * The links that control a playback. They are full URLs on the streamer's own host, which can differ for each playback:
 * use them unchanged. They take no token: the id in them is the secret.
 */
export interface RecordingStreamControls {
    /**
     * Format: uri
     *
     * GET returns the position and the speed, as `recordingStreams.get` does.
     * @example https://e1-eu2.angelcam.com/recording/streams/5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13/
     */
    base_url: string;
    /**
     * Format: uri
     *
     * POST resumes the playback, as `recordingStreams.play` does.
     * @example https://e1-eu2.angelcam.com/recording/streams/5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13/play/
     */
    play: string;
    /**
     * Format: uri
     *
     * POST pauses the playback, as `recordingStreams.pause` does.
     * @example https://e1-eu2.angelcam.com/recording/streams/5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13/pause/
     */
    pause: string;
    /**
     * Format: uri
     *
     * POST with `{"speed": 4}` sets the speed, as `recordingStreams.setSpeed` does.
     * @example https://e1-eu2.angelcam.com/recording/streams/5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13/speed/
     */
    speed: string;
}
/**
 * Recording stream
 *
 * A playback of footage, and how to control it.
 */
export interface RecordingStream {
    /**
     * Format: uri
     *
     * The link to watch. It has no token: the id in it is the secret, and anyone with the link can watch and control the
     * playback.
     * @example https://e1-eu2.angelcam.com/recording/streams/5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13/hls/playlist.m3u8
     */
    url: string;
    /**
     * The format of the stream, `hls` or `mjpeg`. The API may add values.
     * @example hls
     * @enum {string}
     */
    format: "hls" | "mjpeg" | (string & {});
    /**
     * Format: uri
     * @deprecated
     *
     * Use `recordingStreams.get` instead. The URL of the position, from before stream controls.
     * @example https://api.angelcam.com/v1/recording/stream/e1-eu2.angelcam.com/5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13/
     */
    stream_info?: string;
    /** The links that control the playback. */
    stream_controls?: RecordingStreamControls;
}
/**
 * Recording download
 *
 * A link to a file with footage.
 */
export interface RecordingDownload {
    /**
     * Format: uri
     *
     * The link to the file. Anyone with the link can download the footage. For a range without footage the link returns
     * 404. Undocumented: it works for 1200 seconds, as in examples.
     * @example https://rec-eu1.angelcam.com/download/front-door.mp4?token=eyJhbGlhcyI6ImV4YW1wbGUiLCJ0aW1lIjoxNzk1NTA3MjAwMDAwMDAwLCJ0aW1lb3V0IjoxMjAwfQ%3D%3D%2E0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
     */
    url: string;
}
/**
 * Recording snapshot
 *
 * A still picture out of the footage.
 */
export interface RecordingSnapshot {
    /**
     * Format: uri
     *
     * The link to the picture. Anyone with the link can see the picture.
     * @example https://rec-eu1.angelcam.com/snapshots/20261124T080000Z.jpg?token=eyJhbGlhcyI6ImV4YW1wbGUiLCJ0aW1lIjoxNzk1NTA3MjAwMDAwMDAwLCJ0aW1lb3V0IjoxMjB9%2E0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
     */
    url: string;
}
/**
 * Recording stream position
 *
 * The position and the speed of a playback. Undocumented: which of the two names of the position is present, so accept
 * either.
 */
export interface RecordingStreamPosition {
    /**
     * Format: date-time
     *
     * The moment of the footage that is on screen, in UTC. Unlike other times it has up to nine fractional digits, and
     * ends in `+00:00`.
     * @example 2026-11-24T08:04:12.520000000+00:00
     */
    current_position?: string;
    /**
     * Format: date-time
     *
     * The same as `current_position`, under its other name.
     * @example 2026-11-24T08:04:12.520000000+00:00
     */
    current_time?: string;
    /**
     * How many times faster than real time it plays.
     * @example 1
     */
    speed?: number;
}
/**
 * Recording stream speed
 *
 * How fast to play.
 */
export interface RecordingStreamSpeed {
    /**
     * How many times faster than real time. The faster, the more data the stream carries.
     * @example 4
     * @enum {number}
     */
    speed: 1 | 2 | 4 | 8 | 16;
}
/**
 * Recording stream position, older form
 *
 * The position of a playback, in the form from before stream controls.
 */
export interface LegacyRecordingStreamPosition {
    /**
     * Format: date-time
     *
     * The moment of the footage that is on screen, in UTC.
     * @example 2026-11-24T08:04:12Z
     */
    current_time?: string;
}
/**
 * Clip, common fields
 *
 * The fields of every clip, of your own cameras and of shared ones.
 */
export interface ClipBase {
    /**
     * Format: uuid
     *
     * The id of the clip.
     * @example 0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506
     */
    id: string;
    /**
     * The id of the account that ordered the clip.
     * @example 1234
     */
    created_by: number;
    /**
     * Format: date-time
     *
     * When the clip was ordered, in UTC.
     * @example 2026-11-24T09:12:40Z
     */
    created_at: string;
    /**
     * The name of the clip.
     * @example Parcel at the door
     */
    name: string;
    /**
     * The state of the clip.
     *
     * - `PENDING`: it is queued.
     * - `BUILDING`: it is being cut.
     * - `READY`: it can be watched and downloaded.
     * - `ERROR`: it could not be made. Final.
     *
     * The API may add values.
     * @example READY
     * @enum {string}
     */
    status: "PENDING" | "BUILDING" | "READY" | "ERROR" | (string & {});
    /**
     * Format: date-time
     *
     * The moment of the footage that the clip begins with, in UTC.
     * @example 2026-11-24T07:58:00Z
     */
    start: string;
    /**
     * Format: date-time
     *
     * The moment of the footage that the clip ends with, in UTC.
     * @example 2026-11-24T08:03:00Z
     */
    end: string;
    /**
     * Format: uri
     *
     * A link to the file, which works for a limited time and only once the status is `READY`. The file is MP4 for an
     * MJPEG camera, else an MPEG transport stream. Anyone with the link can download the clip.
     * @example https://e1-eu1.angelcam.com/clips/0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506/clip.ts?token=eyJhbGlhcyI6ImV4YW1wbGUiLCJ0aW1lIjoxNzk1NTA3MjAwMDAwMDAwLCJ0aW1lb3V0IjoxMjB9%2E0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
     */
    download_url: string;
}
/**
 * Clip
 *
 * A piece of footage that is kept on its own, independent of the retention of the recording.
 */
export interface Clip extends ClipBase {
    /**
     * Format: password
     *
     * The key by which the clip is shared with people who have no account. It is a secret.
     * @example c75f0b92-6e18-4d3a-a4c1-f20e9b7d5863
     */
    sharing_token: string;
}
/**
 * Clip list
 *
 * One page of the list of clips.
 */
export interface ClipList {
    /**
     * How many clips match in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one. Undocumented: its query parameters, so follow the link
     * unchanged.
     * @example https://api.angelcam.com/v1/cameras/20311/clips/?cursor=cD0yMDI2LTExLTIz
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The clips of this page. */
    results: Clip[];
}
/**
 * Named span of footage
 *
 * The time range and the name of a clip.
 */
export interface ClipSpan {
    /**
     * The name of the clip.
     * @example Parcel at the door
     */
    name: string;
    /**
     * Format: date-time
     *
     * The moment of the footage to begin with, in UTC.
     * @example 2026-11-24T07:58:00Z
     */
    start: string | Date;
    /**
     * Format: date-time
     *
     * The moment of the footage to end with, in UTC, at most three hours after the start.
     * @example 2026-11-24T08:03:00Z
     */
    end: string | Date;
}
/**
 * New clip
 *
 * A clip to cut out of a recording.
 */
export interface ClipCreate extends ClipSpan {
    /**
     * Format: uuid
     *
     * The id of the recording to cut from. Default: the continuous one.
     * @example 3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093
     */
    recording?: string;
}
/**
 * Clip recipient
 *
 * The recipient of the clip.
 */
export interface ClipShare {
    /**
     * Format: email
     *
     * The e-mail address to send the clip to.
     * @example lena@example.com
     */
    email: string;
}
/**
 * AngelCamera firmware
 *
 * The newest firmware for one kind of AngelCamera.
 */
export interface AngelCameraFirmware {
    /**
     * The id of the board that the firmware is for.
     * @example 4be07d21c95f4a3e8c6612fd03b7a9d8
     */
    board: string;
    /**
     * The name of the camera model.
     * @example AngelCamera 2
     */
    model: string;
    /**
     * The version of the firmware.
     * @example 2.4.1
     */
    version: string;
    /**
     * Format: uri
     *
     * A link to the firmware itself.
     * @example https://download.angelcam.com/angelcamera/4be07d21c95f4a3e8c6612fd03b7a9d8/fw-2.4.1.img
     */
    image: string;
    /**
     * The release notes, for people. Can be empty.
     * @example Night pictures are less noisy.
     */
    changelog: string;
}
/**
 * MAC address
 *
 * The hardware address of a device, as six bytes in hexadecimal digits. Responses separate the bytes by colons; requests
 * may also use dashes or no separator.
 * @example 5c:f2:86:4e:10:9a
 */
export type MacAddress = string;
/**
 * Arrow client in a list
 *
 * An Arrow client in a list. Its status and its proxy are in the response of `arrowClients.get` only.
 */
export interface ArrowClientSummary {
    /**
     * Format: uuid
     *
     * The UUID of the Arrow client.
     * @example 5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05
     */
    uuid: string;
    /** The MAC address of the device that the Arrow client runs on. */
    mac: MacAddress;
    /**
     * The public IP address of the device.
     * @example 203.0.113.24
     */
    ip: string;
}
/**
 * Arrow client list
 *
 * One page of the list of Arrow clients.
 */
export interface ArrowClientList {
    /**
     * How many Arrow clients match in all, on this page and on the others.
     * @example 2
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example null
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The Arrow clients of this page, in short. */
    results: ArrowClientSummary[];
}
/**
 * Arrow pairing request
 *
 * The device to pair, by one of the three ids.
 */
export interface ArrowPairingRequest {
    /**
     * Format: uuid
     *
     * The UUID of the Arrow client.
     * @example 5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05
     */
    uuid?: string;
    /**
     * The id of an AngelBox.
     * @example AB-48213
     */
    angelbox_id?: string;
    /** The MAC address of the device. Angelcam enables this on request; otherwise the response is 403. */
    mac?: MacAddress;
}
/**
 * Arrow pairing
 *
 * The id to poll the pairing by: the UUID, or the MAC address if the request had that. One of the two is always present.
 */
export interface ArrowPairing {
    /**
     * Format: uuid
     *
     * The UUID of the Arrow client.
     * @example 5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05
     */
    uuid?: string;
    /** The MAC address of the device. */
    mac?: MacAddress;
}
/**
 * Arrow proxy addresses
 *
 * Where a proxy listens, as host and port.
 */
export interface ArrowProxyAddresses {
    /**
     * The address for plain HTTP.
     * @example m2-eu1.angelcam.com:8921
     */
    http?: string;
    /**
     * The address for HTTPS. Use this one, because each request carries a token.
     * @example m2-eu1.angelcam.com:8941
     */
    https?: string;
}
/**
 * Arrow proxy
 *
 * The HTTP proxies of Angelcam that lead to the services behind an Arrow client.
 *
 * Send `Host: <service id>-<UUID of the Arrow client>` and `Proxy-Authorization: Bearer <token>` with each request.
 */
export interface ArrowProxy {
    /** The proxy that opens a tunnel with the method CONNECT. */
    connect?: ArrowProxyAddresses;
    /** The proxy for ordinary HTTP requests. */
    transparent?: ArrowProxyAddresses;
    /**
     * Format: password
     *
     * The token for the header `Proxy-Authorization`. It gives access to every service behind the Arrow client, so keep
     * it secret.
     * @example k7Vw2.tQe9Zr4.p0XmLs
     */
    token?: string;
}
/**
 * Arrow capabilities
 *
 * Optional capabilities of an Arrow client. A missing one is unknown.
 */
export interface ArrowCapabilities {
    /**
     * Whether services can be added to it by hand, with `arrowClients.services.create`.
     * @example true
     */
    add_custom_service?: boolean;
}
/**
 * Arrow client
 *
 * A device that connects a local network with Angelcam, such as an AngelBox. Until its first connection to Angelcam,
 * only the id of the pairing request is known.
 */
export interface ArrowClient {
    /**
     * Format: uuid
     *
     * The UUID of the Arrow client, or null while a pairing by MAC address is under way.
     * @example 5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05
     */
    uuid: string | null;
    /**
     * The MAC address of the device that the Arrow client runs on, or null if it is not known yet.
     * @example 5c:f2:86:4e:10:9a
     */
    mac: string | null;
    /**
     * The public IP address of the device.
     * @example 203.0.113.24
     */
    ip?: string;
    /**
     * Whether Angelcam reaches the Arrow client.
     *
     * - `online`: it does.
     * - `offline`: it does not.
     * - `not_paired`: a pairing was requested, and it has not connected yet.
     *
     * The API may add values.
     * @example online
     * @enum {string}
     */
    status: "online" | "offline" | "not_paired" | (string & {});
    /**
     * Whether it is searching its network for services right now.
     * @example false
     */
    scanning?: boolean;
    /** The proxy to the services behind it. */
    proxy?: ArrowProxy;
    /** What it can do beyond the basics. */
    capabilities?: ArrowCapabilities;
}
/**
 * Service table reset
 *
 * The services to remove.
 */
export interface ServiceTableReset {
    /**
     * True to remove the services that were added by hand too, false to remove only those that a scan found. Fixed
     * services always stay.
     * @example false
     */
    full?: boolean;
}
/**
 * Arrow service, common fields
 *
 * Where a service listens in the network of the Arrow client.
 */
export interface ArrowServiceBase {
    /**
     * The IP address of the service in the local network.
     * @example 192.168.1.90
     */
    ip: string;
    /**
     * The port that the service listens on.
     * @example 554
     */
    port: number;
}
/**
 * Arrow service flags
 *
 * How an Arrow client learned of a service. More than one can be true.
 */
export interface ArrowServiceFlags {
    /**
     * Whether the service is fixed, so that it cannot be deleted.
     * @example false
     */
    static: boolean;
    /**
     * Whether a scan of the network found the service.
     * @example true
     */
    discovered: boolean;
    /**
     * Whether the service was added by hand.
     * @example false
     */
    custom: boolean;
}
/**
 * Arrow service hints
 *
 * What a service may be. These are guesses and can be wrong.
 */
export interface ArrowServiceHints {
    /**
     * Whether it looks like a camera, with RTSP or with MJPEG over HTTP.
     * @example true
     */
    camera: boolean;
    /**
     * Whether it seems to ask for a password. Only where `camera` is true.
     * @example true
     */
    locked?: boolean;
    /**
     * The path where a video stream seems to be, or null if none was found. Only where `camera` is true.
     * @example /Streaming/Channels/101
     */
    stream?: string | null;
}
/**
 * Arrow service
 *
 * A service that an Arrow client reaches in its network, such as the RTSP server of a camera.
 */
export interface ArrowService extends ArrowServiceBase {
    /** The id of the service, in hexadecimal digits. */
    id: ArrowServiceId;
    /**
     * The protocol of the service.
     *
     * - `http`: HTTP, such as an MJPEG camera or the settings page of a device.
     * - `rtsp`: RTSP, such as a camera that sends H.264.
     *
     * The API may add values.
     * @example rtsp
     * @enum {string}
     */
    type: "http" | "rtsp" | (string & {});
    /**
     * The MAC address of the device that the service runs on. Only a scan finds the real one: an address that starts
     * with `ff:ff` is a placeholder.
     */
    mac: MacAddress;
    /** How the Arrow client learned of the service. */
    flags?: ArrowServiceFlags;
    /** What the service may be. These are guesses. */
    hints?: ArrowServiceHints;
    /**
     * The ids of the cameras that use the service.
     * @example [
     *   20311
     * ]
     */
    camera_ids: number[];
}
/**
 * Arrow service list
 *
 * One page of the list of services behind an Arrow client.
 */
export interface ArrowServiceList {
    /**
     * How many services there are in all, on this page and on the others.
     * @example 3
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example null
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The services of this page. */
    results: ArrowService[];
}
/**
 * New Arrow service
 *
 * Where a service listens in the network of the Arrow client.
 */
export interface ArrowServiceInput extends ArrowServiceBase {
    /**
     * The protocol of the service.
     *
     * - `http`: HTTP, such as an MJPEG camera or the settings page of a device.
     * - `rtsp`: RTSP, such as a camera that sends H.264.
     * @example rtsp
     * @enum {string}
     */
    type: "http" | "rtsp";
}
/**
 * Added Arrow service
 *
 * The id of a service that was added. Get the service for the rest.
 */
export interface ArrowServiceCreated {
    /** The id of the new service, in hexadecimal digits. */
    service_id: ArrowServiceId;
}
/**
 * Speaker, common fields
 *
 * The fields that every speaker has, in requests and in responses alike.
 */
export interface SpeakerBase {
    /**
     * The name of the speaker.
     * @example Yard
     */
    name: string;
    /**
     * Format: uuid
     *
     * The UUID of the Arrow client that the speaker is behind. The setup `arrow` needs it.
     * @example 5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05
     */
    arrow_client?: string | null;
    /**
     * The id of the Arrow service that leads to the speaker, in hexadecimal digits with leading zeros. The setup `arrow`
     * needs it.
     * @example 00c4
     */
    arrow_service_id?: string | null;
    /**
     * Format: uri-reference
     *
     * The endpoint of the speaker: a path on the device, or a whole URL.
     * @example /api/v1/audio/play
     */
    endpoint: string;
    /**
     * The user name for the speaker.
     * @example announcer
     */
    username?: string;
}
/**
 * Speaker
 *
 * A speaker. Its password can be set, and is in no response.
 */
export interface Speaker extends SpeakerBase {
    /**
     * The id of the speaker. Angelcam assigns it.
     * @example 71
     */
    readonly id: number;
    /**
     * How the speaker is connected. `arrow`, which is behind an Arrow client, is the only way.
     * The API may add values.
     * @example arrow
     * @enum {string}
     */
    setup: "arrow" | (string & {});
    /**
     * How the speaker takes its sound. `basic` is the only way. The API may add values.
     * @example basic
     * @enum {string}
     */
    protocol: "basic" | (string & {});
}
/**
 * Speaker list
 *
 * One page of the list of speakers.
 */
export interface SpeakerList {
    /**
     * How many speakers there are in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example https://api.angelcam.com/v1/speakers/?limit=2&offset=2
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The speakers of this page. */
    results: Speaker[];
}
/**
 * New speaker
 *
 * The settings of a speaker, with its password.
 */
export interface SpeakerInput extends SpeakerBase {
    /**
     * How the speaker is connected. `arrow`, which is behind an Arrow client, is the only way.
     * @example arrow
     * @enum {string}
     */
    setup: "arrow";
    /**
     * How the speaker takes its sound. `basic` is the only way.
     * @example basic
     * @enum {string}
     */
    protocol: "basic";
    /**
     * Format: password
     *
     * The password for the speaker. No response contains it.
     * @example loud-and-clear
     */
    password?: string;
}
/**
 * Play request
 *
 * What to play, and for how long.
 */
export interface PlayRequest {
    /**
     * The id of the audio message to play. Without it, or with null, the response opens a live session.
     * @example 318
     */
    message?: number | null;
    /**
     * Whether to loop the audio message. It requires `stop_after`.
     * @default false
     * @example true
     */
    repeat?: boolean;
    /**
     * When to stop, in seconds from the start, or null for the end of the message.
     * @example 30
     */
    stop_after?: number | null;
}
/**
 * WebRTC session
 *
 * A live session with a speaker.
 */
export interface WebRtcSession {
    /**
     * Format: uri
     *
     * The WebSocket for the WebRTC signalling. Treat the link as a secret.
     * @example wss://m2-eu1.angelcam.com/speakers/71/web-rtc/
     */
    webrtc_signaling_url: string;
}
/**
 * Audio message
 *
 * A recorded announcement that speakers can play.
 */
export interface AudioMessage {
    /**
     * The id of the audio message.
     * @example 318
     */
    id: number;
    /**
     * The name of the audio message.
     * @example Private property
     */
    name: string;
    /**
     * Format: uri
     *
     * A link to the audio file.
     * @example https://media.angelcam.com/audio-messages/318/private-property.mp3
     */
    message: string;
}
/**
 * Audio message list
 *
 * One page of the list of audio messages.
 */
export interface AudioMessageList {
    /**
     * How many audio messages there are in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example https://api.angelcam.com/v1/audio-messages/?limit=2&offset=2
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The audio messages of this page. */
    results: AudioMessage[];
}
/**
 * New audio message
 *
 * The name and the sound of an audio message.
 */
export interface AudioMessageInput {
    /**
     * The name of the audio message.
     * @example Private property
     */
    name: string;
    /**
     * The audio file, encoded in Base64. It may be AAC, MP3, WAV, Ogg or WebM. A few seconds are best: a long file takes
     * longer to load and to play.
     * @example SUQzBAAAAAAAI1RTU0UAAAAPAAADTGF2ZjU4
     */
    message: string;
}
/**
 * Sensor, common fields
 *
 * The fields that every sensor has, in requests and in responses alike.
 */
export interface SensorBase {
    /**
     * The name of the sensor.
     * @example Back door contact
     */
    name?: string;
    /**
     * Who made the sensor.
     * @example Aqara
     */
    manufacturer?: string;
    /**
     * The model of the sensor.
     * @example MCCGQ11LM
     */
    model?: string;
    /**
     * A note for people.
     * @example Battery changed in October.
     */
    note?: string;
    /**
     * Whether events of the sensor count. While it is false, they are ignored. Default for a new sensor: true.
     * @example true
     */
    enabled?: boolean;
    /**
     * Whether each event is an incident, even while the location is disarmed; useful for smoke and water. Default for a
     * new sensor: false.
     * @example false
     */
    override_arming?: boolean;
    /**
     * The id of the camera that belongs to the sensor. Events show on its timeline.
     * @example 20311
     */
    camera?: number;
    /**
     * Format: duration
     *
     * How long to wait before an event becomes an incident, as an ISO 8601 duration from `PT0S` (not at all) to `PT3M`
     * (three minutes). Disarming the location within that time prevents the incident; the recording is made anyway.
     * @example PT30S
     */
    incident_delay?: string;
}
/**
 * Sensor type
 *
 * What the sensor detects.
 *
 * - `motion`: something moves, as a motion detector sees it.
 * - `camera_motion`: something moves, as a camera sees it.
 * - `door_window`: a door or a window opens.
 * - `smoke`: smoke.
 * - `fire`: fire.
 * - `glass_break`: glass breaks.
 * - `shock_vibration`: a shock or a vibration.
 * - `water`: water where it should be dry.
 * - `perimeter_entry`: a person crosses a perimeter.
 * @example door_window
 * @enum {string}
 */
export type SensorType = "motion" | "camera_motion" | "door_window" | "smoke" | "fire" | "glass_break" | "shock_vibration" | "water" | "perimeter_entry";
/**
 * Sensor
 *
 * A device that reports events, with the two secret addresses that it reports to.
 */
export interface Sensor extends WithRequired<SensorBase, "name" | "manufacturer" | "model" | "note" | "enabled" | "override_arming" | "camera" | "incident_delay"> {
    /**
     * The id of the sensor.
     * @example 954
     */
    id: number;
    /**
     * The id of the account that the sensor belongs to.
     * @example 1234
     */
    user: number;
    /** What the sensor detects; see SensorType. The API may add values. */
    type: SensorType | (string & {});
    /**
     * Whether the sensor is `indoors` or `outdoors`. The API may add values.
     * @example indoors
     * @enum {string}
     */
    placement: "indoors" | "outdoors" | (string & {});
    /**
     * Format: duration
     *
     * How long the camera records after an event, as an ISO 8601 duration of half a minute, or one, two or five minutes.
     * Nothing is recorded if the camera has no cloud recording. The API may add values.
     * @example PT1M
     * @enum {string}
     */
    enable_cloud_recording_for: "PT30S" | "PT1M" | "PT2M" | "PT5M" | (string & {});
    /**
     * Format: password
     *
     * The key that lets the sensor report events with `events.create`. It is a secret.
     * @example h4q0zr81vt
     */
    hash: string;
    /**
     * An e-mail address of its own: each mail to it counts as an event. Anyone with the address can report events, so
     * keep it secret.
     * @example s954-k2m8w5@events.angelcam.com
     */
    email: string;
    /**
     * Format: date-time
     *
     * When the sensor was added, in UTC.
     * @example 2026-03-02T09:14:55Z
     */
    created_at: string;
    /**
     * Format: date-time
     *
     * When its settings were last changed, in UTC.
     * @example 2026-10-18T16:40:07Z
     */
    updated_at: string;
    /**
     * How many events have come through IFTTT so far.
     * @example 0
     */
    events_count_ifttt: number;
    /**
     * How many events have come by e-mail so far.
     * @example 12
     */
    events_count_email: number;
    /**
     * How many events have come through this API so far.
     * @example 340
     */
    events_count_api: number;
}
/**
 * Sensor list
 *
 * One page of the list of sensors.
 */
export interface SensorList {
    /**
     * How many sensors there are in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example https://api.angelcam.com/v1/sensors/?limit=2&offset=2
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The sensors of this page. */
    results: Sensor[];
}
/**
 * Sensor settings
 *
 * The settings of a sensor. Each field may be left out.
 */
export interface SensorSettings extends SensorBase {
    type?: SensorType;
    /**
     * Whether the sensor is `indoors` or `outdoors`.
     * @example indoors
     * @enum {string}
     */
    placement?: "indoors" | "outdoors";
    /**
     * Format: duration
     *
     * How long the camera records after an event, as an ISO 8601 duration of half a minute, or one, two or five minutes.
     * Nothing is recorded if the camera has no cloud recording.
     * @example PT1M
     * @enum {string}
     */
    enable_cloud_recording_for?: "PT30S" | "PT1M" | "PT2M" | "PT5M";
}
/**
 * New sensor
 *
 * The settings of a new sensor.
 */
export interface SensorInput extends WithRequired<SensorSettings, "type"> {
}
/**
 * New event
 *
 * An event that a camera or a sensor has detected.
 */
export interface EventInput {
    /**
     * Format: password
     *
     * The key of the camera or sensor: `event_api_hash` of the camera, or `hash` of the sensor. It replaces a token and
     * identifies the reporter.
     * @example h4q0zr81vt
     */
    hash: string;
    /**
     * What happened, in a few words for people.
     * @example Back door open
     */
    title?: string;
    /**
     * Format: date-time
     *
     * When it happened, in UTC. Default: the time of the request.
     * @example 2026-11-24T07:58:40Z
     */
    occurred_at?: string | Date;
}
/**
 * Space
 *
 * The owner of cameras, locations, recordings and services. An account can belong to several spaces.
 */
export interface Space {
    /**
     * The id of the space, for the header `X-Space-Id`.
     * @example 411
     */
    id: number;
    /**
     * The name of the space.
     * @example Northwind Logistics
     */
    name: string;
    /**
     * Whether requests without `X-Space-Id` work in this space.
     * @example true
     */
    is_default: boolean;
}
/**
 * Permission assignment
 *
 * One permission, and where it applies.
 *
 * - Without a location and a camera it applies to the whole space.
 * - With a location alone it applies to that location.
 * - With both it applies to that camera.
 */
export interface PermissionAssignment {
    /**
     * The permission, as a machine-readable string. Its first part is the subject, its last part the allowed action.
     *
     * - `space.*`: the space as a whole.
     * - `location.*`: a location, its arming and its notifications.
     * - `camera.*`: a camera with its recordings, clips, broadcasts, timelapses and notifications.
     *
     * The API may add values.
     * @example camera.view
     * @enum {string}
     */
    permission: "space.admin" | "space.limited_client" | "space.billing" | "camera.notifications.status" | "location.notifications.incident" | "location.notifications.other" | "location.access" | "location.view" | "location.arming" | "location.manage" | "camera.view" | "camera.manage" | "camera.recording.view" | "camera.recording.manage" | "camera.clip.view" | "camera.clip.manage" | "camera.clip.create" | "camera.broadcasting.manage" | "camera.timelapse.manage" | (string & {});
    /**
     * The id of the location that the permission is limited to, or null.
     * @example 87
     */
    location_id?: number | null;
    /**
     * The id of the camera that the permission is limited to, or null.
     * @example 20311
     */
    camera_id?: number | null;
}
/**
 * Space permissions
 *
 * The permissions of the account in a space, its own and those of its groups.
 */
export interface SpacePermissions {
    /** The permissions. */
    assignments: PermissionAssignment[];
}
/**
 * Location
 *
 * A group of cameras within a space, which are armed and disarmed together.
 */
export interface Location {
    /**
     * The id of the location.
     * @example 87
     */
    id: number;
    /**
     * The name of the location.
     * @example Warehouse
     */
    name: string;
    /**
     * A note on the location, or null if there is none.
     * @example Halls 1 to 3 and the yard
     */
    description?: string | null;
    /**
     * Whether the location is armed, so that events of its cameras raise alarms.
     * @example true
     */
    is_armed: boolean;
    /**
     * Format: date-time
     *
     * When the location will be armed by its schedule, in UTC, or null if that is not planned.
     * @example 2026-11-24T20:00:00Z
     */
    next_arming: string | null;
    /**
     * Format: date-time
     *
     * When the location will be disarmed by its schedule, in UTC, or null if that is not planned.
     * @example 2026-11-25T05:30:00Z
     */
    next_disarming: string | null;
    /**
     * How many cameras are at the location.
     * @example 4
     */
    cameras_count: number;
}
/**
 * Location list
 *
 * One page of the list of locations.
 */
export interface LocationList {
    /**
     * How many locations there are in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example https://api.angelcam.com/v1/locations/?limit=2&offset=2
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The locations of this page. */
    results: Location[];
}
/**
 * Public camera
 *
 * A camera that anybody may watch.
 */
export interface PublicCamera extends CameraBase {
    /**
     * Format: uri
     *
     * The public page where people watch the camera, or null if there is none.
     * @example https://www.angelcam.com/public/beach-30418
     */
    public_page_url: string | null;
}
/**
 * Public camera list
 *
 * One page of the list of public cameras.
 */
export interface PublicCameraList {
    /**
     * How many public cameras match in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example https://api.angelcam.com/v1/public-cameras/?limit=2&offset=2
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The public cameras of this page. */
    results: PublicCamera[];
}
/**
 * Incident lifetime
 * Format: duration
 *
 * How long an incident stays open after its last event, as an ISO 8601 duration: 1, 3, 5, 10 or 30 minutes, or 1 hour.
 * After that it closes by itself, and the next event opens a new one.
 *
 * It is also the shortest time between two notifications about the same sensor.
 * @example PT5M
 * @enum {string}
 */
export type IncidentTtl = "PT1M" | "PT3M" | "PT5M" | "PT10M" | "PT30M" | "PT1H";
/**
 * Security settings
 *
 * The settings of the security system, for the whole space. Each location is armed on its own; the fields about arming
 * here are from before locations.
 */
export interface RtsSettings {
    /** How long an incident stays open after its last event; see IncidentTtl. The API may add values. */
    incident_ttl: IncidentTtl | (string & {});
    /**
     * @deprecated
     *
     * Whether the space as a whole is armed. Read `is_armed` of each location instead (locations.list). While it is
     * false, events of sensors send no notifications.
     * @example true
     */
    is_armed: boolean;
    /**
     * Format: date-time
     * @deprecated
     *
     * When the space as a whole is armed next, in UTC, or null if no time is set. Read `next_arming` of each location
     * instead (locations.list).
     * @example 2026-11-24T19:00:00Z
     */
    next_arming: string | null;
    /**
     * Format: date-time
     * @deprecated
     *
     * When the space as a whole is disarmed next, in UTC, or null if no time is set. Read `next_disarming` of each
     * location instead (locations.list).
     * @example null
     */
    next_disarming: string | null;
}
/**
 * Security settings input
 *
 * The settings to change. Fields that are left out keep their values.
 */
export interface RtsSettingsInput {
    incident_ttl?: IncidentTtl;
}
/**
 * Incident
 *
 * A security incident: one or more events that came close together. It starts open, and is then verified, closed, or
 * both. An incident that is closed without verification was usually a false alarm.
 */
export interface Incident {
    /**
     * The id of the incident.
     * @example 90417
     */
    id: number;
    /**
     * Format: date-time
     *
     * When the incident was opened, in UTC.
     * @example 2026-11-24T07:41:12Z
     */
    created_at: string;
    /**
     * Format: date-time
     *
     * When it was verified as real, in UTC, or null if it was not.
     * @example null
     */
    verified_at: string | null;
    /**
     * Format: date-time
     *
     * When it was closed, in UTC, or null while it is open.
     * @example null
     */
    closed_at: string | null;
    /**
     * Format: date-time
     *
     * When its first event occurred, in UTC, or null if that is unknown.
     * @example 2026-11-24T07:41:10Z
     */
    first_event_occurred_at: string | null;
    /**
     * Format: date-time
     *
     * When its latest event occurred, in UTC, or null if that is unknown.
     * @example 2026-11-24T07:43:55Z
     */
    last_event_occurred_at: string | null;
    /**
     * How many events belong to it so far.
     * @example 4
     */
    event_count: number;
    /**
     * Format: uri
     *
     * A page for people without an account, such as the police: the live streams of the location's cameras and the last
     * two hours of their recordings. It works for one hour from when the incident was opened, and is null after that.
     * Anyone with the link can watch, so treat it as a secret.
     * @example https://my.angelcam.com/shared-incident/9f2c41d7/
     */
    incident_sharing_url: string | null;
    /** A picture from the time of the incident, or null while there is none. */
    snapshot: Snapshot | null;
}
/**
 * Incident list
 *
 * One page of the list of incidents.
 */
export interface IncidentList {
    /**
     * How many incidents match in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example https://api.angelcam.com/v1/rts/incidents/?limit=2&offset=2
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The incidents of this page. */
    results: Incident[];
}
/**
 * Message type
 *
 * The subject of a message. Undocumented: the exact meaning of the values; these follow from their names.
 *
 * - `my_incident`: an incident in your own space.
 * - `shared_incident`: an incident in a space that is shared with you.
 * - `arming`: a location was armed or disarmed.
 * - `trigger_action`: an action was triggered.
 * - `open_incident_verification`: an incident waits to be verified.
 * - `verify_incident`: an incident was verified.
 * - `close_incident`: an incident was closed.
 * - `arrow_status_online`, `arrow_status_offline`: an Arrow client can or cannot be reached.
 * - `camera_status_online`, `camera_status_offline`: a camera can or cannot be reached.
 * @example my_incident
 * @enum {string}
 */
export type MessageType = "my_incident" | "shared_incident" | "arming" | "trigger_action" | "open_incident_verification" | "verify_incident" | "close_incident" | "arrow_status_online" | "arrow_status_offline" | "camera_status_online" | "camera_status_offline";
/**
 * Message
 *
 * A notice to the account, in words for people. Notification rules also send it by e-mail or to your server.
 */
export interface RtsMessage {
    /**
     * The id of the message.
     * @example 5120931
     */
    id: number;
    /**
     * Format: date-time
     *
     * When the message was made, in UTC.
     * @example 2026-11-24T07:41:14Z
     */
    created_at: string;
    /**
     * A headline.
     * @example Motion at Loading ramp
     */
    title: string;
    /** What the message is about; see MessageType. The API may add values. */
    type: MessageType | (string & {});
    /**
     * The message in a few words, for a list.
     * @example The sensor Loading ramp saw motion.
     */
    short_message: string;
    /**
     * The message in full, for a page of its own or an e-mail.
     * @example The sensor Loading ramp saw motion at 07:41 UTC. Its camera is recording.
     */
    long_message: string;
    /**
     * Whether the message is marked as read.
     * @example false
     */
    is_read: boolean;
    /**
     * Format: date-time
     *
     * When it was marked as read, in UTC. Missing while the message is unread.
     * @example 2026-11-24T07:50:02Z
     */
    read_at?: string;
    /**
     * Format: uri
     *
     * A link to a picture that belongs to the message. The link expires.
     * @example https://e1-eu1.angelcam.com/messages/5120931.jpg?token=eyJhbGlhcyI6ImV4YW1wbGUiLCJ0aW1lIjoxNzk1NTA3MjAwMDAwMDAwLCJ0aW1lb3V0IjoxMjB9%2E0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
     */
    image?: string;
    /**
     * Format: uri
     *
     * The page of the Angelcam app that the message leads to. It is there whenever `show_detail` is false.
     * @example https://my.angelcam.com/camera/20311/
     */
    action_url?: string;
    /**
     * The text for a button that leads to `action_url`.
     * @example Show camera
     */
    action_label?: string;
    /**
     * Whether the message has a page of its own; if not, link to `action_url` directly.
     * @example true
     */
    show_detail: boolean;
    /**
     * Format: uri
     *
     * A page for people without an account: the live streams of the location's cameras and the last two hours of their
     * recordings. Only on messages of type `my_incident`, and for one hour from when the incident was opened; otherwise
     * it is null or missing. Anyone with the link can watch, so treat it as a secret.
     * @example https://my.angelcam.com/shared-incident/9f2c41d7/
     */
    incident_sharing_url?: string | null;
}
/**
 * Message list
 *
 * One page of the list of messages.
 */
export interface RtsMessageList {
    /**
     * How many messages match in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example https://api.angelcam.com/v1/rts/messages/?limit=2&next=cD01MTIwODc3
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The messages of this page. */
    results: RtsMessage[];
}
/**
 * Messages marked
 *
 * The result of marking every message as read.
 */
export interface MarkAllReadResult {
    /**
     * How many messages were unread until now.
     * @example 12
     */
    set_as_read_count?: number;
}
/**
 * Unread messages
 *
 * The number of unread messages.
 */
export interface UnreadCount {
    /**
     * How many messages are not marked as read.
     * @example 12
     */
    unread_count: number;
}
/**
 * Message input
 *
 * The changes to a message.
 */
export interface RtsMessageInput {
    /**
     * True to mark it as read, false to mark it as unread.
     * @example true
     */
    is_read?: boolean;
}
/**
 * HTTP notification method, common fields
 *
 * A URL of your own server that Angelcam calls. [Webhooks](#tag/webhooks) describes the requests and how to verify them.
 */
export interface HttpNotificationMethodBase {
    /**
     * A name for people.
     * @example Control room
     */
    name?: string;
    /**
     * Format: uri
     *
     * The address to call. With an Arrow client in `arrow_client` it may be an address in the local network of the
     * device.
     * @example https://example.com/angelcam/notify
     */
    url: string;
    /**
     * Format: uuid
     *
     * The UUID of the Arrow client that forwards the calls, or null for calls over the internet.
     * @example null
     */
    arrow_client?: string | null;
    /**
     * Format: password
     *
     * The secret that the calls are signed with: your server checks the signature with the same key. Default for a new
     * method: a random key, which is in the response.
     * @example pN7wGm2RfX9kTqV4sLzB6cYhJd8aUeQ3
     */
    signature_private_key?: string;
}
/**
 * HTTP notification method
 *
 * A URL of your own server that Angelcam calls.
 */
export interface HttpNotificationMethod extends WithRequired<HttpNotificationMethodBase, "name" | "url" | "arrow_client" | "signature_private_key"> {
    /**
     * The id of the notification method.
     * @example 302
     */
    id: number;
    /**
     * The kind of method.
     * @example http
     * @constant
     */
    type: "http";
    /**
     * The HTTP method of the calls. The API may add values.
     * @example POST
     * @enum {string}
     */
    http_method: "GET" | "POST" | "PUT" | (string & {});
}
/**
 * E-mail notification method input
 *
 * An e-mail address that Angelcam sends notifications to.
 */
export interface EmailNotificationMethodInput {
    /**
     * A name for people.
     * @example Night watch
     */
    name?: string;
    /**
     * The kind of method.
     * @example email
     * @constant
     */
    type: "email";
    /**
     * Format: email
     *
     * The e-mail address.
     * @example night.watch@example.com
     */
    email: string;
}
/**
 * E-mail notification method
 *
 * An e-mail address that Angelcam sends notifications to.
 */
export interface EmailNotificationMethod extends WithRequired<EmailNotificationMethodInput, "name" | "type" | "email"> {
    /**
     * The id of the notification method.
     * @example 301
     */
    id: number;
}
/**
 * Notification method
 *
 * A destination of notifications. `type` is its kind.
 */
export type NotificationMethod = HttpNotificationMethod | EmailNotificationMethod;
/**
 * Notification method list
 *
 * One page of the list of notification methods.
 */
export interface NotificationMethodList {
    /**
     * How many notification methods match in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example https://api.angelcam.com/v1/rts/notifications/methods/?limit=2&offset=2
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The notification methods of this page. */
    results: NotificationMethod[];
}
/**
 * HTTP notification method input
 *
 * A URL of your own server that Angelcam calls. [Webhooks](#tag/webhooks) describes the requests and how to verify them.
 */
export interface HttpNotificationMethodInput extends HttpNotificationMethodBase {
    /**
     * The kind of method.
     * @example http
     * @constant
     */
    type: "http";
    /**
     * The HTTP method of the calls. Default for a new notification method: `POST`.
     * @default POST
     * @example POST
     * @enum {string}
     */
    http_method?: "GET" | "POST" | "PUT";
}
/**
 * Notification method input
 *
 * A destination of notifications. `type` is its kind.
 */
export type NotificationMethodInput = HttpNotificationMethodInput | EmailNotificationMethodInput;
/**
 * Notification rule, common fields
 *
 * Which kind of message goes to which notification method.
 */
export interface NotificationRuleBase {
    /**
     * The id of the notification method.
     * @example 302
     */
    notification_method: number;
    /**
     * Only messages about these cameras, by id. It may be used with `camera_status_online` and `camera_status_offline`
     * alone. An empty list means every camera.
     * @example [
     *   20311,
     *   20340
     * ]
     */
    allowed_cameras?: number[];
    /**
     * Only messages about these Arrow clients, by UUID. It may be used with `arrow_status_online` and
     * `arrow_status_offline` alone. An empty list means every Arrow client.
     * @example [
     *   "5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05"
     * ]
     */
    allowed_arrow_clients?: string[];
}
/**
 * Notification rule
 *
 * Which kind of message goes to which notification method.
 */
export interface NotificationRule extends WithRequired<NotificationRuleBase, "notification_method"> {
    /**
     * The id of the rule.
     * @example 402
     */
    id: number;
    /** The kind of message that goes there. The API may add values. */
    message_type: MessageType | (string & {});
}
/**
 * Notification rule list
 *
 * One page of the list of notification rules.
 */
export interface NotificationRuleList {
    /**
     * How many notification rules match in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example https://api.angelcam.com/v1/rts/notifications/rules/?limit=2&offset=2
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The notification rules of this page. */
    results: NotificationRule[];
}
/**
 * Notification rule input
 *
 * Which kind of message goes to which notification method.
 */
export interface NotificationRuleInput extends NotificationRuleBase {
    /** The kind of message that goes there. */
    message_type: MessageType;
}
/**
 * Service reference
 *
 * A reference to a service. The `code` identifies it.
 */
export interface ServiceRef {
    /**
     * The kind of service.
     *
     * - `cloud-recording`: records a camera around the clock.
     * - `event-recording`: records a camera when something happens.
     * - `broadcasting`: shows a camera to the public.
     * - `timelapse`: makes time-lapse films of a camera.
     * - `live-view`: lets the account watch cameras live.
     * - `user-service`: a plan for the account as a whole.
     *
     * The API may add values.
     * @example cloud-recording
     * @enum {string}
     */
    type: "cloud-recording" | "broadcasting" | "timelapse" | "user-service" | "event-recording" | "live-view" | (string & {});
    /**
     * The code of the service.
     * @example 7-days
     */
    code: string;
}
/**
 * Service price
 *
 * What a service costs for one billing period.
 */
export interface ServicePrice {
    /**
     * Format: duration
     *
     * The billing period, as an ISO 8601 duration. `P1M` is a month and `P1Y` a year.
     * @example P1M
     */
    period?: string;
    /**
     * Format: decimal
     *
     * The price of one such period, as a decimal number in a string.
     * @example 5.99
     */
    price?: string;
}
/**
 * Service
 *
 * A service on offer, with its prices.
 */
export interface Service extends WithRequired<ServiceRef, "type" | "code"> {
    /**
     * The name of the service, for people.
     * @example 7 days
     */
    name: string;
    /** The prices, one for each billing period. */
    prices: ServicePrice[];
    /**
     * The currency of the prices. Every known response has `USD`.
     * @example USD
     */
    currency: string;
}
/**
 * Service list
 *
 * One page of the list of services on offer.
 */
export interface ServiceList {
    /**
     * How many services on offer match in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example null
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The services on offer of this page. */
    results: Service[];
}
/**
 * Service usage
 *
 * The camera that a bought service is in use for. Empty if there is none.
 */
export interface ServiceUsageDetail {
    /**
     * The id of the camera.
     * @example 20311
     */
    camera_id?: number;
    /**
     * The name of the camera.
     * @example Front door
     */
    camera_name?: string;
}
/**
 * Bought service
 *
 * A service that the account has bought. A service for cameras does nothing until it is assigned to one
 * (billing.activeServices.usage.update).
 */
export interface ActiveService {
    /**
     * The id of the bought service.
     * @example 7701
     */
    id: number;
    /** What it is now, or null if nothing runs at the moment. */
    current_service: ServiceRef | null;
    /** What it will be from the next renewal on, or null if it ends then. */
    renew_service: ServiceRef | null;
    /**
     * Format: duration
     *
     * How long it runs from the next renewal on, as an ISO 8601 duration such as `P1M` (a month) or `P1Y` (a year), or
     * null if it ends then.
     * @example P1M
     */
    renew_period: string | null;
    /**
     * Format: date-time
     *
     * When the current period ends, in UTC.
     * @example 2026-12-01T00:00:00Z
     */
    valid_until: string;
    /**
     * Whether it is in use, by a camera for example.
     * @example true
     */
    in_use: boolean;
    /** Where it is in use. */
    usage_detail: ServiceUsageDetail;
}
/**
 * Bought service list
 *
 * One page of the list of bought services.
 */
export interface ActiveServiceList {
    /**
     * How many bought services match in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example null
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The bought services of this page. */
    results: ActiveService[];
}
/**
 * Billing period
 * Format: duration
 *
 * How long you pay for at a time, as an ISO 8601 duration. `P1M` is a month and `P1Y` a year.
 * @example P1M
 * @enum {string}
 */
export type BillingPeriod = "P1M" | "P1Y";
/**
 * Bought service input
 *
 * The service that you want, and how long you pay for at a time.
 */
export interface ActiveServiceInput {
    /**
     * The code of the service (billing.services.list).
     * @example 7-days
     */
    code: string;
    period: BillingPeriod;
}
/**
 * Bought service change
 *
 * The service that you want instead.
 */
export interface ActiveServiceChange extends ActiveServiceInput {
    /**
     * When a smaller service takes over: false for the end of the period that is paid for, true for now. Then the rest
     * of that period counts as payment; if it is worth more than the new service costs, the new one runs longer.
     * @default false
     * @example false
     */
    force_downgrade?: boolean;
}
/**
 * Bought service usage
 *
 * Where a bought service is in use.
 */
export interface ActiveServiceUsage {
    /**
     * The id of the bought service.
     * @example 7701
     */
    id: number;
    /**
     * Whether it is in use, by a camera for example.
     * @example true
     */
    in_use: boolean;
    /** The camera that it is in use for, or null if there is none. */
    usage_detail: ServiceUsageDetail | null;
}
/**
 * Bought service usage input
 *
 * The camera that the service is for.
 */
export interface ActiveServiceUsageInput {
    /**
     * The id of the camera, or null to take the service away from the camera that has it.
     * @example 20311
     */
    camera_id: number | null;
}
/**
 * Order
 *
 * An order of the account. It has no `state` field: the times show its state, and the list can be filtered by state.
 */
export interface Order {
    /**
     * The id of the order.
     * @example 880142
     */
    id: number;
    /**
     * Format: date-time
     *
     * When the order was closed to further items, in UTC.
     * @example 2026-11-01T00:00:20Z
     */
    closed_at: string;
    /**
     * Format: date-time
     *
     * When it was paid, in UTC, or null if it is not.
     * @example 2026-11-01T00:00:26Z
     */
    paid_at: string | null;
    /**
     * Format: date-time
     *
     * When it must be paid, in UTC, or null if no time is set.
     * @example null
     */
    due_at: string | null;
    /**
     * Format: decimal
     *
     * What the order costs in all, as a decimal number in a string.
     * @example 7.98
     */
    total_price: string;
    /**
     * The currency of the price. Every known response has `USD`.
     * @example USD
     */
    currency: string;
}
/**
 * Order list
 *
 * One page of the list of orders.
 */
export interface OrderList {
    /**
     * How many orders match in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example null
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The orders of this page. */
    results: Order[];
}
/**
 * Order line
 *
 * One line of an order.
 */
export interface OrderItem {
    /** The service that the line is about. */
    service: ServiceRef;
    /**
     * Format: date-time
     *
     * When the period that the line is about starts, in UTC.
     * @example 2026-11-01T00:00:00Z
     */
    period_from: string;
    /**
     * Format: date-time
     *
     * When the period ends, in UTC, or null if it has no end.
     * @example 2026-12-01T00:00:00Z
     */
    period_until: string | null;
    /**
     * Format: decimal
     *
     * The price of the service before discounts, as a decimal number in a string.
     * @example 5.99
     */
    full_price: string;
    /**
     * Format: decimal
     *
     * The price of the line in the order, as a decimal number in a string. Undocumented: how it follows from
     * `full_price`, and the sign of a refund.
     * @example 5.99
     */
    price: string;
    /**
     * The currency of the prices. Every known response has `USD`.
     * @example USD
     */
    currency: string;
    /**
     * The direction of the payment.
     *
     * - `receivable`: you pay it.
     * - `refund`: you get it back.
     *
     * The API may add values.
     * @example receivable
     * @enum {string}
     */
    type: "receivable" | "refund" | (string & {});
}
/**
 * Order line list
 *
 * One page of the list of lines of an order.
 */
export interface OrderItemList {
    /**
     * How many lines of an order match in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example null
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The lines of an order of this page. */
    results: OrderItem[];
}
/**
 * Client account profile
 *
 * The fields of a client account in requests and in responses alike.
 */
export interface ClientProfile {
    /**
     * The first name of the client.
     * @example Jana
     */
    first_name?: string;
    /**
     * The last name of the client.
     * @example Horakova
     */
    last_name?: string;
    /**
     * Whether the client has read-only access: it sees cameras, but connects none and buys nothing.
     * @example false
     */
    limited_account?: boolean;
    /**
     * Whether the reseller may see what belongs to the client. Both the client and the reseller can revoke this, but
     * only the client can grant it again: here it can only change from true to false.
     * @example true
     */
    allowed_access?: boolean;
}
/**
 * Client account
 *
 * An account that belongs to a client of a reseller.
 */
export interface Client extends WithRequired<ClientProfile, "first_name" | "last_name" | "limited_account" | "allowed_access"> {
    /**
     * The id of the client account.
     * @example 6021
     */
    id: number;
    /**
     * Format: email
     *
     * The e-mail address that the client signs in with.
     * @example jana@example.com
     */
    email: string;
    /**
     * Who pays for the services of the client: `me` is the reseller, `client` the client. The API may add values.
     * @example me
     * @enum {string}
     */
    invoice_to: "me" | "client" | (string & {});
    /**
     * The phone number of the client with its country code, or null if there is none.
     * @example +420601234567
     */
    phone: string | null;
    /**
     * Format: date-time
     *
     * When the client activated the account, in UTC, or null if it is not active yet.
     * @example 2026-09-14T10:22:31Z
     */
    activated_at: string | null;
}
/**
 * Client account list
 *
 * One page of the list of client accounts.
 */
export interface ClientList {
    /**
     * How many client accounts match in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example https://api.angelcam.com/v1/clients/?limit=2&offset=2
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The client accounts of this page. */
    results: Client[];
}
/**
 * Client account change
 *
 * The changes to a client account. Fields that are left out keep their values; the e-mail address cannot change.
 */
export interface ClientChange extends ClientProfile {
    /**
     * Who pays for the services of the client: `me` is the reseller, `client` the client.
     * @example me
     * @enum {string}
     */
    invoice_to?: "me" | "client";
    /**
     * The phone number of the client with its country code.
     * @example +420601234567
     */
    phone?: string;
    /**
     * Format: password
     *
     * A password for the account. Only for resellers with a special permission from Angelcam.
     * @example correct horse battery staple
     */
    password?: string;
}
/**
 * Client account input
 *
 * The client account to add.
 */
export type ClientInput = {
    /**
     * Format: email
     *
     * The e-mail address that the client will sign in with. The invitation is sent there.
     * @example jana@example.com
     */
    email: string;
    /**
     * Who pays for the services of the client. Default: `me`, the reseller.
     * @default me
     * @example me
     * @enum {string}
     */
    invoice_to?: "me" | "client";
    /**
     * Whether the client has read-only access. Default: false.
     * @default false
     * @example false
     */
    limited_account?: boolean;
    /**
     * Whether the reseller may see what belongs to the client. Default: true.
     * @default true
     * @example true
     */
    allowed_access?: boolean;
    /**
     * Whether the account is active from the start, without an invitation by e-mail. Only for resellers with a special
     * permission from Angelcam.
     * @default false
     * @example false
     */
    activated?: boolean;
} & (WithRequired<ClientProfile, "first_name" | "last_name"> & ClientChange);
/**
 * Guest permissions
 *
 * The permissions of a guest beyond watching live.
 */
export interface GuestPermissions {
    /**
     * Whether the guest may see the recording.
     * @example true
     */
    can_view_rec?: boolean;
    /**
     * Whether the guest may cut clips. This implies `can_view_rec`.
     * @example false
     */
    can_create_clips?: boolean;
    /**
     * Whether the guest may see all clips, not only their own.
     * @example false
     */
    can_view_all_clips?: boolean;
    /**
     * Whether the guest gets the notifications of the camera.
     * @example false
     */
    share_notifications?: boolean;
}
/**
 * Guest
 *
 * A person with whom a camera is shared.
 */
export interface CameraGuest {
    /**
     * The id of the guest.
     * @example 5302
     */
    id?: number;
    /**
     * The first name of the guest, or null if it is not known.
     * @example Lena
     */
    first_name?: string | null;
    /**
     * The last name of the guest, or null if it is not known.
     * @example Svoboda
     */
    last_name?: string | null;
    /**
     * Format: email
     *
     * The e-mail address of the guest.
     * @example lena@example.com
     */
    email: string;
    /** What the guest may do. */
    permissions: GuestPermissions;
}
/**
 * Guest list
 *
 * One page of the list of guests.
 */
export interface CameraGuestList {
    /**
     * How many guests the camera has in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example https://api.angelcam.com/v1/cameras/20311/guests/?limit=2&offset=2
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The guests of this page. */
    results: CameraGuest[];
}
/**
 * Guest changes
 *
 * What a guest may do from now on.
 */
export interface CameraGuestUpdate {
    /** What the guest may do. */
    permissions?: GuestPermissions;
}
/**
 * New guest
 *
 * The person to invite. A person without an account gets one.
 */
export interface CameraGuestCreate extends CameraGuestUpdate {
    /**
     * Format: email
     *
     * The e-mail address of the guest.
     * @example lena@example.com
     */
    email: string;
}
/**
 * Shared camera application
 *
 * A service that is switched on for a shared camera.
 */
export interface SharedCameraApplication {
    /**
     * Which service it is. `CRA` is cloud recording; other services are not shown. The API may add values.
     * @example CRA
     * @enum {string}
     */
    code: "CRA" | (string & {});
}
/**
 * Camera owner
 *
 * The person whose camera it is.
 */
export interface CameraOwner {
    /**
     * The first name of the owner.
     * @example Ondrej
     */
    first_name?: string;
    /**
     * The last name of the owner.
     * @example Malek
     */
    last_name?: string;
    /**
     * Format: email
     *
     * The e-mail address of the owner.
     * @example ondrej@example.com
     */
    email: string;
}
/**
 * Shared camera
 *
 * A camera of another account that you may watch.
 */
export interface SharedCamera extends CameraBase {
    /** The newest stored picture, or null while there is none. */
    snapshot: Snapshot | null;
    /**
     * @deprecated
     *
     * Use `has_recording` and `has_notifications` instead. The services that are switched on for the camera.
     */
    applications: SharedCameraApplication[];
    /** The person who shares the camera with you. */
    owner: CameraOwner;
    /**
     * Whether you may see the recording of the camera.
     * @example true
     */
    has_recording: boolean;
    /**
     * Whether the notifications of the camera are shared with you.
     * @example false
     */
    has_notifications: boolean;
    /**
     * Whether streams carry the sound of the camera. Undocumented: seen in live responses only.
     * @example false
     */
    audio_enabled?: boolean;
    /**
     * Whether live streams are tuned for a short delay. Undocumented: seen in live responses only.
     * @example true
     */
    low_latency_enabled?: boolean;
}
/**
 * Shared camera list
 *
 * One page of the list of shared cameras.
 */
export interface SharedCameraList {
    /**
     * How many cameras other people share with you in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one.
     * @example https://api.angelcam.com/v1/shared-cameras/?limit=2&offset=2
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The cameras of this page. */
    results: SharedCamera[];
}
/**
 * Clip of a shared camera
 *
 * A piece of footage of a camera that is shared with you. It has no `sharing_token`.
 */
export interface SharedCameraClip extends ClipBase {
}
/**
 * Clip list of a shared camera
 *
 * One page of the list of clips of a shared camera.
 */
export interface SharedCameraClipList {
    /**
     * How many clips match in all, on this page and on the others.
     * @example 5
     */
    count: number;
    /**
     * Format: uri
     *
     * The address of the next page, or null on the last one. Undocumented: its query parameters, so follow the link
     * unchanged.
     * @example https://api.angelcam.com/v1/shared-cameras/17204/clips/?cursor=cD0yMDI2LTExLTIz
     */
    next: string | null;
    /**
     * Format: uri
     *
     * The address of the page before, or null on the first one.
     * @example null
     */
    previous: string | null;
    /** The clips of this page. */
    results: SharedCameraClip[];
}
/**
 * Recording of a shared camera
 *
 * The recording of a camera that is shared with you. Live responses have no `id`: its timeline and its stream are found
 * by the camera.
 */
export interface SharedCameraRecording extends RecordingBase {
}
/**
 * Webhook
 *
 * The fields of every webhook. Undocumented: which of them are always present.
 */
export interface WebhookBase {
    /**
     * The name of the person whose account it is about.
     * @example Keyshawn Jacobs
     */
    user_name?: string;
    /**
     * The e-mail address of that account.
     * @example user@example.com
     */
    user_email?: string;
    /**
     * A headline.
     * @example Motion at Loading ramp
     */
    title?: string;
    /**
     * What happened, in a few words.
     * @example The sensor Loading ramp saw motion.
     */
    short_description?: string;
    /**
     * What happened, in full.
     * @example The sensor Loading ramp saw motion at 07:41 UTC. Its camera is recording.
     */
    long_description?: string;
}
/**
 * Incident webhook
 *
 * An incident was opened, verified or closed.
 */
export interface WebhookIncident extends WebhookBase {
    /**
     * The id of the incident (rts.incidents.get). Undocumented: whether it is always a number.
     * @example 90417
     */
    incident_id?: number;
    /**
     * What kind of incident it is. Undocumented: the possible values.
     * @example motion
     */
    incident_category?: string;
    /**
     * The name of the sensor that triggered it.
     * @example Loading ramp
     */
    sensor_name?: string;
    /**
     * Whether it was a false alarm, or null while that is unknown.
     * @example null
     */
    incident_false_alarm?: boolean | null;
}
/**
 * Action webhook
 *
 * An action of a person or of the system, such as arming a location.
 */
export interface WebhookAction extends WebhookBase {
    /**
     * What was done. Undocumented: the possible values.
     * @example arm
     */
    action?: string;
    /**
     * Who or what did it.
     * @example Keyshawn Jacobs
     */
    invoker?: string;
}
/**
 * Camera status webhook
 *
 * A camera can be reached again, or cannot be reached any more.
 */
export interface WebhookCameraStatus extends WebhookBase {
    /**
     * The id of the camera (cameras.get). Undocumented: whether it is always a number.
     * @example 20391
     */
    camera_id?: number;
    /**
     * The name of the camera.
     * @example Server room
     */
    camera_name?: string;
    /**
     * Whether Angelcam reaches the camera now.
     * @example false
     */
    online?: boolean;
}
/**
 * Arrow client status webhook
 *
 * An Arrow client can be reached again, or cannot be reached any more.
 */
export interface WebhookArrowClientStatus extends WebhookBase {
    /**
     * The id of the Arrow client. Undocumented: its type, probably a UUID.
     * @example 5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05
     */
    arrow_client_id?: string;
    /**
     * The id that is printed on an Angelbox. Empty or missing for other Arrow clients.
     * @example AB-2107
     */
    angelbox_id?: string;
    /**
     * The MAC address of the device.
     * @example 5c:f2:86:4e:10:9a
     */
    mac_address?: string;
    /**
     * Whether Angelcam reaches the device now.
     * @example false
     */
    online?: boolean;
    /**
     * The ids of the cameras behind the device. Undocumented: whether they are always numbers.
     * @example [
     *   20311,
     *   20312
     * ]
     */
    affected_cameras?: number[];
}
