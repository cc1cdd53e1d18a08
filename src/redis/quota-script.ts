import type { QuotaWindow } from "../quota/quota.ts";
import { keyBeside, type SendCommand } from "./redis-client.ts";

/**
 * The one script of the quota: it takes in what a process has to tell, and answers who of those that wait in it may go.
 * All times are the server's, so that the clocks of the processes do not matter; what goes in and out are differences.
 *
 * - `log` holds a member for each place, at the time when it ends. A place that is taken stands in the future, at the latest
 *   moment at which its request can end; so it counts from its start on, and ages by itself when its process dies.
 * - `line` holds who waits, in all processes, by ticket. `seen` says until when to believe that they still do.
 *
 * The start of each one in line is reckoned as in `slidingLog`: it needs the place that many places before it to have come
 * free. Somebody else's place is kept for them.
 */
const SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local log, line, seen, tickets, paused = unpack(KEYS)
local input = cjson.decode(ARGV[1])

local longest = 0
for _, window in ipairs(input.windows) do longest = math.max(longest, window.length) end
for _, id in ipairs(input.ended) do redis.call('ZADD', log, now, id) end
local function leave(id)
  redis.call('ZREM', line, id)
  redis.call('ZREM', seen, id)
end
for _, id in ipairs(input.gone) do
  leave(id)
  redis.call('ZREM', log, id)
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', seen, '-inf', now)) do leave(id) end
redis.call('ZREMRANGEBYSCORE', log, '-inf', now - longest)

local pause = tonumber(redis.call('GET', paused) or 0)
if now + input.pause > pause and input.pause > 0 then
  pause = now + input.pause
  redis.call('SET', paused, pause, 'PX', input.pause)
end

local own = {}
for _, waiter in ipairs(input.waiting) do
  waiter.ticket = waiter.ticket or redis.call('INCR', tickets)
  own[waiter.id] = waiter
  redis.call('ZADD', line, waiter.ticket, waiter.id)
  redis.call('ZADD', seen, now + input.lease, waiter.id)
end

local total = redis.call('ZCARD', log)
local starts = {}
local function free_at(index)
  if index >= total then return starts[index - total + 1] end
  return math.min(now, tonumber(redis.call('ZRANGE', log, index, index, 'WITHSCORES')[2]))
end
if #input.waiting > 0 then
  for _, id in ipairs(redis.call('ZRANGE', line, 0, -1)) do
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

local places = {}
for index, waiter in ipairs(input.waiting) do
  local refused = waiter.start > now + waiter.patience
  if refused or waiter.start <= now then leave(waiter.id) end
  if not refused and waiter.start <= now then redis.call('ZADD', log, now + input.life, waiter.id) end
  places[index] = { waiter.ticket, waiter.start - now, refused and 1 or 0 }
end

local usage = {}
for index, window in ipairs(input.windows) do
  local first = '(' .. string.format('%.0f', now - window.length)
  local oldest = redis.call('ZRANGEBYSCORE', log, first, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)[2]
  local free = oldest and math.min(now, tonumber(oldest)) + window.length - now or -1
  usage[index] = { redis.call('ZCOUNT', log, first, '+inf'), free }
end

for _, key in ipairs({ log, line, seen, tickets }) do redis.call('PEXPIRE', key, longest + input.life) end
return { places, usage }`;

/**
 * Milliseconds beyond a window: one for a server that counts both ends of it, one for what is lost when the times of
 * Redis are cut to milliseconds.
 */
const MARGIN = 2;

/** The longest time that JSON and Redis carry without loss and without words such as Infinity. */
const LONGEST = 1e12;

/** What a process has to tell, and asks. */
export interface QuotaNews {
  /** Places whose request is over. */
  readonly ended: readonly string[];
  /** Who has left the line, or was given a place and sent nothing. */
  readonly gone: readonly string[];
  /** Milliseconds of silence that the server has asked for. */
  readonly pause: number;
  readonly waiting: readonly QuotaAsker[];
}

/** One who waits for a place. */
export interface QuotaAsker {
  readonly id: string;
  readonly ticket: number | undefined;
  /** Milliseconds that it may still wait. */
  readonly patience: number;
}

/** What Redis says to it. */
export interface QuotaVerdict {
  readonly ticket: number;
  /** Milliseconds until its place comes free: 0 when it has one. */
  readonly wait: number;
  /** That is longer than it may wait, and it is out of the line. */
  readonly refused: boolean;
}

export interface QuotaAnswer {
  readonly verdicts: readonly QuotaVerdict[];
  /** For each window how many places are used, and the milliseconds until the next comes free. */
  readonly usage: readonly { readonly used: number; readonly free: number | undefined }[];
}

/** What all processes of an account have to agree on. */
export interface QuotaTerms {
  readonly key: string;
  readonly windows: readonly QuotaWindow[];
  /** Milliseconds after which a place ends whose process says nothing. */
  readonly life: number;
  /** Milliseconds after which somebody in line is taken to be dead. */
  readonly lease: number;
}

/** Tells Redis the news, and gets its answer. */
export async function exchange(send: SendCommand, terms: QuotaTerms, news: QuotaNews): Promise<QuotaAnswer> {
  const keys = [terms.key, ...["line", "seen", "tickets", "paused"].map((name) => keyBeside(terms.key, name))];
  const input = {
    windows: terms.windows.map(({ limit, seconds }) => ({ limit, length: Math.ceil(seconds * 1000) + MARGIN })),
    life: terms.life,
    lease: terms.lease,
    ...news,
    pause: milliseconds(news.pause),
    waiting: news.waiting.map((asker) => ({ ...asker, patience: milliseconds(asker.patience) })),
  };
  const [places, usage] = (await send(["EVAL", SCRIPT, String(keys.length), ...keys, JSON.stringify(input)])) as [
    [number, number, number][],
    [number, number][],
  ];
  return {
    verdicts: places.map(([ticket, wait, refused]) => ({ ticket, wait, refused: refused === 1 })),
    usage: usage.map(([used, free]) => ({ used, free: free < 0 ? undefined : free })),
  };
}

function milliseconds(value: number): number {
  return Math.floor(Math.min(Math.max(0, value), LONGEST));
}
