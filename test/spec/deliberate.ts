/** Where the document says something else than the facts sheet, on purpose. */
export const DELIBERATE: readonly { reason: string; findings: readonly string[] }[] = [
  {
    reason: "A list that is sent with commas (explode: false): the same on the wire, and checked item by item.",
    findings: [
      'GET /v1/cameras/ query ids: type "array", the facts say "string"',
      'GET /v1/cameras/ query tags: type "array", the facts say "string"',
    ],
  },
  {
    reason: "The facts sheet's prose says that it is sent as 1 or 0, and no server is known to take true.",
    findings: [
      'GET /v1/cameras/ query has_guests: type "integer", the facts say "boolean"',
      "GET /v1/cameras/ query has_guests: enum [0,1], the facts say none",
      'GET /v1/public-cameras/ query online: type "integer", the facts say "boolean"',
      "GET /v1/public-cameras/ query online: enum [0,1], the facts say none",
    ],
  },
  {
    reason: "The facts sheet's own note: a plain string when the problem belongs to no field.",
    findings: ['ValidationError.detail: type "array|string", the facts say "array"'],
  },
  {
    reason:
      "The facts know it from 2020 only. Since then sign-in has moved to my.angelcam.com, and this belongs to it.",
    findings: ["POST /oauth/token-revoke/: server https://api.angelcam.com is missing"],
  },
  {
    reason: "No source lists errors of this operation. These are those of RFC 6749, like the facts' own for tokens.",
    findings: [
      "POST /oauth/token-revoke/ 400: response is not in the facts",
      "POST /oauth/token-revoke/ 401: response is not in the facts",
    ],
  },
  {
    reason: "{mac} and {uuid} are one path template, so one parameter takes both: a pattern instead of a format.",
    findings: [
      'GET /v1/arrow-clients/{mac}/ path mac: name "arrow_client_id", the facts say "mac"',
      'GET /v1/arrow-clients/{mac}/ path mac: format none, the facts say "mac"',
      ...[
        "GET /v1/arrow-clients/{uuid}/",
        "DELETE /v1/arrow-clients/{uuid}/",
        "POST /v1/arrow-clients/{uuid}/reset-service-table/",
        "POST /v1/arrow-clients/{uuid}/scan-network/",
        "GET /v1/arrow-clients/{uuid}/services/",
        "POST /v1/arrow-clients/{uuid}/services/",
        "GET /v1/arrow-clients/{uuid}/services/{service_id}/",
        "DELETE /v1/arrow-clients/{uuid}/services/{service_id}/",
      ].flatMap((operation) => [
        `${operation} path uuid: name "arrow_client_id", the facts say "uuid"`,
        `${operation} path uuid: format none, the facts say "uuid"`,
      ]),
    ],
  },
  {
    reason: "No JSON Schema format has this name, so nothing would check it. A pattern does.",
    findings: [
      'GET /v1/arrow-clients/ query mac: format none, the facts say "mac"',
      'POST /v1/arrow-clients/ application/json mac: format none, the facts say "mac"',
      'ArrowClient.mac: format none, the facts say "mac"',
      'ArrowClientSummary.mac: format none, the facts say "mac"',
      'ArrowPairing.mac: format none, the facts say "mac"',
      'ArrowService.mac: format none, the facts say "mac"',
      'GET /v1/arrow-clients/{uuid}/services/{service_id}/ path service_id: format none, the facts say "hex"',
      'DELETE /v1/arrow-clients/{uuid}/services/{service_id}/ path service_id: format none, the facts say "hex"',
    ],
  },
  {
    reason: "JSON Schema says it with contentEncoding: base64.",
    findings: [
      'POST /v1/audio-messages/ application/json message: format none, the facts say "base64"',
      'PUT /v1/audio-messages/{message_id}/ application/json message: format none, the facts say "base64"',
    ],
  },
  {
    reason: "It is the status of its response, and an error has a status from 400 to 599.",
    findings: [
      "ApiError.status: minimum 400, the facts say none",
      "ValidationError.status: minimum 400, the facts say none",
    ],
  },
  {
    reason: "No TCP port is below 1, so a port of 0 is rejected before a request is sent.",
    findings: [
      "ArrowService.port: minimum 1, the facts say none",
      "POST /v1/arrow-clients/{uuid}/services/ application/json port: minimum 1, the facts say none",
    ],
  },
  {
    reason: "Like every other id of the API, so that 0 is rejected before a request is sent.",
    findings: [
      "GET /v1/spaces/{space_id}/ path space_id: minimum 1, the facts say none",
      "GET /v1/spaces/{space_id}/permissions/ path space_id: minimum 1, the facts say none",
    ],
  },
  {
    reason: "The published example is a path on the device and no whole address.",
    findings: [
      'Speaker.endpoint: format "uri-reference", the facts say "uri"',
      'POST /v1/speakers/ application/json endpoint: format "uri-reference", the facts say "uri"',
      'PUT /v1/speakers/{speaker_id}/ application/json endpoint: format "uri-reference", the facts say "uri"',
    ],
  },
  {
    reason: "It is write-only: it is in the request body (SpeakerInput) and in no response.",
    findings: ["Speaker.password: field is missing"],
  },
  {
    reason: "One schema with the same field of the response, which the facts give this format.",
    findings: ['PUT /v1/rts/ application/json incident_ttl: format "duration", the facts say none'],
  },
  {
    reason: "A text of Angelcam calls it a cursor, so it goes back as it came, whether it is an address or not.",
    findings: ['GET /v1/rts/messages/ query next: format none, the facts say "uri"'],
  },
  {
    reason: "The same link of an incident can be null, so null is read here too.",
    findings: ["RtsMessage.incident_sharing_url: nullable true, the facts say false"],
  },
  {
    reason: "Every streamer that was ever seen is below angelcam.com; the facts allow any host.",
    findings: [
      "GET /recording/streams/{stream_id}/: server https://streamer_domain is missing",
      "POST /recording/streams/{stream_id}/pause/: server https://streamer_domain is missing",
      "POST /recording/streams/{stream_id}/play/: server https://streamer_domain is missing",
      "POST /recording/streams/{stream_id}/speed/: server https://streamer_domain is missing",
    ],
  },
  {
    reason: "The facts sheet's own note: the published example has this name, so either is accepted.",
    findings: ["RecordingStreamPosition.current_time: field is not in the facts"],
  },
  {
    reason: "The facts sheet's own note: live responses of 2024 have no id. So it is optional here, and only here.",
    findings: [
      'GET /v1/shared-cameras/{camera_id}/recording/ 200: schema "SharedCameraRecording", the facts say "Recording"',
    ],
  },
];
