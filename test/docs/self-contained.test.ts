import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { selfContained } from "../../scripts/docs/page/self-contained.ts";

const PARTS = { style: "", script: "mend();" };

const page = [
  '<meta charset="utf8" />',
  '<div id="redoc"><script>light()</script><a href="/errors">Errors</a></div><script type="module">',
  "(0,V.jsx)(`img`,{alt:`redocly logo`,src:`https://cdn.redoc.ly/redoc/logo-mini.svg`})",
  "try{return e._factory??=Function(XDe),!0}catch{return!1}",
  '{"disableTelemetry":true}</script>',
].join("\n");

describe("a page of another Redoc than the one that was looked at is refused", () => {
  test("as long as nothing has changed it is taken", () => {
    expect(selfContained(page, PARTS)).toContain('<a href="#/errors">');
  });

  test.each([
    ["the logo is elsewhere", page.replace("alt:`redocly logo`", "alt:`logo`"), /exactly one is expected/],
    ["something else is loaded from there", `${page}cdn.redoc.ly/font.woff`, /still names cdn\.redoc\.ly/],
    ["telemetry is on", page.replace("true", "false"), /telemetry/],
    ["the search has changed", page.replace("_factory", "_maker"), /exactly one is expected/],
    ["the prerendered part is gone", page.replace('id="redoc"', 'id="root"'), /prerendered/],
    ["the head is another", page.replace("utf8", "utf-8"), /exactly one is expected/],
    ["there is a script more", `${page}<script>more()</script>`, /4 scripts, and three are expected/],
  ])("%s", (_, changed, message) => {
    expect(() => selfContained(changed, PARTS)).toThrow(message);
  });
});

describe("the policy of the page", () => {
  const [, policy = ""] = /Content-Security-Policy" content="([^"]*)"/.exec(selfContained(page, PARTS)) ?? [];

  test("allows nothing that it does not name", () => {
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|\*/);
  });

  test.each(["light()", "\nmend();\n"])("allows the script %j by its own text", (text) => {
    expect(policy).toContain(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  });

  test("stands before the first script", () => {
    const whole = selfContained(page, PARTS);
    expect(whole.indexOf("Content-Security-Policy")).toBeLessThan(whole.indexOf("<script"));
  });
});
