import { type Span, SpanStatusCode, trace } from "@opentelemetry/api";
import { Angelcam, type ClientEvent, personalAccessToken } from "angelcam-client";
import { pino } from "pino";

const log = pino({ level: process.env.LOG_LEVEL ?? "info" });
const tracer = trace.getTracer("angelcam-client");

/** Tries that are under way: a call may have several, and all of them have its `callId`. */
const spans = new Map<string, Span>();

/** A span for each request, and a line for each event. No event holds a token, a filled-in path or a body. */
export function observe(event: ClientEvent): void {
  switch (event.type) {
    case "request": {
      const { callId, operationId, attempt, method, origin, path } = event;
      const attributes = {
        "angelcam.call_id": callId,
        "angelcam.operation": operationId,
        "http.request.method": method,
        "http.request.resend_count": attempt - 1,
        "server.address": new URL(origin).hostname,
        "url.template": path,
      };
      spans.set(`${callId}:${attempt}`, tracer.startSpan(`${method} ${path}`, { attributes }));
      log.debug(event, "request");
      break;
    }
    case "response": {
      const { callId, attempt, status, error } = event;
      const span = spans.get(`${callId}:${attempt}`);
      spans.delete(`${callId}:${attempt}`);
      if (status !== undefined) span?.setAttribute("http.response.status_code", status);
      if (error !== undefined) span?.setAttribute("error.type", error);
      if (status === undefined || status >= 400) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
      log[status !== undefined && status < 400 ? "debug" : "warn"](event, "response");
      break;
    }
    default:
      log.info(event, event.type);
  }
}

export const angelcam = new Angelcam({
  auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? ""),
  onEvent: observe,
});

console.log((await angelcam.me.get()).email);
