import { InfiniteQueryObserver, QueryObserver } from "@tanstack/query-core";
import { expect, expectTypeOf, test } from "vitest";
import {
  Angelcam,
  type AngelcamError,
  type AngelcamOptions,
  NotFoundError,
  personalAccessToken,
} from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { cameraQuery, camerasIn, camerasQuery, createQueryClient } from "./queries.ts";

function connect(count: number, options: Partial<AngelcamOptions> = {}) {
  const sandbox = createSandbox({ cameras: count });
  const auth = personalAccessToken(sandbox.tokens.personalAccessToken());
  return { sandbox, angelcam: new Angelcam({ auth, fetch: sandbox.fetch, quota: false, ...options }) };
}

test("a query returns the data of the method, and sends one request for all observers", async () => {
  const { sandbox, angelcam } = connect(1);
  const [{ id = 0 } = {}] = [...sandbox.cameras];
  const queries = createQueryClient();
  const [one, other] = await Promise.all([
    queries.fetchQuery(cameraQuery(angelcam, id)),
    queries.fetchQuery(cameraQuery(angelcam, id)),
  ]);
  expect(one.id).toBe(id);
  expect(other).toBe(one);
  expect(sandbox.count({ operation: "cameras.get" })).toBe(1);
});

test("an infinite query reads to the last page, and requests none after it", async () => {
  const { sandbox, angelcam } = connect(25);
  const observer = new InfiniteQueryObserver(createQueryClient(), camerasQuery(angelcam, 10));
  let result = await observer.fetchNextPage();
  while (result.hasNextPage) result = await observer.fetchNextPage();
  expect(new Set(camerasIn(result.data).map(({ id }) => id)).size).toBe(25);
  expect(sandbox.count({ operation: "cameras.list" })).toBe(3);
});

test("a failure is an AngelcamError, also for the compiler, and is not retried by the query", async () => {
  const { sandbox, angelcam } = connect(1);
  const observer = new QueryObserver(createQueryClient(), cameraQuery(angelcam, 999_999_999));
  const { error } = await observer.refetch();
  expectTypeOf(error).toEqualTypeOf<AngelcamError | null>();
  expect(error).toBeInstanceOf(NotFoundError);
  expect(error?.code).toBe("not_found");
  expect(sandbox.count({ operation: "cameras.get" })).toBe(1);
});

test("a short outage is retried by the client", async () => {
  const { sandbox, angelcam } = connect(1, { random: () => 0 });
  sandbox.faults.add({ operation: "cameras.list", status: 503 });
  const observer = new InfiniteQueryObserver(createQueryClient(), camerasQuery(angelcam, 10));
  expect(camerasIn((await observer.fetchNextPage()).data)).toHaveLength(1);
  expect(sandbox.count({ operation: "cameras.list" })).toBe(2);
});

test("a query that is cancelled aborts its request", async () => {
  const signals: (AbortSignal | null | undefined)[] = [];
  const { sandbox, angelcam } = connect(1, {
    fetch: (input, init) => {
      signals.push(init?.signal ?? (input instanceof Request ? input.signal : undefined));
      return sandbox.fetch(input, init);
    },
  });
  sandbox.faults.add({ operation: "cameras.list", kind: "hang" });
  const queries = createQueryClient();
  const waiting = queries.fetchInfiniteQuery(camerasQuery(angelcam, 10));
  await expect.poll(() => signals).toHaveLength(1);
  expect(signals[0]?.aborted).toBe(false);
  await Promise.all([queries.cancelQueries(), expect(waiting).rejects.toThrow("CancelledError")]);
  expect(signals[0]?.aborted).toBe(true);
});
