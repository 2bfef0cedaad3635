#include "bench/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/platform.h"
#include "base/text.h"

namespace doorstep::bench {
namespace {

nlohmann::ordered_json json_of(const Spread& s) {
  auto rounded = [](double ms) { return std::round(ms * 1e4) / 1e4; };
  return {{"p50", rounded(s.p50)},
          {"p95", rounded(s.p95)},
          {"p99", rounded(s.p99)},
          {"max", rounded(s.max)}};
}

nlohmann::ordered_json json_object(const Report& r) {
  nlohmann::ordered_json out;
  out["name"] = r.name;
  out["what"] = r.what;
  out["size"] = {{"homes", r.size.homes},
                 {"campuses", r.size.campuses},
                 {"nodes", r.size.nodes},
                 {"pupils", r.size.pupils}};
  out["ours_ms"] = json_of(r.ours_ms);
  out["peer"] = r.peer.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(r.peer);
  out["peer_ms"] = r.peer_ms ? json_of(*r.peer_ms) : nlohmann::ordered_json();
  out["ratio"] = nullptr;
  if (r.peer_ms && r.ours_ms.p50 > 0.0) out["ratio"] = r.peer_ms->p50 / r.ours_ms.p50;
  out["exact"] = r.exact;
  out["checked"] = r.checked;
  out["peak_mb"] = std::round(r.peak_mb * 10.0) / 10.0;
  for (const auto& [name, value] : r.more) out["more"][name] = value;
  return out;
}

}  // namespace

Spread spread_of(std::vector<double> ms) {
  DOORSTEP_ASSERT(!ms.empty());
  std::ranges::sort(ms);
  auto rank = [&](double share) {
    auto n = static_cast<std::size_t>(std::ceil(share * static_cast<double>(ms.size())));
    return ms[std::max<std::size_t>(n, 1) - 1];
  };
  return {rank(0.5), rank(0.95), rank(0.99), ms.back()};
}

std::string as_json(const Report& report) {
  nlohmann::ordered_json out = json_object(report);
  out["machine"] = machine();
  return out.dump(2);
}

std::string as_json(const std::vector<Report>& reports) {
  DOORSTEP_ASSERT(!reports.empty());
  nlohmann::ordered_json out = json_object(reports.front());
  out["machine"] = machine();
  for (std::size_t i = 1; i < reports.size(); ++i) out["parts"].push_back(json_object(reports[i]));
  return out.dump(2);
}

std::string machine() {
  return fmt::format("{}, {:.0f} GB, {}", machine_name(),
                     static_cast<double>(physical_memory_bytes()) / 1e9,
                     instruction_set_name(widest_instruction_set()));
}

Interleaved interleave(int repeat, int peer_repeat, bool warm_up, const std::function<void()>& ours,
                       const std::function<void()>& peer) {
  Interleaved out;
  if (warm_up) ours();
  int peers = peer ? std::min(repeat, peer_repeat) : 0;
  for (int i = 0; i < repeat; ++i) {
    // The peer's k-th run comes in the k-th of as many equal parts of ours.
    if (i * peers / repeat != (i + 1) * peers / repeat) {
      out.peer_ms.push_back(ms_of(peer));
      if (warm_up) ours();  // what the peer pushed out of the caches
    }
    out.ours_ms.push_back(ms_of(ours));
  }
  return out;
}

void put_times(const Interleaved& times, Report& report) {
  report.ours_ms = spread_of(times.ours_ms);
  if (!times.peer_ms.empty()) report.peer_ms = spread_of(times.peer_ms);
}

PeakMemory::PeakMemory() { reset_peak_memory(); }
double PeakMemory::mb() const { return static_cast<double>(peak_memory_bytes()) / 1e6; }

}  // namespace doorstep::bench
