/** What a client does of itself, once it is set up as it is here. */
export type Feature = "typed" | "token" | "errors" | "timeout" | "retries" | "pages" | "refresh" | "quota";

/** What a client is set up with. */
export interface Target {
  readonly origin: string;
  readonly token: string;
  /** In place of the network; undefined for the fetch, or the agent, that the client takes by itself. */
  readonly fetch: typeof globalThis.fetch | undefined;
}

/** A client at work, on one and the same small part of the API. */
export interface Client {
  camera(id: number): Promise<unknown>;
  /** Every camera, page after page. A client that knows no pages does it by hand, as its user would. */
  cameras(): Promise<readonly unknown[]>;
}

/** Somebody in the race. */
export interface Contender {
  readonly name: string;
  /** The module that is imported, for the time that this takes; undefined where there is none. */
  readonly module: string | undefined;
  readonly features: readonly Feature[];
  /** True for the same client with less switched on: it is left out where that makes no difference. */
  readonly isVariant?: boolean;
  connect(target: Target): Client;
}

/** A page of the list of cameras. */
export interface CameraPage {
  readonly count: number;
  readonly results: readonly unknown[];
}

/** The biggest page that the API gives, as the spec says of `cameras.list`. */
export const PAGE = 100;

/** Walks through the list by hand, page after page. */
export async function everyPage(read: (offset: number) => Promise<CameraPage>): Promise<unknown[]> {
  const cameras: unknown[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { count, results } = await read(offset);
    cameras.push(...results);
    if (cameras.length >= count || results.length === 0) return cameras;
  }
}
