import type { QuotaWindow } from "../quota/window.ts";
import { keyBeside, type SendCommand } from "./redis-client.ts";

/**
 * The one script of the quota: it takes the update of a process, and decides which of its waiting requests may start.
 * All times are those of the Redis server, so the clocks of the processes do not matter; the input and the result hold
 * differences. When that clock is set back, or another server with another clock takes over, everything stored moves with
 * it: no wait gets longer. A slot further in the future than any request takes counts as released now.
 *
 * - `log` holds a member for each slot, at the time when its request ended. A slot that is taken is in the future, at the
 *   latest moment at which its request can end; so it counts from its start on, and expires when its process dies.
 * - `queue` holds the waiting requests of all processes by ticket; those of a higher priority have the lower tickets. `seen` holds until
 *   when each of them is taken to be still waiting.
 *
 * The start of each waiting request is computed as in `slidingLog`: the request that many slots before it must have
 * released its slot. Slots that belong to requests of other processes are kept for them.
 */
const SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local log, queue, seen, tickets, paused, latest = unpack(KEYS)
local input = cjson.decode(ARGV[1])

local longest = 0
for _, window in ipairs(input.windows) do longest = math.max(longest, window.length) end

local function move(key, from, to_score)
  local members = redis.call('ZRANGEBYSCORE', key, from, '+inf', 'WITHSCORES')
  for index = 1, #members, 2 do redis.call('ZADD', key, to_score(tonumber(members[index + 1])), members[index]) end
end
local set_back = math.max(0, (tonumber(redis.call('GET', latest)) or 0) - now)
if set_back > 0 then
  for _, key in ipairs({ log, seen }) do move(key, '-inf', function(score) return score - set_back end) end
end
redis.call('SET', latest, now)
move(log, string.format('(%.0f', now + input.life), function() return now end)
move(seen, string.format('(%.0f', now + input.lease), function() return now + input.lease end)

for _, id in ipairs(input.ended) do redis.call('ZADD', log, now, id) end
local function leave(id)
  redis.call('ZREM', queue, id)
  redis.call('ZREM', seen, id)
end
for _, id in ipairs(input.gone) do
  leave(id)
  redis.call('ZREM', log, id)
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', seen, '-inf', now)) do leave(id) end
redis.call('ZREMRANGEBYSCORE', log, '-inf', now - longest)

local stored = redis.call('GET', paused) or ''
local pause_end, pause_length = string.match(stored, '^(%d+) (%d+)$')
local pause = math.min((tonumber(pause_end) or 0) - set_back, now + (tonumber(pause_length) or 0))
local length = math.max(pause - now, input.pause)
if length > 0 then
  pause = now + length
  redis.call('SET', paused, string.format('%.0f %.0f', pause, length), 'PX', length)
end

local own = {}
for _, waiter in ipairs(input.waiting) do
  own[waiter.id] = waiter
  if redis.call('ZSCORE', log, waiter.id) then
    -- Its slot was granted by an exchange whose reply was lost, and which the Redis client has sent again.
    waiter.start = now
  else
    waiter.ticket = waiter.ticket or redis.call('INCR', tickets) - waiter.priority * 1e15
    redis.call('ZADD', queue, waiter.ticket, waiter.id)
    redis.call('ZADD', seen, now + input.lease, waiter.id)
  end
end

local total = redis.call('ZCARD', log)
local starts = {}
local function free_at(index)
  if index >= total then return starts[index - total + 1] end
  return math.min(now, tonumber(redis.call('ZRANGE', log, index, index, 'WITHSCORES')[2]))
