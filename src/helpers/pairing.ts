import type { components } from "../../generated/schema.ts";
import { checkOptionNames } from "../base/check-names.ts";
import type { Angelcam } from "../client/angelcam.ts";
import type { BodyOf } from "../client/operation-types.ts";
import { NotFoundError } from "../errors/api-errors.ts";
import { unexpectedContent } from "../errors/unexpected-shape.ts";
import { checkClient } from "./check-client.ts";
import { attachIds, type PolledRequest, type PollingOptions, pollingOptionNames, withPolling } from "./polling.ts";
import { locationOf, readId, readObject, readOptionalId, readString, within } from "./response-fields.ts";

type ArrowClient = components["schemas"]["ArrowClient"];
type PairingRequest = BodyOf<"arrowClients.pair">;

/** A device listens for 20 minutes after its start, see spec/paths/v1/arrow-clients.yaml: a longer wait is useless. */
const DEADLINE = 20 * 60_000;

/** The names of a device; a pairing takes one of them. */
const NAMES = ["uuid", "angelbox_id", "mac"] as const;

/** The device to pair, by one of `uuid`, `angelbox_id` and `mac`, and how to wait for it. */
export interface PairArrowClientOptions extends PairingRequest, PollingOptions {
  /**
   * Milliseconds that the whole pairing may take, every request and pause included. A device listens for 20 minutes
   * after its start.
   *
   * @default 1_200_000
   */
  deadline?: number | undefined;
}

/**
 * Requests a device to connect with this account, and waits until it is online. Restart the device first: it listens for 20
 * minutes after its start.
 *
 * It requests the pairing once, and then reads the device with growing pauses of 2 to 30 seconds, each up to a
 * fifth shorter at random. A retryable failure ends the wait only when it happens three times in a row. Every error that
 * comes after the request has the name of the device, as `arrowClients.get` takes it, in `arrowClientId`. A device that is
 * paired already costs two requests.
 *
 * @returns The Arrow client, `online`.
 * @throws TypeError when not exactly one name is given; `TimeoutError` when the device does not come online within
 * `deadline`; the signal's reason; any error of a request.
 * @example
 * ```ts
 * const { uuid } = await pairArrowClient(angelcam, { angelbox_id: "AB-48213" });
 * const { results } = await angelcam.arrowClients.services.list(uuid ?? "");
 * ```
 */
export async function pairArrowClient(angelcam: Angelcam, options: PairArrowClientOptions): Promise<ArrowClient> {
  checkClient("pairArrowClient", angelcam);
  const request = toRequest(options);
  const onTimeout = () => "Restart the device, see that it reaches the internet, and pair it again.";
  return withPolling("pairArrowClient", options, DEADLINE, onTimeout, async (wait) => {
    const location = locationOf("arrowClients.pair");
    const pairing = readObject(location, await angelcam.arrowClients.pair(request, wait.request));
    const mac = readOptionalId(location, pairing, "mac");
    const uuid = readOptionalId(location, pairing, "uuid");
    const arrowClientId = uuid ?? mac;
    if (!arrowClientId) throw unexpectedContent(location.operation, "the response has neither a uuid nor a mac");
    const read = createReader(angelcam, arrowClientId, uuid ? undefined : mac, wait.request);
    return attachIds({ arrowClientId }, options.signal, wait.until(undefined, read, isOnline));
  });
}

/**
 * Reads the Arrow client by the id that works: a MAC address is good only while the pairing is under way, see
 * spec/parameters/ArrowClientId.yaml. After that the list has the UUID.
 */
function createReader(angelcam: Angelcam, name: string, mac: string | undefined, request: PolledRequest) {
  let id = name;
  return async (): Promise<ArrowClient> => {
    const isMac = id === mac;
    try {
      const arrowClient = await angelcam.arrowClients.get(id, request);
      const location = locationOf("arrowClients.get");
      id = readOptionalId(location, arrowClient, "uuid") ?? id;
      return arrowClient;
    } catch (error) {
      if (!isMac || !(error instanceof NotFoundError)) throw error;
      const location = locationOf("arrowClients.list");
      const { results } = await angelcam.arrowClients.list({ mac: id }, request);
      const index = indexOfDevice(results, name);
      if (index < 0) throw error;
      id = readId(within(location, "results", index), results[index], "uuid");
      return angelcam.arrowClients.get(id, request);
    }
  };
}

/**
 * Where the device with a MAC address is in a list, -1 where it is not; notations differ in case and separators. A server
 * that ignores the filter returns other devices too, some of which have no MAC address: one without is taken only if it is
 * the sole item.
 */
function indexOfDevice(items: readonly unknown[], mac: string): number {
  const digitsOf = (address: unknown) =>
    (typeof address === "string" ? address.toLowerCase() : "").replace(/[^0-9a-f]/g, "");
  const found = items.map((item) => digitsOf((Object(item) as { mac?: unknown }).mac));
  return found.length === 1 && found[0] === "" ? 0 : found.indexOf(digitsOf(mac));
}

function isOnline(arrowClient: ArrowClient): boolean {
  return readString(locationOf("arrowClients.get"), arrowClient, "status") === "online";
}

function toRequest(options: PairArrowClientOptions): PairingRequest {
  checkOptionNames("pairArrowClient", options, [...NAMES, ...pollingOptionNames]);
  const given = NAMES.filter((name) => options[name] !== undefined);
  const [name] = given;
  if (!name || given.length > 1) throw new TypeError("pairArrowClient: give one of uuid, angelbox_id and mac");
  const value = options[name];
  if (typeof value !== "string" || value === "") {
    throw new TypeError(`pairArrowClient: ${name} must be a non-empty string`);
  }
  return { [name]: value };
}
