#include "desktop/paint_desk.h"

#include <chrono>

#include "desktop/figures.h"

namespace doorstep::desktop {

PaintGround ground_of(const session::Outcome& outcome, std::size_t year, StageId stage,
                      Year edit_year, std::shared_ptr<const HomeGraph> graph) {
  PaintGround out;
  out.place = &outcome.place;
  out.stage = stage;
  out.year = edit_year;
  out.catchment_of = catchment_of_homes(outcome.place, stage, edit_year);
  out.pupils.assign(outcome.place.homes.size(), 0.0);
  const StageYear& run = outcome.run.years[year].stages[stage];
  for (const PupilFlow& f : run.flows) out.pupils[f.home] += f.pupils;
  for (HomeId h : run.unplaced_of.ids())
    if (h.index < out.pupils.size()) out.pupils[h] += run.unplaced_of[h];
  out.graph = std::move(graph);
  return out;
}

// New housing adds homes, so neighbours are found anew then; nothing else moves a home.
bool PaintDesk::take_graph(const Place& place) {
  using namespace std::chrono_literals;
  if (coming_.valid()) {
    if (coming_.wait_for(0s) != std::future_status::ready) return false;
    graph_ = coming_.get();
    return true;
  }
  if (graph_ && graph_->size() == place.homes.size()) return false;
  graph_.reset();
  auto homes = std::make_shared<Place>();
  homes->homes = place.homes;
  coming_ = std::async(std::launch::async, [homes = std::move(homes)] {
    return std::make_shared<const HomeGraph>(*homes);
  });
  return false;
}

bool PaintDesk::follow(const session::Document& document, StageId stage, Year year,
                       PaintTool& tool) {
  const auto current = document.current();
  const auto baseline = document.baseline();
  if (!current || !baseline || tool.phase() == PaintTool::Phase::Painting) return false;
  const bool graph_came = take_graph(current->place);
  const std::size_t index = year_index(*current, year);
  if (!graph_came && outcome_ == current && year_ == index && stage_ == stage) return false;
  outcome_ = current;
  year_ = index;
  stage_ = stage;
  const bool fits = graph_ && graph_->size() == current->place.homes.size();
  ground_ = ground_of(*current, index, stage, year, fits ? graph_ : nullptr);
  has_catchments_ = false;
  for (CatchmentId c : ground_.catchment_of) has_catchments_ = has_catchments_ || c.valid();
  tool.set_ground(ground_);
  breaks_.clear();
  if (fits)
    breaks_ =
        new_breaks(ground_, ground_of(*baseline, year_index(*baseline, year), stage, year, graph_));
  return true;
}

Box PaintDesk::box_of(const Piece& piece) const {
  Box box;
  if (outcome_)
    for (HomeId h : piece.homes) box.add(outcome_->place.homes[h].at);
  constexpr double kRoom = 400.0;  // metres: what lies round a single home is seen too
  if (!box.empty()) {
    box.add(box.min - Xy{kRoom, kRoom});
    box.add(box.max + Xy{kRoom, kRoom});
  }
  return box;
}

}  // namespace doorstep::desktop