end
if #input.waiting > 0 then
  for _, id in ipairs(redis.call('ZRANGE', queue, 0, -1)) do
    local start = math.max(now, pause, starts[#starts] or 0)
    for _, window in ipairs(input.windows) do
      local before = total + #starts - window.limit
      if before >= 0 then start = math.max(start, free_at(before) + window.length) end
    end
    local waiter = own[id]
    if waiter then waiter.start = start end
    if not waiter or start <= now + waiter.patience then starts[#starts + 1] = start end
  end
end

local grants = {}
for index, waiter in ipairs(input.waiting) do
  local rejected = waiter.start > now + waiter.patience
  if rejected or waiter.start <= now then leave(waiter.id) end
  if not rejected and waiter.start <= now then redis.call('ZADD', log, now + input.life, waiter.id) end
  grants[index] = { waiter.ticket or 0, waiter.start - now, rejected and 1 or 0 }
end

local usage = {}
for index, window in ipairs(input.windows) do
  local first = '(' .. string.format('%.0f', now - window.length)
  local oldest = redis.call('ZRANGEBYSCORE', log, first, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)[2]
  local free = oldest and math.min(now, tonumber(oldest)) + window.length - now or -1
  usage[index] = { redis.call('ZCOUNT', log, first, '+inf'), free }
end

for _, key in ipairs({ log, queue, seen, tickets, latest }) do redis.call('PEXPIRE', key, longest + input.life) end
return { grants, usage }`;

/**
 * Milliseconds beyond a window: one for a server that counts both ends of it, one for what is lost when the times of
 * Redis are cut to milliseconds.
 */
const MARGIN = 2;

/** The longest time that JSON and Redis carry without loss and without words such as Infinity. */
const LONGEST = 1e12;

/** The changes in one process since its last exchange, and its requests that wait. */
export interface QuotaUpdate {
  /** Ids of slots whose request has ended. */
  readonly ended: readonly string[];
  /** Ids of requests that have left the queue, or were not sent after they had got a slot. */
  readonly gone: readonly string[];
  /** Milliseconds for which the server accepts no requests. */
  readonly pause: number;
  readonly waiting: readonly Waiter[];
}

/** A request that waits for a slot. */
export interface Waiter {
  readonly id: string;
  /** Its position in the queue of all processes, as Redis has assigned it. */
  readonly ticket: number | undefined;
  /** 0, 1 or 2: it goes before all of a lower one. */
  readonly priority: number;
  /** Milliseconds that it may still wait. */
  readonly patience: number;
}

/** The decision for a request that waits. */
export interface Grant {
  readonly ticket: number;
  /** Milliseconds until its slot comes free: 0 when it has one. */
  readonly wait: number;
  /** True when that is longer than it may wait. It has left the queue. */
  readonly rejected: boolean;
}

/** The result of an exchange. */
export interface QuotaDecision {
  /** One for each waiting request, in their order. */
  readonly grants: readonly Grant[];
  /** For each window how many slots are used, and the milliseconds until the next comes free. */
  readonly usage: readonly { readonly used: number; readonly free: number | undefined }[];
}

/** The settings that must be equal in all processes of an account. */
export interface QuotaConfig {
  readonly key: string;
  readonly windows: readonly QuotaWindow[];
  /** Milliseconds after which a slot is taken to be released although its process has not said so. */
  readonly life: number;
  /** Milliseconds after which a request in the queue is taken to be gone although its process has not said so. */
  readonly lease: number;
}

/** Sends an update to Redis and returns its decisions. */
export async function exchange(send: SendCommand, config: QuotaConfig, update: QuotaUpdate): Promise<QuotaDecision> {
  const { key, windows, life, lease } = config;
  const keys = [key, ...["queue", "seen", "tickets", "paused", "latest"].map((name) => keyBeside(key, name))];
  const input = {
    windows: windows.map(({ limit, seconds }) => ({ limit, length: milliseconds(Math.ceil(seconds * 1000) + MARGIN) })),
    life,
    lease,
    ...update,
    pause: milliseconds(update.pause),
    waiting: update.waiting.map((waiter) => ({ ...waiter, patience: milliseconds(waiter.patience) })),
  };
  const [grants, usage] = (await send(["EVAL", SCRIPT, String(keys.length), ...keys, JSON.stringify(input)])) as [
    [number, number, number][],
    [number, number][],
  ];
  return {
    grants: grants.map(toNumbers).map(([ticket, wait, rejected]) => ({ ticket, wait, rejected: rejected === 1 })),
    usage: usage.map(toNumbers).map(([used, free]) => ({ used, free: free < 0 ? undefined : free })),
  };
}

/** A client can be set to return numbers as strings. */
function toNumbers<T extends number[]>(values: T): T {
  return values.map(Number) as T;
}

function milliseconds(value: number): number {
  return Math.floor(Math.min(Math.max(0, value), LONGEST));
}
