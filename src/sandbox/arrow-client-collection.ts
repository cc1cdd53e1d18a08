import type { ArrowClient } from "../../generated/schema.ts";
import type { TimeSource } from "./clock.ts";
import { uuid } from "./identifier.ts";
import type { Random } from "./random.ts";

/** An Arrow client as the sandbox keeps it. */
export interface SandboxArrowClient {
  readonly uuid: string;
  /** Six bytes with colons between them. */
  readonly mac: string;
  readonly ip: string;
  /** True for one that was paired by its MAC address, which then finds it. */
  readonly wasPairedByMac: boolean;
  /** By the sandbox's clock, from its pairing on: `not_paired` for 5 seconds, `offline` for 5 more, then `online`. */
  readonly status: ArrowClient["status"];
  /** Holds it at a status, such as `offline`; undefined lets the clock decide again. */
  heldAt: ArrowClient["status"] | undefined;
}

/** The name of a device to pair; one of the three is enough. */
export interface ArrowClientName {
  readonly uuid?: string | undefined;
  readonly mac?: string | undefined;
  readonly angelbox_id?: string | undefined;
}

/** The Arrow clients of an account. Every device named in a request exists and can be paired. */
export interface SandboxArrowClients extends Iterable<SandboxArrowClient> {
  readonly count: number;
  /** By its UUID, or by the MAC address that it was paired with. */
  get(id: string): SandboxArrowClient | undefined;
  /** Adds one that is online; what is left out is made up. */
  add(name?: Pick<ArrowClientName, "uuid" | "mac">): SandboxArrowClient;
  /** Lets the devices that are paired next, one by default, never call: they stay `not_paired`. */
  failNext(times?: number): void;
  /** Removes one; false if there is none with this UUID. */
  remove(uuid: string): boolean;
}

interface Kept extends SandboxArrowClient {
  scansUntil: number;
}

/** How long a device takes to call and to be reached after that, in milliseconds. Made up: Angelcam names no time. */
const [CALLS_AFTER, REACHED_AFTER] = [5_000, 10_000];

/** How long a search of the network takes, in milliseconds; made up as well. */
const SCANS_FOR = 20_000;

/** The Arrow clients of an account. */
export class ArrowClientCollection implements SandboxArrowClients {
  readonly #clock: TimeSource;
  readonly #random: Random;
  #clients: Kept[] = [];
  #failures = 0;

  constructor(clock: TimeSource, random: Random) {
    this.#clock = clock;
    this.#random = random;
    this.add();
    this.add().heldAt = "offline";
  }

  get count(): number {
    return this.#clients.length;
  }

  [Symbol.iterator](): Iterator<SandboxArrowClient> {
    return this.#clients.values();
  }

  get(id: string): SandboxArrowClient | undefined {
    return this.#find(id);
  }

  add(name: Pick<ArrowClientName, "uuid" | "mac"> = {}): SandboxArrowClient {
    return this.#push(name, Number.NEGATIVE_INFINITY);
  }

  /** Pairs a device. One that is paired already stays as it is. */
  pair(name: ArrowClientName): SandboxArrowClient {
    const known = this.#clients.find(({ uuid: id, mac }) => id === name.uuid || mac === normalMac(name.mac));
    if (known) return known;
    const client = this.#push(name, this.#clock.now());
    if (this.#failures > 0) client.heldAt = "not_paired";
    this.#failures = Math.max(0, this.#failures - 1);
    return client;
  }

  failNext(times = 1): void {
    this.#failures = times;
  }

  remove(id: string): boolean {
    const before = this.count;
    this.#clients = this.#clients.filter((client) => client.uuid !== id);
    return this.count < before;
  }

  /** Lets it search its network. */
  scan(id: string): void {
    const client = this.#find(id);
    if (client) client.scansUntil = this.#clock.now() + SCANS_FOR;
  }

  /** The Arrow client as the API shows it. Before it has called, only what the pairing named is known. */
  show(client: SandboxArrowClient): ArrowClient {
    const { uuid: id, mac, ip, status, wasPairedByMac } = client;
    if (status === "not_paired") return { uuid: wasPairedByMac ? null : id, mac: wasPairedByMac ? mac : null, status };
    return { uuid: id, mac, ip, status, scanning: this.#clock.now() < (this.#find(id)?.scansUntil ?? 0) };
  }

  #find(id: string): Kept | undefined {
    const mac = normalMac(id);
    return this.#clients.find(
      (client) => client.uuid === id.toLowerCase() || (client.wasPairedByMac && client.mac === mac),
    );
  }

  #push({ uuid: id, mac, angelbox_id }: ArrowClientName, pairedAt: number): Kept {
    const clock = this.#clock;
    const random = this.#random;
    const client: Kept = {
      uuid: id?.toLowerCase() ?? uuid(random),
      mac: normalMac(mac) ?? normalMac(`5cf286${random.hexadecimal(6)}`) ?? "",
      ip: `203.0.113.${random.integer(1, 254)}`,
      wasPairedByMac: id === undefined && angelbox_id === undefined && mac !== undefined,
      heldAt: undefined,
      scansUntil: 0,
      get status() {
        return this.heldAt ?? statusAfter(clock.now() - pairedAt);
      },
    };
    this.#clients.push(client);
    return client;
  }
}

/** Six bytes in small digits with colons between them, or undefined for anything else. */
export function normalMac(text: string | undefined): string | undefined {
  const digits = text?.replaceAll(/[:-]/g, "").toLowerCase() ?? "";
  return /^[0-9a-f]{12}$/.test(digits) ? digits.match(/../g)?.join(":") : undefined;
}

function statusAfter(milliseconds: number): ArrowClient["status"] {
  if (milliseconds < CALLS_AFTER) return "not_paired";
  return milliseconds < REACHED_AFTER ? "offline" : "online";
}
