-- Requests the paths of a file in turn, each thread from another place.
local paths, first = {}, 0

function setup(thread)
  thread:set("first", first)
  first = first + 1
end

function init()
  for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
  next = first * math.floor(#paths / 2)
end

function request()
  next = next % #paths + 1
  return wrk.format("GET", paths[next])
end

function done(summary, latency)
  io.write(string.format("RESULT %f %f %d\n", summary.requests / summary.duration * 1e6, latency:percentile(99) / 1000,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout))
end
