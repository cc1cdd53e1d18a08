import { type InfiniteData, QueryClient } from "@tanstack/query-core";
import type { Angelcam, AngelcamError } from "angelcam-client";
import type { components } from "angelcam-client/schema";

// How the client and TanStack Query share the work: the client retries and knows when, so the queries do not; a query
// without any observer aborts its request; each failure is an AngelcamError.

declare module "@tanstack/query-core" {
  interface Register {
    defaultError: AngelcamError;
  }
}

/** A query client that leaves retries to the Angelcam client. */
export function createQueryClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });
}

/** One camera. Hand it to `useQuery` or `fetchQuery`. */
export function cameraQuery(angelcam: Angelcam, id: number) {
  return {
    queryKey: ["angelcam", "cameras", id],
    queryFn: ({ signal }: { signal: AbortSignal }) => angelcam.cameras.get(id, {}, { signal }),
  } as const;
}

/** All cameras, page by page. Hand it to `useInfiniteQuery` or to an `InfiniteQueryObserver`. */
export function camerasQuery(angelcam: Angelcam, limit: number) {
  return {
    queryKey: ["angelcam", "cameras", { limit }],
    queryFn: async ({ pageParam, signal }: { pageParam: number; signal: AbortSignal }) => {
      const { results, next } = await angelcam.cameras.list({ limit, offset: pageParam }, { signal });
      return { results, next };
    },
    initialPageParam: 0,
    getNextPageParam: ({ next }: CamerasPage, _pages: readonly CamerasPage[], offset: number) =>
      next === null ? undefined : offset + limit,
  } as const;
}

/** One page, as a cache keeps it: plain data. */
export interface CamerasPage {
  readonly results: readonly components["schemas"]["Camera"][];
  readonly next: string | null;
}

/** The cameras of all pages that were fetched. */
export function camerasIn(data: InfiniteData<CamerasPage> | undefined): readonly components["schemas"]["Camera"][] {
  return data?.pages.flatMap(({ results }) => results) ?? [];
}
