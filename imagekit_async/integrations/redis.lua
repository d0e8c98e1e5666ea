-- One decision about one endpoint, with the rules of `_http/bucket.py`. Whatever the limit, the state holds at most CELLS
-- points in time for each window, so that each decision takes the same time.
--
-- KEYS[1] holds the state. ARGV[1] is JSON, with all times in microseconds:
--   process    who asks; its permits are counted under this name
--   held       permits that it holds, those of requests in flight and those that it has not used yet
--   waiting    how many more it can use
--   completed  how long ago each request ended that is over
--   reported   windows that responses reported, as {limit, interval}
--   refused    wait after a 429, and the interval of the window that it reported or 0; or empty
--   budgets    windows known beforehand, as {limit, interval}
--   learned    windows that this process knows, in case the state is lost
--   epoch      the state that this process saw last; 0 if it saw none
--   expected   what the clock of that state must show by now; 0 if it saw none
--
-- Returns {epoch, clock, delay, blocked, in flight, {granted delays}, {{limit, interval, 1 if learned, {delay1, count1,
-- ...}}, ...}}. A negative delay means that responses must come first, and when to ask again at the latest. The slots of
-- windows are left out unless a request has to wait.

local CELLS, MARGIN, LEARNED_WINDOWS, LARGEST_TRIAL = 100, 1.01, 8, 65536
local BATCH = 8
-- Permits are granted this far ahead, so that a process need not ask again for each of them.
local HORIZON = 500000
local LEASE, PATIENCE, POLL, JUMP, LONGEST_WAIT = 6000000, 1000000, 50000, 2000000, 900000000
-- Coarser than in `_http/bucket.py`, since each decision reads and writes the whole state.
local HISTORY_CELL, HISTORY_CELLS = 10000000, 90

local ask = cjson.decode(ARGV[1])
local time = redis.call('TIME')
local clock = time[1] * 1000000 + time[2]
local saved = redis.call('GET', KEYS[1])
local state = saved and cmsgpack.unpack(saved)
  or { epoch = clock, skew = 0, now = clock, blocked = 0, trial = 1, windows = {}, leases = {}, queue = {}, history = {} }
local lost = ask.epoch ~= 0 and ask.epoch ~= state.epoch

-- The server's time may jump. It never goes backward, and the process that asks has measured how far it went.
local now = math.max(clock - state.skew, state.now)
if ask.expected > 0 and not lost then
  if now > ask.expected + JUMP then
    now = math.max(ask.expected, state.now)
  end
  now = math.max(now, ask.expected - JUMP)
end
state.skew, state.now = clock - now, now

-- Counts slots that are free again at some time. Those of one hundredth of the interval share its latest time.
local function take(window, free_at, count)
  local width = math.max(1, math.ceil(window.interval / CELLS))
  local cell = math.floor(free_at / width)
  local cells, index = window.cells, #window.cells - 1
  while index >= 1 and math.floor(cells[index] / width) > cell do
    index = index - 2
  end
  if index >= 1 and math.floor(cells[index] / width) == cell then
    cells[index] = math.max(cells[index], free_at)
    cells[index + 1] = cells[index + 1] + count
  else
    table.insert(cells, index + 2, free_at)
    table.insert(cells, index + 3, count)
  end
end

local function free_at(window, counted)
  return counted + math.ceil(window.interval * MARGIN)
end

