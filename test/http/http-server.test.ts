import { describe, expect, test } from "vitest";
import { listenProblem } from "../../src/http/http-server.ts";

function problemOf(code: string, syscall = "listen"): string | undefined {
  return listenProblem(Object.assign(new Error(code), { code, syscall }), 80, "build-7");
}

describe("a server that cannot listen", () => {
  test.each([
    ["EADDRINUSE", "listen", "Port 80 is taken. Choose another one with --port, or --port 0 for a free one."],
    ["EACCES", "listen", "Port 80 is for programs with more rights. Choose one from 1024 up with --port."],
    ["EADDRNOTAVAIL", "listen", "This machine has no interface build-7. Choose another one with --host."],
    ["EAFNOSUPPORT", "listen", "This machine has no interface build-7. Choose another one with --host."],
    ["ENOTFOUND", "getaddrinfo", "This machine has no interface build-7. Choose another one with --host."],
    ["EAI_AGAIN", "getaddrinfo", "This machine has no interface build-7. Choose another one with --host."],
    ["EMFILE", "listen", "Port 80 of build-7 cannot be opened: EMFILE."],
  ])("for %s says why, and what to do", (code, syscall, sentence) => {
    expect(problemOf(code, syscall)).toBe(sentence);
  });

  test("is not blamed for an error of another kind", () => {
    expect(problemOf("ENOENT", "open")).toBeUndefined();
    expect(listenProblem(new TypeError("bug"), 80, "localhost")).toBeUndefined();
  });
});
