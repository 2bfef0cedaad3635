#include "io/results/cost_tables.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace doorstep::io {

namespace {

using Json = nlohmann::ordered_json;

/// "stated", "standard", "free" or "unknown": where a cost comes from.
const char* origin_of(const EditCost& cost) {
  return cost.given ? "stated" : !cost.known ? "unknown" : cost.parts.empty() ? "free" : "standard";
}

}  // namespace

std::string costs_csv(const RunReport& r) {
  std::string out =
      "edit,year,what_zh,what_en,cost,origin,basis,units,each,assumed,running_total,budget,"
      "over_budget\n";
  double sum = 0.0;
  for (std::size_t i = 0; i < r.cost->edits.size(); ++i) {
    const EditCost& c = r.cost->edits[i];
    sum += c.amount;
    const bool over = r.cost->budget && sum > *r.cost->budget;
    const CostPart part = c.parts.empty() ? CostPart{} : c.parts.front();
    out += fmt::format(
        "{},{},{},{},{},{},{},{},{},{},{},{},{}\n", i + 1,
        c.year > 0 ? fmt::format("{}", c.year) : "", csv_cell(describe(r.scenario.edits[i], true)),
        csv_cell(describe(r.scenario.edits[i], false)), c.known ? fmt::format("{}", c.amount) : "",
        origin_of(c), part.basis, c.parts.empty() ? "" : fmt::format("{}", part.units),
        c.parts.empty() ? "" : fmt::format("{}", part.each), c.assumed() ? "yes" : "no", sum,
        r.cost->budget ? fmt::format("{}", *r.cost->budget) : "", over ? "yes" : "no");
  }
  return out;
}

Json cost_json(const RunReport& r) {
  Json edits = Json::array();
  for (const EditCost& c : r.cost->edits)
    edits.push_back({{"cost", c.known ? Json(c.amount) : Json(nullptr)},
                     {"origin", origin_of(c)},
                     {"basis", c.parts.empty() ? Json(nullptr) : Json(c.parts.front().basis)},
                     {"assumed", c.assumed()}});
  return {{"currency", r.place.currency},
          {"total", r.cost->total},
          {"budget", r.cost->budget ? Json(*r.cost->budget) : Json(nullptr)},
          {"over_budget", r.cost->over()},
          {"without_cost", r.cost->unknown},
          {"edits", std::move(edits)}};
}

}  // namespace doorstep::io
