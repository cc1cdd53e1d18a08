import { describe, expect, test } from "vitest";
import { PATIENCE, runCommand } from "./command.ts";
import { startFaultyServer } from "./faulty-server.ts";
import { HONEST_SERVERS } from "./honest-servers.ts";

describe("a correct server leads to exit code 0, although it has", () => {
  test.each(HONEST_SERVERS)(
    "$what",
    async ({ sandbox, change, options = [], skipped = {}, line = "" }) => {
      await using server = await startFaultyServer(change, sandbox);
      const { code, stdout, stderr, report, junit } = await runCommand(["--server", server.origin, ...options]);
      expect(code, stdout + stderr).toBe(0);
      const found = report?.workflows.filter(({ status }) => status === "skipped") ?? [];
      expect(Object.fromEntries(found.map(({ name, notes }) => [name, notes[0]]))).toEqual(skipped);
      for (const reason of Object.values(skipped)) {
        expect(stdout).toContain(reason);
        expect(junit).toContain(`<skipped message="${reason}"/>`);
      }
      expect(stdout).toContain(line);
      expect(stdout).toMatch(/^Passed: .*: checked \d+ of \d+ operations and \d+ of \d+ responses of the document$/m);
      expect(stdout).toMatch(/^Not checked: \d+ operations: /m);
    },
    PATIENCE,
  );
});
