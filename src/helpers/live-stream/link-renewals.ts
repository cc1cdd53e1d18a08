import type { Clock } from "../../base/clock.ts";
import type { Angelcam } from "../../client/angelcam.ts";
import type { RequestOptions } from "../../client/request-options.ts";
import { AngelcamError } from "../../errors/angelcam-error.ts";
import { BadRequestError, NotFoundError } from "../../errors/api-errors.ts";
import { UnexpectedResponseError } from "../../errors/client-errors.ts";
import { type FieldLocation, locationOf, readArray, readObject, readString, within } from "../response-fields.ts";
import { remainingLifetime, type StreamFormat } from "./link-expiry.ts";
import { type FetchedLink, type LinkListener, SharedLink, type StreamLink } from "./shared-link.ts";
import { StreamFormatError } from "./stream-errors.ts";

/** How many cameras one list request can return, see spec/parameters/Limit.yaml. */
const MOST_CAMERAS = 100;

/** The shortest time, in milliseconds, that a renewal by itself may wait for its quota and its response. */
const SHORTEST_DEADLINE = 30_000;

/** A renewal that a caller waits for. */
interface Renewal {
  readonly shared: SharedLink;
  readonly resolve: (link: StreamLink) => void;
  readonly reject: (reason: unknown) => void;
}

/** A camera as it came, or why it did not. */
type CameraResponse = { readonly location: FieldLocation; readonly camera: unknown } | { readonly error: unknown };

/**
 * The links of one client that are requested with the same options. One request renews them all: those that are due, and those whose half time is over.
 * It has a timer only while it has a listener.
 */
export class LinkRenewals {
  readonly #angelcam: Angelcam;
  readonly options: RequestOptions;
  readonly clock: Clock;
  /** Called when no link is held any more. */
  readonly #onIdle: () => void;
  readonly #links = new Map<string, { readonly shared: SharedLink; holders: number }>();
  /** The renewals that leave in this turn. */
  #batch: Renewal[] | undefined;
  #timer: unknown;

  constructor(angelcam: Angelcam, options: RequestOptions, clock: Clock, onIdle: () => void) {
    this.#angelcam = angelcam;
    this.options = options;
    this.clock = clock;
    this.#onIdle = onIdle;
  }

  /** Counts one more holder of a link; `release` counts it off, once. */
  hold(cameraId: number, format: StreamFormat): { readonly shared: SharedLink; readonly release: () => void } {
    const key = `${cameraId} ${format}`;
    const entry = this.#links.get(key) ?? { shared: new SharedLink(cameraId, format), holders: 0 };
    this.#links.set(key, entry);
    entry.holders++;
    let isHeld = true;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      entry.holders--;
      if (entry.holders > 0) return;
      this.#links.delete(key);
      if (this.#links.size === 0) this.#onIdle();
    };
    return { shared: entry.shared, release };
  }

  /** A link that will work for a while: the one that is there, or a new one. */
  async fresh(shared: SharedLink): Promise<StreamLink> {
    const now = this.clock.monotonic();
    // After failures the next renewal can be later than the expiry.
    return shared.link && now < shared.renewal && !shared.isExpired(now) ? shared.link : this.renew(shared);
  }

  /** A new link, by one request for all links that are renewed in the same turn. */
  renew(shared: SharedLink): Promise<StreamLink> {
    shared.underWay ??= new Promise<StreamLink>((resolve, reject) => this.#enqueue({ shared, resolve, reject }));
    return shared.underWay;
  }

  /** Reports every new link to a listener until it is stopped, and renews the link ahead of its expiry meanwhile. */
  listen(shared: SharedLink, listener: LinkListener): () => void {
    shared.listeners.set(listener, this.clock.monotonic());
    this.#schedule();
    return () => {
      shared.listeners.delete(listener);
      this.#schedule();
    };
  }

  #enqueue(renewal: Renewal): void {
    if (this.#batch) {
      this.#batch.push(renewal);
      return;
    }
    const batch = [renewal];
    this.#batch = batch;
    queueMicrotask(() => {
      this.#batch = undefined;
      void this.#send(batch, undefined);
    });
  }

