#include "assign/live/repair.h"

#include "assign/live/certificate.h"

namespace doorstep::live {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMostRounds = 80;

double ms_since(Clock::time_point& then) {
  const auto now = Clock::now();
  const double ms = std::chrono::duration<double, std::milli>(now - then).count();
  then = now;
  return ms;
}

/// False where time ran out.
bool balance(State& s, ShortestPaths& paths, Clock::time_point deadline) {
  std::size_t done = 0;
  const auto late = [&] { return ++done % 8 == 0 && Clock::now() > deadline; };
  // A search without a way out may send pupils to a campus that was done already.
  for (bool any = true; any;) {
    any = false;
    for (uint32_t x = 0; x < s.stride; ++x)
      while (s.load[x] > s.capacity[x]) {
        any = true;
        paths.push(x);
        if (late()) return false;
      }
  }
  for (uint32_t y = 0; y < s.stride; ++y)
    while (s.has_room(y) && s.price[y] > 0) {
      paths.pull(y);
      if (late()) return false;
    }
  return true;
}

}  // namespace

Repaired repair(State& s, ShortestPaths& paths, Clock::time_point deadline, RepairTimes* times) {
  RepairTimes local;
  RepairTimes& t = times ? *times : local;
  for (std::size_t round = 0; round < kMostRounds; ++round) {
    ++s.work.rounds;
    auto then = Clock::now();
    const bool balanced = balance(s, paths, deadline);
    t.repair_ms += ms_since(then);
    if (!balanced) return Repaired::OutOfTime;
    paths.lower_to_smallest();
    t.smallest_ms += ms_since(then);
    const std::size_t moved = certify(s);
    t.certify_ms += ms_since(then);
    if (moved == 0) return Repaired::Optimal;
    if (then > deadline) return Repaired::OutOfTime;
  }
  return Repaired::NoProgress;
}

}  // namespace doorstep::live
