/** A feature that a client has in this setup. */
export type Feature = "typed" | "token" | "errors" | "timeout" | "retries" | "pages" | "refresh" | "quota";

/** The settings of a client. */
export interface Target {
  readonly origin: string;
  readonly token: string;
  /** Replaces the network; undefined for the client's own fetch or agent. */
  readonly fetch: typeof globalThis.fetch | undefined;
}

/** The small part of the API that every candidate calls. */
export interface Client {
  camera(id: number): Promise<unknown>;
  /** Every camera, page after page. A client without pagination uses a loop, as its user would. */
  cameras(): Promise<readonly unknown[]>;
}

/** A client library that is measured. */
export interface Candidate {
  readonly name: string;
  /** The module whose import time is measured; undefined where there is none. */
  readonly module: string | undefined;
  readonly features: readonly Feature[];
  /** True for the same client with fewer features on: it is left out where that makes no difference. */
  readonly isVariant?: boolean;
  connect(target: Target): Client;
}

/** A page of the list of cameras. */
export interface CameraPage {
  readonly count: number;
  readonly results: readonly unknown[];
}

/** Items of the largest page of `cameras.list`. */
export const PAGE = 100;

/** Reads a whole list with a loop, page after page. */
export async function everyPage(read: (offset: number) => Promise<CameraPage>): Promise<unknown[]> {
  const cameras: unknown[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { count, results } = await read(offset);
    cameras.push(...results);
    if (cameras.length >= count || results.length === 0) return cameras;
  }
}
