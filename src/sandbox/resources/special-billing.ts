import type { ServiceUsageDetail } from "../../../generated/schema.ts";
import { DAY } from "../../base/time.ts";
import { timestamp } from "../clock.ts";
import type { Space } from "../space.ts";
import type { Item } from "./resource-table.ts";
import type { Special } from "./special.ts";

const MONTH = 30 * DAY;

/** Orders, and the services that they buy. */
export const specialBilling: Readonly<Record<string, Special>> = {
  "/v1/billing/orders/": {
    filters: { state: (value) => (item) => value === (item.paid_at === null ? "unpaid" : "paid") },
  },
  "/v1/billing/orders/{order_id}/items/": {
    seeds: (space, orderId, items) => {
      const [first] = space.collection("/v1/billing/orders/");
      if (first?.id === orderId) return items;
      const price = space.collection("/v1/billing/orders/").get(orderId ?? 0)?.total_price;
      return items.slice(0, 1).map((item) => ({ ...item, full_price: price, price }));
    },
  },
  "/v1/billing/active-services/": {
    show: (item, space) => ({ ...item, ...usageOf(item, space) }),
    accept: acceptActiveService,
    filters: { type: (value) => (item) => (item.current_service as Item | null)?.type === value },
  },
};

/** The camera that a bought service is in use for, as it is called now. None where it was removed. */
export function usageOf({ usage_detail }: Item, { cameras }: Space) {
  const camera = cameras.get((usage_detail as ServiceUsageDetail).camera_id ?? 0);
  const detail = camera && { camera_id: camera.id, camera_name: camera.name };
  return { in_use: detail !== undefined, usage_detail: detail ?? {} };
}

/** A service that is bought or changed. */
function acceptActiveService(body: Item, item: Item | undefined, space: Space): Item {
  const services = [...space.collection("/v1/billing/services/"), ...space.collection("/v1/billing/active-services/")];
  const known = services
    .map((one) => (one.current_service as Item | undefined) ?? one)
    .find(({ code }) => code === body.code);
  const reference = { type: known?.type ?? "cloud-recording", code: body.code };
  const months = body.period === "P1Y" ? 12 : 1;
  const renewal = { renew_service: reference, renew_period: body.period };
  if (item && body.force_downgrade === false) return renewal;
  const bought = { current_service: reference, ...renewal };
  if (item) return bought;
  const valid_until = timestamp(space.clock.now() + months * MONTH);
  return { ...bought, valid_until, in_use: false, usage_detail: {} };
}
