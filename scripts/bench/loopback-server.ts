import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cameraText } from "./fixtures.ts";

// Responds to every request with a camera, and prints the address on which it listens.

const server = createServer((_, response) => {
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(cameraText) });
  response.end(cameraText);
});
server.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