local function count(at, requests)
  for _, window in ipairs(state.windows) do
    take(window, free_at(window, at), requests)
  end
  local history = state.history
  if #history > 0 and math.floor(at / HISTORY_CELL) <= math.floor(history[#history - 1] / HISTORY_CELL) then
    history[#history - 1] = math.max(history[#history - 1], at)
    history[#history] = history[#history] + requests
  else
    table.insert(history, at)
    table.insert(history, requests)
  end
  if #history > 2 * HISTORY_CELLS then
    table.remove(history, 1)
    table.remove(history, 1)
  end
end

local function learn(limit, interval, reported)
  local oldest, learned
  for index, window in ipairs(state.windows) do
    if window.interval == interval then
      window.limit = limit
      window.reported = window.reported > 0 and reported or 0
      return
    end
    if window.reported > 0 then
      learned = (learned or 0) + 1
      oldest = (oldest and state.windows[oldest].reported <= window.reported) and oldest or index
    end
  end
  if reported > 0 and (learned or 0) >= LEARNED_WINDOWS then
    table.remove(state.windows, oldest)
  end
  local window = { limit = limit, interval = interval, reported = reported, cells = {} }
  for index = 1, #state.history, 2 do
    take(window, free_at(window, state.history[index]), state.history[index + 1])
  end
  table.insert(state.windows, window)
end

if not saved then
  for _, window in ipairs(ask.budgets) do
    learn(window[1], window[2], 0)
  end
end
for process, lease in pairs(state.leases) do
  if lease[2] <= now and process ~= ask.process then
    count(now, lease[1])
    state.leases[process] = nil
  end
end
for _, age in ipairs(ask.completed) do
  count(now - age, 1)
end
for _, window in ipairs(ask.reported) do
  learn(window[1], window[2], now)
end
if #state.windows == 0 then
  state.trial = math.min(state.trial + #ask.completed, LARGEST_TRIAL)
end
if lost then
  for _, window in ipairs(ask.learned) do
    learn(window[1], window[2], now)
  end
  -- Nobody knows what was sent before the state was lost.
  for _, window in ipairs(state.windows) do
    if window.interval <= LONGEST_WAIT then
      window.cells = {}
      take(window, free_at(window, now), window.limit)
    end
  end
end

local in_flight = 0
state.leases[ask.process] = { ask.held, now + LEASE }
for _, lease in pairs(state.leases) do
  in_flight = in_flight + lease[1]
end
for _, window in ipairs(state.windows) do
  local cells, past, taken = window.cells, 0, 0
  for index = 1, #cells, 2 do
    if cells[index] <= now then past = index + 1 else taken = taken + cells[index + 1] end
  end
  local left = {}
  for index = past + 1, #cells do
    left[#left + 1] = cells[index]
  end
  window.cells, window.taken = left, taken
end

if #ask.refused > 0 then
  state.blocked = math.max(state.blocked, now + ask.refused[1])
  for _, window in ipairs(state.windows) do
    if ask.refused[2] == 0 or ask.refused[2] == window.interval then
      -- Afterward requests go one by one.
      window.cells, window.taken = {}, window.limit
      local steps = math.min(window.limit, CELLS)
      for step = 0, steps - 1 do
        local share = math.floor((step + 1) * window.limit / steps) - math.floor(step * window.limit / steps)
        take(window, state.blocked + math.floor(step * window.interval * MARGIN / steps), share)
      end
    end
  end
  if #state.windows == 0 then
    state.trial = math.max(1, math.floor(state.trial / 2))
  end
end

-- Returns when a request with so many others before it may be sent; nil if responses must come first.
local function turn(ahead)
  local at = math.max(now, state.blocked)
  if #state.windows == 0 and in_flight + ahead >= state.trial then
    return nil
  end
  for _, window in ipairs(state.windows) do
    local place = window.taken + in_flight + ahead - window.limit
    if place >= window.taken then
      return nil
    end
    for index = 1, place >= 0 and #window.cells or 0, 2 do
      place = place - window.cells[index + 1]
      if place < 0 then
        at = math.max(at, window.cells[index])
        break
      end
    end
  end
  return at
end

local batch = BATCH
for _, window in ipairs(state.windows) do
  batch = math.min(batch, math.max(1, math.floor(window.limit / 10)))
end
local wanted = math.min(ask.waiting, batch)

-- Processes that have to come back are served in the order in which they first asked.
local queue, ahead, before = {}, 0, true
local place
for _, waiter in ipairs(state.queue) do
  if waiter[1] == ask.process then
    before = false
    if wanted > 0 or waiter[3] > now then
      queue[#queue + 1] = waiter
      place = #queue
    end
  elseif waiter[3] > now then
    queue[#queue + 1] = waiter
    ahead = ahead + (before and waiter[2] or 0)
  end
end

local granted, delay = {}, 0
local first = wanted > 0 and turn(ahead)
if first and first - HORIZON / 2 <= now then
  local at = first
  while at and at <= now + HORIZON and #granted < wanted do
    granted[#granted + 1] = at - now
    in_flight = in_flight + 1
    at = turn(ahead)
  end
  state.leases[ask.process][1] = ask.held + #granted
  if place then
    table.remove(queue, place)
  end
elseif wanted > 0 then
  if first then
    delay = math.ceil(first - HORIZON / 2 - now)
  else
    for _, window in ipairs(state.windows) do
      delay = math.min(delay, -math.min(PATIENCE, math.floor(window.interval / window.limit * (ahead + 1))) / 4)
    end
    delay = math.floor(math.min(delay, -POLL))
  end
  if not place then
    queue[#queue + 1] = { ask.process, wanted, 0 }
    place = #queue
  end
  queue[place][2], queue[place][3] = wanted, now + math.abs(delay) + PATIENCE
end
state.queue = queue
if ask.held + #granted == 0 then
  state.leases[ask.process] = nil
end

local blocked, lifetime, windows = math.max(state.blocked - now, 0), 3600000000, {}
for index, window in ipairs(state.windows) do
  local cells = {}
  if ask.waiting > #granted then
    for cell = 1, #window.cells, 2 do
      cells[cell], cells[cell + 1] = window.cells[cell] - now, window.cells[cell + 1]
    end
  end
  windows[index] = { window.limit, window.interval, math.min(window.reported, 1), cells }
  lifetime = math.max(lifetime, window.interval * 2)
  window.taken = nil
end
lifetime = lifetime + blocked
redis.call('SET', KEYS[1], cmsgpack.pack(state), 'PX', string.format('%.0f', math.ceil(lifetime / 1000)))
return { state.epoch, now, delay, blocked, in_flight, granted, windows }
