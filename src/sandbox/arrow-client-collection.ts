import type { ArrowClient } from "../../generated/schema.ts";
import { type ItemSource, MadeUpItems, type SandboxList } from "./resources/collection.ts";

/** An Arrow client as the sandbox keeps it. */
export interface SandboxArrowClient {
  readonly uuid: string;
  /** Six bytes with colons between them. */
  readonly mac: string;
  readonly ip: string;
  /** The id that it was paired by, if it was by one. */
  readonly angelboxId: string | undefined;
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
export type SandboxArrowClients = SandboxList<SandboxArrowClient, string> &
  Pick<ArrowClientCollection, "add" | "failNext" | "remove">;

/** How long a device takes to call and to be reached after that, in milliseconds. Made up: Angelcam names no time. */
const [CALLS_AFTER, REACHED_AFTER] = [5_000, 10_000];

/** How long a search of the network takes, in milliseconds; made up as well. */
const SCANS_FOR = 20_000;

/** The Arrow clients of an account. */
export class ArrowClientCollection extends MadeUpItems<SandboxArrowClient> {
  /** When their searches of the network end. */
  readonly #scans = new Map<SandboxArrowClient, number>();

  constructor(source: ItemSource) {
    super(source, "arrow-clients", "uuid");
    this.add();
    this.add().heldAt = "offline";
  }

  /** By its UUID, or by the MAC address that it was paired with. */
  override get(id: string): SandboxArrowClient | undefined {
    const mac = normalMac(id);
    return super.get(id.toLowerCase()) ?? this.items.find((one) => one.wasPairedByMac && one.mac === mac);
  }

  /** Adds one that is online; what is left out is made up. */
  add(name: Pick<ArrowClientName, "uuid" | "mac"> = {}): SandboxArrowClient {
    return this.#push(name, Number.NEGATIVE_INFINITY);
  }

  /** Pairs a device. One that is paired already stays as it is. */
  pair(name: ArrowClientName): SandboxArrowClient {
    const [wantedUuid, wantedMac, boxId] = [name.uuid?.toLowerCase(), normalMac(name.mac), name.angelbox_id];
    const isSame = ({ uuid, mac, angelboxId }: SandboxArrowClient) =>
      uuid === wantedUuid || mac === wantedMac || (boxId !== undefined && angelboxId === boxId);
    const known = this.items.find(isSame);
    if (known) return known;
    const client = this.#push(name, this.source.clock.now());
    if (this.takeFailure()) client.heldAt = "not_paired";
    return client;
  }

  /** Lets it search its network. */
  scan(client: SandboxArrowClient): void {
    this.#scans.set(client, this.source.clock.now() + SCANS_FOR);
  }

  /** The Arrow client as the API shows it. Before it has called, only what the pairing named is known. */
  show(client: SandboxArrowClient): ArrowClient {
    const { uuid, mac, ip, status, wasPairedByMac } = client;
    if (status === "not_paired")
      return { uuid: wasPairedByMac ? null : uuid, mac: wasPairedByMac ? mac : null, status };
    return { uuid, mac, ip, status, scanning: this.source.clock.now() < (this.#scans.get(client) ?? 0) };
  }

  #push({ uuid, mac, angelbox_id }: ArrowClientName, pairedAt: number): SandboxArrowClient {
    const { random, source } = this;
    const client: SandboxArrowClient = {
      uuid: uuid?.toLowerCase() ?? random.uuid(),
      mac: normalMac(mac) ?? normalMac(`5cf286${random.hexadecimal(6)}`) ?? "",
      ip: `203.0.113.${random.integer(1, 254)}`,
      angelboxId: angelbox_id,
      wasPairedByMac: uuid === undefined && angelbox_id === undefined && mac !== undefined,
      heldAt: undefined,
      get status() {
        const waited = source.clock.now() - pairedAt;
        return this.heldAt ?? (waited < CALLS_AFTER ? "not_paired" : waited < REACHED_AFTER ? "offline" : "online");
      },
    };
    this.items.push(client);
    return client;
  }
}

/** Six bytes in small digits with colons between them, or undefined for anything else. */
export function normalMac(text: string | undefined): string | undefined {
  const digits = text?.replaceAll(/[:-]/g, "").toLowerCase() ?? "";
  return /^[0-9a-f]{12}$/.test(digits) ? digits.match(/../g)?.join(":") : undefined;
}
