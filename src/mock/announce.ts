import { subscribe } from "node:diagnostics_channel";
import { rmSync } from "node:fs";
import type { Server } from "node:net";

// Loaded into Prism's process ahead of Prism itself (`node --import`). It reports to the parent where Prism listens, which
// Prism prints only at a log level that halves its speed, and it ends Prism when the parent is gone, however it went.

/** The message from a mock to its parent process. */
export type Announcement = { readonly port: number } | { readonly code: string };

/** The variable that names a folder which is of no use once the parent is gone. */
const FOLDER_VARIABLE = "ANGELCAM_MOCK_FOLDER";

subscribe("tracing:net.server.listen:asyncEnd", (message) => {
  const address = (message as { server: Server }).server.address();
  if (address && typeof address === "object") announce({ port: address.port });
});

subscribe("tracing:net.server.listen:error", (message) => {
  announce({ code: (message as { error: NodeJS.ErrnoException }).error.code ?? "" });
});

// Ctrl+C reaches every process of a terminal. What it means is for the parent to say.
process.on("SIGINT", () => {});

process.on("disconnect", leave);
if (!process.connected) leave();

function leave(): never {
  const folder = process.env[FOLDER_VARIABLE];
  if (folder) rmSync(folder, { recursive: true, force: true });
  process.exit();
}

function announce(announcement: Announcement): void {
  process.send?.(announcement);
}
