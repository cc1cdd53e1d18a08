import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Message, publint } from "publint";
import { formatMessage } from "publint/utils";
import { count, type Gate } from "./gate.ts";
import { withTarball } from "./pack.ts";

/** The tarball as a package: every file that package.json names is there, and has the declared format. */
export const publishedFiles: Gate = {
  name: "publint --strict",
  check: (root) =>
    withTarball(root, async ({ file, entries }) => {
      const tarball = new Uint8Array(await readFile(file)).buffer;
      // Not its suggestions: it would have the field `browser` moved into `imports`, but then src would not run as it is.
      const { messages } = await publint({ pack: { tarball }, strict: true, level: "warning" });
      const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as Record<string, unknown>;
      const described = (message: Message) => `${message.code}: ${formatMessage(message, manifest, { color: false })}`;
      return { examined: entries, summary: count(entries, "file"), faults: messages.map(described) };
    }),
};
