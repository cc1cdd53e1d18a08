import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A real server for responses that a stubbed fetch cannot produce. It is closed after the test. */
export async function listen(respond: RequestListener): Promise<string> {
  const server = createServer(respond);
  onTestFinished(() => close(server));
  return open(server);
}

/** An origin at which no server listens any more. */
export async function originWithoutServer(): Promise<string> {
  const server = createServer();
  const origin = await open(server);
  await close(server);
  return origin;
}

async function open(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
