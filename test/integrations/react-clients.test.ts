// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import createQueryApi from "openapi-react-query";
import { act, createElement, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { SWRConfig } from "swr";
import { createInfiniteHook, createQueryHook } from "swr-openapi";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Angelcam, personalAccessToken } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";

// The hooks of openapi-react-query and swr-openapi on angelcam.api, rendered by React, with the sandbox behind it.

beforeEach(() => vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true));

const roots: { unmount(): void }[] = [];
afterEach(() =>
  act(async () => {
    for (const root of roots.splice(0)) root.unmount();
  }),
);

function connect(cameras = 3) {
  const sandbox = createSandbox({ cameras });
  const auth = personalAccessToken(sandbox.tokens.personalAccessToken());
  return { sandbox, angelcam: new Angelcam({ auth, fetch: sandbox.fetch, quota: false, retry: false }) };
}

/** Renders a component that uses a hook, and returns what the hook returned last. */
async function renderHook<T>(hook: () => T, wrap: (child: ReactNode) => ReactNode): Promise<{ current: T }> {
  const result = {} as { current: T };
  const Probe = () => {
    result.current = hook();
    return null;
  };
  const root = createRoot(document.createElement("div"));
  roots.push(root);
  await act(async () => root.render(wrap(createElement(Probe))));
  return result;
}

/** Lets React render again until the expectation holds. */
function eventually(expectation: () => void): Promise<void> {
  return act(() => vi.waitFor(expectation, { timeout: 60_000 }));
}

describe("openapi-react-query", () => {
  const withQueries = (child: ReactNode) => {
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    return createElement(QueryClientProvider, { client }, child);
  };

  test("useQuery returns the data of the path", async () => {
    const { angelcam, sandbox } = connect();
    const queries = createQueryApi(angelcam.api);
    const hook = await renderHook(() => queries.useQuery("get", "/v1/cameras/", {}), withQueries);
    await eventually(() => expect(hook.current.isSuccess).toBe(true));
    expect(hook.current.data?.results.map(({ id }) => id)).toEqual([...sandbox.cameras].map(({ id }) => id));
  });

  test("useQuery returns the error of the API for a camera that does not exist", async () => {
    const { angelcam } = connect();
    const queries = createQueryApi(angelcam.api);
    const init = { params: { path: { camera_id: 999_999 } } };
    const hook = await renderHook(() => queries.useQuery("get", "/v1/cameras/{camera_id}/", init), withQueries);
    await eventually(() => expect(hook.current.isError).toBe(true));
    expect(hook.current.error).toMatchObject({ status: 404, title: "not_found" });
  });

  test("useInfiniteQuery reads page after page", async () => {
    const { angelcam } = connect(5);
    const queries = createQueryApi(angelcam.api);
    const hook = await renderHook(
      () =>
        queries.useInfiniteQuery(
          "get",
          "/v1/cameras/",
          { params: { query: { limit: 2 } } },
          {
            pageParamName: "offset",
            initialPageParam: 0,
            getNextPageParam: (page, pages) => (page.next ? pages.length * 2 : undefined),
          },
        ),
      withQueries,
    );
    await eventually(() => expect(hook.current.isSuccess).toBe(true));
    while (hook.current.hasNextPage) await act(async () => void (await hook.current.fetchNextPage()));
    const ids = hook.current.data?.pages.flatMap(({ results }) => results.map(({ id }) => id)) ?? [];
    expect(new Set(ids).size).toBe(5);
  });

  test("useMutation sends the body and returns the new camera", async () => {
    const { angelcam } = connect();
    const queries = createQueryApi(angelcam.api);
    const hook = await renderHook(() => queries.useMutation("put", "/v1/cameras/{camera_id}/"), withQueries);
    const [{ id = 0 } = {}] = (await angelcam.cameras.list()).results;
    await act(() => hook.current.mutateAsync({ params: { path: { camera_id: id } }, body: { name: "Back yard" } }));
    expect((await angelcam.cameras.get(id)).name).toBe("Back yard");
  });
});

describe("swr-openapi", () => {
  /** SWR renders again for what a component reads alone, so all of it is read. */
  const read = <T extends { data?: unknown; error?: unknown }>(hook: T): T => {
    const { data, error } = hook;
    return { ...hook, data, error };
  };
  const withCache = (child: ReactNode) =>
    createElement(SWRConfig, { value: { provider: () => new Map(), shouldRetryOnError: false } }, child);

  test("the query hook returns the data of the path", async () => {
    const { angelcam } = connect();
    const useApi = createQueryHook(angelcam.api, "angelcam");
    const hook = await renderHook(() => read(useApi("/v1/me/", {})), withCache);
    await eventually(() => expect(hook.current.data?.email).toContain("@"));
  });

  test("the query hook returns the error of the API for a camera that does not exist", async () => {
    const { angelcam } = connect();
    const useApi = createQueryHook(angelcam.api, "angelcam");
    const init = { params: { path: { camera_id: 999_999 } } };
    const hook = await renderHook(() => read(useApi("/v1/cameras/{camera_id}/", init)), withCache);
    await eventually(() => expect(hook.current.error).toMatchObject({ status: 404 }));
  });

  test("the infinite hook reads page after page", async () => {
    const { angelcam } = connect(5);
    const useInfinite = createInfiniteHook(angelcam.api, "angelcam");
    const hook = await renderHook(
      () =>
        read(
          useInfinite("/v1/cameras/", (index, previous) =>
            previous && !previous.next ? null : { params: { query: { limit: 2, offset: index * 2 } } },
          ),
        ),
      withCache,
    );
    await eventually(() => expect(hook.current.data).toHaveLength(1));
    await act(async () => void (await hook.current.setSize(3)));
    await eventually(() => expect(hook.current.data).toHaveLength(3));
    expect(hook.current.data?.flatMap(({ results }) => results)).toHaveLength(5);
  });
});