  /** Renews by itself what is due, and along with it what will be due before long. */
  #renewDue(): void {
    const now = this.clock.monotonic();
    const listened = this.#listened().filter(({ underWay }) => !underWay);
    if (!listened.some(({ renewal }) => renewal <= now)) return;
    const batch: Renewal[] = [];
    let expiry = Number.POSITIVE_INFINITY;
    for (const shared of listened.filter(({ halfTime, renewal }) => Math.min(halfTime, renewal) <= now)) {
      shared.underWay = new Promise<StreamLink>((resolve, reject) => batch.push({ shared, resolve, reject }));
      // Listeners hear of a failure from the link.
      shared.underWay.catch(() => {});
      expiry = Math.min(expiry, shared.expiry);
    }
    // A wait for the quota beyond the expiry fails at once, so that the listeners know of it.
    void this.#send(batch, Math.max(SHORTEST_DEADLINE, expiry - now));
  }

  /** Sends the requests of a batch and settles its renewals. It never rejects. */
  async #send(batch: readonly Renewal[], deadline: number | undefined): Promise<void> {
    const ids = [...new Set(batch.map(({ shared }) => shared.cameraId))];
    const own = this.options;
    const options = deadline === undefined ? own : { ...own, deadline: Math.min(deadline, own.deadline ?? deadline) };
    this.#schedule();
    for (let start = 0; start < ids.length; start += MOST_CAMERAS) {
      const some = ids.slice(start, start + MOST_CAMERAS);
      const cameras = await this.#read(some, options);
      for (const renewal of batch) {
        if (!some.includes(renewal.shared.cameraId)) continue;
        this.#settle(renewal, cameras.get(renewal.shared.cameraId) ?? { error: undefined });
      }
    }
    this.#schedule();
  }

  #settle({ shared, resolve, reject }: Renewal, response: CameraResponse): void {
    const now = this.clock.monotonic();
    shared.underWay = undefined;
    try {
      if ("error" in response) throw response.error;
      resolve(shared.take(this.#linkOf(response, shared), now, this.clock.now()));
    } catch (error) {
      reject(error);
      const isAngelcamError = error instanceof AngelcamError;
      // A page of a proxy instead of the response passes like any outage.
      if (!isAngelcamError || !(error.retryable || error instanceof UnexpectedResponseError)) {
        shared.giveUp(error, now);
        return;
      }
      shared.retryLater(error, (error.retryAt?.getTime() || 0) - this.clock.now(), now);
    }
  }

  #linkOf(
    { location, camera }: Extract<CameraResponse, { camera: unknown }>,
    { cameraId, format }: SharedLink,
  ): FetchedLink {
    const formats: string[] = [];
    for (const [index, stream] of readArray(location, camera, "streams").entries()) {
      const at = within(location, "streams", index);
      const found = readString(at, stream, "format");
      if (found === format) {
        const url = readString(at, stream, "url");
        return { url, lifetime: remainingLifetime(url, format, this.clock.now()) };
      }
      formats.push(found);
    }
    throw new StreamFormatError(cameraId, format, formats);
  }

  /** Reads cameras by as few requests as there can be. It never rejects. */
  async #read(ids: readonly number[], options: RequestOptions): Promise<ReadonlyMap<number, CameraResponse>> {
    const responses = new Map<number, CameraResponse>();
    if (ids.length > 1) {
      try {
        const query = { ids: [...ids], limit: MOST_CAMERAS };
        const cameras: readonly unknown[] = await this.#angelcam.cameras.list(query, options).toArray();
        for (const [index, camera] of cameras.entries()) {
          const location = within(locationOf("cameras.list"), "results", index);
          const { id } = Object(camera) as { id?: unknown };
          if (typeof id === "number" && ids.includes(id)) responses.set(id, { location, camera });
        }
      } catch (error) {
        const isRejected = error instanceof BadRequestError || error instanceof NotFoundError;
        if (!isRejected) return new Map(ids.map((id) => [id, { error }]));
        // One camera that is gone must not take the links of the others with it: each is read for itself.
      }
    }
    for (const id of ids) {
      if (!responses.has(id)) responses.set(id, await this.#readOne(id, options));
    }
    return responses;
  }

  async #readOne(id: number, options: RequestOptions): Promise<CameraResponse> {
    try {
      const location = locationOf("cameras.get");
      return { location, camera: readObject(location, await this.#angelcam.cameras.get(id, undefined, options)) };
    } catch (error) {
      return { error };
    }
  }

  #listened(): SharedLink[] {
    return [...this.#links.values()].map(({ shared }) => shared).filter(({ listeners }) => listeners.size > 0);
  }

  #schedule(): void {
    this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    const listened = this.#listened();
    const next = Math.min(
      ...listened.map(({ underWay, renewal, informAt }) =>
        Math.min(underWay ? Number.POSITIVE_INFINITY : renewal, informAt),
      ),
    );
    if (next === Number.POSITIVE_INFINITY) return;
    this.#timer = this.clock.setTimeout(() => this.#tick(), Math.max(0, next - this.clock.monotonic()));
    // Node's timers hold a program; the numbers of browsers hold nothing.
    const keepsAlive = listened.some(({ listeners }) => [...listeners.keys()].some((listener) => listener.keepsAlive));
    if (!keepsAlive) (this.#timer as { unref?(): void } | undefined)?.unref?.();
  }

  #tick(): void {
    const now = this.clock.monotonic();
    for (const shared of this.#listened()) if (shared.informAt <= now) shared.inform(now);
    this.#renewDue();
    this.#schedule();
  }
}
