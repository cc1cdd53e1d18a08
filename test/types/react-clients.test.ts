import type { Client } from "openapi-fetch";
import createQueryApi from "openapi-react-query";
import { createInfiniteHook, createMutateHook, createQueryHook } from "swr-openapi";
import { expectTypeOf, test } from "vitest";
import type { Angelcam, Api, Camera, CurrentUser, paths } from "../../src/index.ts";

declare const angelcam: Angelcam;

test("openapi-react-query takes angelcam.api without a cast, and knows paths, parameters and data", () => {
  const queries = createQueryApi(angelcam.api);
  const me = () => queries.useQuery("get", "/v1/me/");
  expectTypeOf<NonNullable<ReturnType<typeof me>["data"]>>().toExtend<CurrentUser>();
  const camera = () =>
    queries.useSuspenseQuery("get", "/v1/cameras/{camera_id}/", { params: { path: { camera_id: 7 } } });
  expectTypeOf<ReturnType<typeof camera>["data"]>().toExtend<Camera>();
  // @ts-expect-error the id is missing
  queries.useQuery("get", "/v1/cameras/{camera_id}/");
  // @ts-expect-error there is no such path
  queries.useQuery("get", "/v1/nothing/");
});

test("swr-openapi takes angelcam.api without a cast, and knows paths, parameters and data", () => {
  const useApi = createQueryHook(angelcam.api, "angelcam");
  const me = () => useApi("/v1/me/");
  expectTypeOf<NonNullable<ReturnType<typeof me>["data"]>>().toExtend<CurrentUser>();
  const useInfinite = createInfiniteHook(angelcam.api, "angelcam");
  const cameras = () => useInfinite("/v1/cameras/", () => ({ params: { query: { limit: 10 } } }));
  expectTypeOf<NonNullable<ReturnType<typeof cameras>["data"]>[number]["results"][number]>().toExtend<Camera>();
  createMutateHook(angelcam.api, "angelcam", Object.is as (one: unknown, other: unknown) => boolean);
  // @ts-expect-error there is no such path
  useApi("/v1/nothing/");
});

test("angelcam.api is a Client<paths>, and its type has a name", () => {
  expectTypeOf(angelcam.api).toEqualTypeOf<Api>();
  const client: Client<paths> = angelcam.api;
  expectTypeOf(client.GET).toBeFunction();
});
