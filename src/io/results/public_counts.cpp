#include "io/results/public_counts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "io/results/suppression.h"

namespace doorstep::io {
namespace {

using Arc = CountNetwork::Arc;

/// How much more it hurts to lose a total than a cell of the same size.
constexpr double kAreaWeight = 4.0;
constexpr double kCampusWeight = 8.0;
constexpr double kStageWeight = 1000.0;
/// Below this a count rounds to nobody and is not listed. Units: pupils.
constexpr double kNobody = 0.5;

std::vector<AreaFlow> area_flows(const RunReport& r, const StageYear& run) {
  struct Sum {
    double pupils = 0.0, known = 0.0, minutes = 0.0;
  };
  std::map<std::pair<AreaId, CampusId>, Sum> sums;  // an invalid id sorts last
  for (const PupilFlow& f : run.flows) {
    Sum& sum = sums[{r.place.homes[f.home].area, f.campus}];
    sum.pupils += f.pupils;
    if (!r.travel.reachable(f.home, f.campus)) continue;
    sum.known += f.pupils;
    sum.minutes += f.pupils * r.travel.minutes(f.home, f.campus).value;
  }
  std::vector<AreaFlow> out;
  for (const auto& [at, sum] : sums)
    out.push_back(
        {at.first, at.second, sum.pupils,
         sum.known > 0 ? sum.minutes / sum.known : std::numeric_limits<double>::quiet_NaN(),
         false});
  return out;
}

/// The network of one stage in one year: all -> areas -> campuses -> all.
class StageNetwork {
 public:
  StageNetwork(const Place& place, const StageYear& run, PublicStage& stage, double min_count)
      : stage_(&stage), min_count_(min_count) {
    uint32_t areas_end = network_.add_node();
    uint32_t campuses_end = network_.add_node();
    std::map<AreaId, uint32_t> row;
    for (const AreaTotal& a : stage.areas) {
      row[a.area] = network_.add_node();
      area_arcs_.push_back(
          network_.add_arc({areas_end, row[a.area], a.pupils, kAreaWeight, a.pupils < kNobody}));
    }
    campus_arcs_.resize(place.campuses.size(), kNone);
    std::vector<uint32_t> column(place.campuses.size());
    std::vector<double> without_flow(place.campuses.size());  // beyond what the flows explain
    for (CampusId c : place.campuses.ids()) without_flow[c.index] = run.campuses[c].enrolment;
    for (const AreaFlow& f : stage.flows) without_flow[f.campus.index] -= f.pupils;
    double placed = 0.0;
    for (CampusId c : place.campuses.ids()) {
      column[c.index] = network_.add_node();
      if (!run.campuses[c].open) continue;
      double pupils = run.campuses[c].enrolment;
      placed += pupils;
      campus_arcs_[c.index] =
          network_.add_arc({column[c.index], campuses_end, pupils, kCampusWeight, false});
      if (without_flow[c.index] > 1e-6)
        network_.add_arc({areas_end, column[c.index], without_flow[c.index], 0.0, true});
    }
    for (const AreaFlow& f : stage.flows)
      flow_arcs_.push_back(network_.add_arc(
          {row[f.area], column[f.campus.index], f.pupils, 1.0, f.pupils < kNobody}));
    total_arc_ = network_.add_arc({campuses_end, areas_end, placed, kStageWeight, false});
  }

  void mark() {
    std::vector<bool> withheld = withheld_arcs(network_, min_count_);
    stage_->placed_withheld = withheld[total_arc_];
    for (std::size_t i = 0; i < area_arcs_.size(); ++i)
      stage_->areas[i].withheld = withheld[area_arcs_[i]];
    for (std::size_t i = 0; i < flow_arcs_.size(); ++i)
      stage_->flows[i].withheld = withheld[flow_arcs_[i]];
    for (std::size_t c = 0; c < campus_arcs_.size(); ++c)
      if (campus_arcs_[c] != kNone) stage_->withheld[CampusId(c)] = withheld[campus_arcs_[c]];
  }

 private:
  static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
  CountNetwork network_;
  PublicStage* stage_;
  double min_count_;
  std::vector<uint32_t> area_arcs_, campus_arcs_, flow_arcs_;
  uint32_t total_arc_ = 0;
};

PublicStage stage_counts(const RunReport& r, const StageYear& run, const StageIndicators& measured,
                         bool with_flows, double min_count) {
  PublicStage out;
  out.withheld.assign(r.place.campuses.size(), false);
  if (with_flows) {
    out.flows = area_flows(r, run);
    for (const AreaFlow& f : out.flows) {
      if (out.areas.empty() || out.areas.back().area != f.area)
        out.areas.push_back({f.area, 0.0, false});
      out.areas.back().pupils += f.pupils;
    }
  }
  StageNetwork(r.place, run, out, min_count).mark();
  // Placed and unplaced are published beside their sum: without the sum neither gives the other
  // away.
  out.unplaced_withheld = !publishable(measured.unplaced, min_count);
  std::erase_if(out.flows, [](const AreaFlow& f) { return f.pupils < kNobody && !f.withheld; });
  return out;
}

}  // namespace

bool PublicStage::any_campus() const {
  return std::ranges::any_of(withheld.raw(), [](bool b) { return b; });
}

std::vector<IdVector<StageId, PublicStage>> public_counts(const RunReport& report,
                                                          double min_count) {
  std::vector<IdVector<StageId, PublicStage>> out;
  for (std::size_t y = 0; y < report.run.years.size(); ++y) {
    bool with_flows = y == 0 || y + 1 == report.run.years.size();
    IdVector<StageId, PublicStage> stages;
    for (StageId s : report.place.stages.ids())
      stages.push_back(stage_counts(report, report.run.years[y].stages[s],
                                    report.indicators[y].stages[s], with_flows, min_count));
    out.push_back(std::move(stages));
  }
  return out;
}

}  // namespace doorstep::io
