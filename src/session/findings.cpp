#include "session/findings.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace doorstep::session {

namespace {

using Row = std::pair<std::string, long>;

std::map<Row, Xy> spots_of_rows(const Place& place) {
  std::map<Row, Xy> out;
  for (const Campus& c : place.campuses)
    if (c.source.row > 0) out.emplace(Row{c.source.file, c.source.row}, c.at);
  for (const Home& h : place.homes)
    if (h.source.row > 0) out.emplace(Row{h.source.file, h.source.row}, h.at);
  return out;
}

int rank(Severity s) { return s == Severity::Error ? 0 : s == Severity::Warning ? 1 : 2; }

}  // namespace

std::vector<Finding> findings_to_walk(const Diagnostics& findings, const Place& place) {
  const std::map<Row, Xy> rows = spots_of_rows(place);
  std::map<std::pair<int, std::string>, std::size_t> kinds;
  std::vector<std::pair<std::size_t, Finding>> found;
  for (const Diagnostic& d : findings.items()) {
    Finding one{d, 0};
    const bool usable = d.spot && std::isfinite(d.spot->x) && std::isfinite(d.spot->y);
    if (!usable) one.what.spot.reset();
    if (!usable && d.at.row > 0)
      if (auto at = rows.find({d.at.file, d.at.row}); at != rows.end())
        one.what.spot = MapSpot{at->second.x, at->second.y};
    const std::size_t kind =
        kinds.emplace(std::pair{rank(d.severity), d.code}, kinds.size()).first->second;
    found.emplace_back(kind, std::move(one));
  }
  std::ranges::stable_sort(found, [](const auto& a, const auto& b) {
    return std::pair(rank(a.second.what.severity), a.first) <
           std::pair(rank(b.second.what.severity), b.first);
  });
  std::vector<Finding> out;
  int pin = 0;
  for (auto& [kind, one] : found) {
    if (one.what.spot) one.pin = ++pin;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace doorstep::session
