#include "desktop/paint_tool.h"

#include <algorithm>
#include <map>

#include "geo/polygon.h"

namespace doorstep::desktop {

namespace {

double seats_of(const PaintGround& ground, CatchmentId catchment) {
  double seats = 0.0;
  for (CampusId c : ground.place->catchments[catchment].campuses) {
    const Campus& campus = ground.place->campuses[c];
    const auto& offer = campus.stages[ground.stage];
    if (offer && campus.open_in(ground.year)) seats += value_in(offer->seats, ground.year);
  }
  return seats;
}

void add_homes(std::map<std::string, std::string>& target_of, const RedrawCatchments& edit) {
  for (const auto& area : edit.catchments)
    for (const std::string& home : area.homes) target_of[home] = area.code;
}

bool only_moves(const RedrawCatchments& edit) {
  return !edit.replace_all && std::ranges::all_of(edit.catchments, [](const auto& a) {
    return a.area.empty() && a.campuses.empty();
  });
}

RedrawCatchments from_targets(const std::string& stage, Year year,
                              const std::map<std::string, std::string>& target_of) {
  std::map<std::string, std::vector<std::string>> homes_of;
  for (const auto& [home, target] : target_of) homes_of[target].push_back(home);
  RedrawCatchments out;
  out.stage = stage;
  out.year = year;
  for (auto& [target, homes] : homes_of) {
    RedrawCatchments::Area area;
    area.code = target;
    area.homes = std::move(homes);
    out.catchments.push_back(std::move(area));
  }
  return out;
}

}  // namespace

void PaintTool::set_ground(PaintGround ground) {
  ground_ = std::move(ground);
  drawn_ = ground_.catchment_of;
  moved_.clear();
  if (phase_ == Phase::Painting) phase_ = Phase::Armed;
}

void PaintTool::set_target(std::string code) { target_ = std::move(code); }

void PaintTool::set_radius(double px) { radius_px_ = std::clamp(px, kLeastRadius, kMostRadius); }

CatchmentId PaintTool::target_id() const {
  for (CatchmentId c : ground_.place->catchments.ids()) {
    const Catchment& one = ground_.place->catchments[c];
    if (one.code == target_ && one.stage == ground_.stage && one.holds_in(ground_.year)) return c;
  }
  return {};
}

bool PaintTool::gather(Xy from, Xy to, double radius_m) {
  const CatchmentId target = target_id();
  if (!target.valid()) return false;
  const std::size_t before = moved_.size();
  for (HomeId h : drawn_.ids()) {
    if (drawn_[h] == target || !drawn_[h].valid()) continue;
    if (distance_to_segment_m(ground_.place->homes[h].at, from, to) > radius_m) continue;
    drawn_[h] = target;
    moved_.push_back(h);
  }
  std::sort(moved_.begin(), moved_.end());
  return moved_.size() > before;
}

RedrawCatchments PaintTool::edit() const {
  RedrawCatchments out;
  out.stage = ground_.place->stages[ground_.stage].code;
  out.year = ground_.year;
  RedrawCatchments::Area area;
  area.code = target_;
  for (HomeId h : moved_) area.homes.push_back(ground_.place->homes[h].code);
  out.catchments.push_back(std::move(area));
  return out;
}

ToolRequest PaintTool::press(Xy at, double radius_m) {
  if (phase_ != Phase::Armed || ground_.place == nullptr) return {};
  if (target_.empty() || !target_id().valid()) {
    // The catchment of the nearest home under the brush, so that a press beside all homes is none.
    HomeId nearest;
    double best = radius_m * 3;
    for (HomeId h : drawn_.ids()) {
      const double d = distance_m(ground_.place->homes[h].at, at);
      if (!drawn_[h].valid() || d >= best) continue;
      best = d;
      nearest = h;
    }
    if (!nearest.valid()) return {};
    target_ = ground_.place->catchments[drawn_[nearest]].code;
  }
  phase_ = Phase::Painting;
  last_ = at;
  if (!gather(at, at, radius_m)) return {};
  return {ToolRequest::Kind::Preview, edit()};
}

ToolRequest PaintTool::move(Xy at, double radius_m) {
  if (phase_ != Phase::Painting) return {};
  const Xy from = last_;
  last_ = at;
  if (!gather(from, at, radius_m)) return {};
  return {ToolRequest::Kind::Preview, edit()};
}

ToolRequest PaintTool::release() {
  if (phase_ != Phase::Painting) return {};
  phase_ = Phase::Armed;
  if (moved_.empty()) return {};
  ToolRequest out{ToolRequest::Kind::Add, edit()};
  moved_.clear();
  drawn_ = ground_.catchment_of;
  return out;
}

ToolRequest PaintTool::cancel() {
  const bool had = !moved_.empty();
  phase_ = Phase::Idle;
  target_.clear();
  moved_.clear();
  drawn_ = ground_.catchment_of;
  return {had ? ToolRequest::Kind::ClearPreview : ToolRequest::Kind::None, {}};
}

std::vector<PaintBalance> PaintTool::balance() const {
  std::vector<PaintBalance> out;
  if (ground_.place == nullptr) return out;
  auto row = [&](CatchmentId c) -> PaintBalance& {
    for (PaintBalance& b : out)
      if (b.catchment == c) return b;
    return out.emplace_back(PaintBalance{c, 0.0, 0.0, seats_of(ground_, c), 1, 1});
  };
  const CatchmentId target = target_id();
  if (target.valid()) row(target);
  for (HomeId h : moved_) row(ground_.catchment_of[h]);
  for (PaintBalance& b : out) {
    for (HomeId h : drawn_.ids()) {
      const double pupils = h.index < ground_.pupils.size() ? ground_.pupils[h] : 0.0;
      if (ground_.catchment_of[h] == b.catchment) b.before += pupils;
      if (drawn_[h] == b.catchment) b.after += pupils;
    }
    if (!ground_.graph) continue;
    b.pieces_before =
        pieces_of(*ground_.graph, ground_.catchment_of, ground_.pupils, b.catchment).size();
    b.pieces_after = pieces_of(*ground_.graph, drawn_, ground_.pupils, b.catchment).size();
  }
  return out;
}

std::optional<RedrawCatchments> merged(const Edit& earlier, const RedrawCatchments& later) {
  const auto* first = std::get_if<RedrawCatchments>(&earlier);
  if (first == nullptr || first->stage != later.stage || first->year != later.year ||
      !only_moves(*first) || !only_moves(later))
    return {};
  std::map<std::string, std::string> target_of;
  add_homes(target_of, *first);
  add_homes(target_of, later);
  return from_targets(later.stage, later.year, target_of);
}

std::optional<RedrawCatchments> repair(const PaintGround& ground,
                                       const std::vector<Piece>& pieces) {
  if (!ground.graph) return {};
  std::map<std::string, std::string> target_of;
  for (const Piece& piece : pieces) {
    const CatchmentId round = surrounding(*ground.graph, ground.catchment_of, piece);
    if (!round.valid()) continue;
    for (HomeId h : piece.homes)
      target_of[ground.place->homes[h].code] = ground.place->catchments[round].code;
  }
  if (target_of.empty()) return {};
  return from_targets(ground.place->stages[ground.stage].code, ground.year, target_of);
}

std::vector<Piece> new_breaks(const PaintGround& ground, const PaintGround& before) {
  std::vector<Piece> out;
  if (!ground.graph || !before.graph) return out;
  // Codes of catchments compare the two; ids may differ.
  IdVector<HomeId, char> was_cut(before.catchment_of.size(), 0);
  for (const Piece& piece : detached_pieces(*before.graph, before.catchment_of, before.pupils))
    for (HomeId h : piece.homes) was_cut[h] = 1;
  for (Piece& piece : detached_pieces(*ground.graph, ground.catchment_of, ground.pupils)) {
    const std::string& code = ground.place->catchments[piece.catchment].code;
    const bool old = std::ranges::all_of(piece.homes, [&](HomeId h) {
      if (h.index >= before.catchment_of.size() || !was_cut[h]) return false;
      const CatchmentId c = before.catchment_of[h];
      return c.valid() && before.place->catchments[c].code == code;
    });
    if (!old) out.push_back(std::move(piece));
  }
  return out;
}

}  // namespace doorstep::desktop
