import { trace } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { expect, test } from "vitest";
import { angelcam } from "../support.ts";

test("a call that is retried is two spans with one call id, and no secret is in them", async () => {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  const sandbox = angelcam({ cameras: 1 });
  const { angelcam: client } = await import("./observe.ts");
  exporter.reset();
  sandbox.faults.add({ operation: "cameras.list", status: 503 });
  await client.cameras.list();
  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ name, attributes }) => [name, attributes["http.response.status_code"]])).toEqual([
    ["GET /v1/cameras/", 503],
    ["GET /v1/cameras/", 200],
  ]);
  const [first, second] = spans.map(({ attributes }) => attributes["angelcam.call_id"]);
  expect(first).toBeTypeOf("string");
  expect(second).toBe(first);
  expect(JSON.stringify(spans.map(({ attributes }) => attributes))).not.toContain(process.env.ANGELCAM_TOKEN);
});
