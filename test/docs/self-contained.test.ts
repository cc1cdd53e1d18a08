import { describe, expect, test } from "vitest";
import { selfContained } from "../../scripts/docs/self-contained.ts";

describe("a page of another Redoc than the one that was looked at is refused", () => {
  const page = [
    '<meta charset="utf8" />',
    '<div id="redoc"><a href="/errors">Errors</a></div><script type="module">',
    "(0,V.jsx)(`img`,{alt:`redocly logo`,src:`https://cdn.redoc.ly/redoc/logo-mini.svg`})",
    '{"disableTelemetry":true}</script>',
  ].join("\n");

  test("as long as nothing has changed it is taken", () => {
    expect(selfContained(page, "")).toContain('<a href="#/errors">');
  });

  test.each([
    ["the logo is elsewhere", page.replace("alt:`redocly logo`", "alt:`logo`"), /exactly one is expected/],
    ["something else is loaded from there", `${page}cdn.redoc.ly/font.woff`, /still names cdn\.redoc\.ly/],
    ["telemetry is on", page.replace("true", "false"), /telemetry/],
    ["the prerendered part is gone", page.replace('id="redoc"', 'id="root"'), /prerendered/],
    ["the head is another", page.replace("utf8", "utf-8"), /exactly one is expected/],
  ])("%s", (_, changed, message) => {
    expect(() => selfContained(changed, "")).toThrow(message);
  });
});
