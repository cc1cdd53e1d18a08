import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandbox } from "../../src/sandbox/index.ts";

/** The servers and credentials of the suite; see `suite/run.js`. */
export interface Surroundings {
  readonly sandboxOrigin: string;
  readonly mockOrigin: string;
  readonly closedOrigin: string;
  readonly username: string;
  readonly password: string;
  readonly clientId: string;
}

/** A sandbox of its own for each runtime, so that none sees what another has done. */
export async function surround(mockOrigin: string): Promise<Surroundings & AsyncDisposable> {
  const sandbox = createSandbox({ cameras: 250, quota: false });
  sandbox.faults.add({ operation: "publicCameras.list", kind: "hang", times: Number.POSITIVE_INFINITY });
  sandbox.faults.add({ operation: "locations.list", kind: "cut", times: Number.POSITIVE_INFINITY });
  const listener = await sandbox.listen();
  const { username, password } = sandbox.account;
  return {
    sandboxOrigin: listener.origin,
    mockOrigin,
    closedOrigin: await closedOrigin(),
    username,
    password,
    clientId: sandbox.client.clientId,
    [Symbol.asyncDispose]: () => listener.close(),
  };
}

/** A port that was free a moment ago. */
async function closedOrigin(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}
