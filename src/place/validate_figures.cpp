#include "place/validate_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.h"

namespace doorstep {
namespace {

InputRef field_of(InputRef ref, const char* field) {
  ref.field = field;
  return ref;
}

MapSpot spot_of(Xy p) { return {p.x, p.y}; }

/// Planned classes say the same as the seats, or one of the two is wrong.
void check_classes(const Place& place, Diagnostics& out) {
  for (const Campus& c : place.campuses)
    for (auto s : c.stages.ids()) {
      if (!c.stages[s] || s.index >= place.stages.size()) continue;
      const CampusStage& offer = *c.stages[s];
      double standard = place.stages[s].class_standard;
      double seats = value_in(offer.seats, place.base_year);
      if (offer.classes <= 0 || std::abs(seats - offer.classes * standard) < 0.5) continue;
      out.add({Severity::Warning, "seats-not-classes",
               fmt::format("{} has {} seats at {}; {} classes of {} are {}", c.code, seats,
                           place.stages[s].code, offer.classes, standard, offer.classes * standard),
               field_of(c.source, "classes"),
               "correct one of them, or the stage's class_standard; the seats are used",
               spot_of(c.at)});
    }
}

/// Campuses by cells of a metre: two within a metre lie in the same cell or in neighbours.
class SpotGrid {
 public:
  /// The first campus put in before within a metre; invalid where there is none.
  [[nodiscard]] CampusId near(const Place& place, Xy at) const {
    for (long long dx = -1; dx <= 1; ++dx)
      for (long long dy = -1; dy <= 1; ++dy) {
        auto cell = cells_.find({column(at.x) + dx, column(at.y) + dy});
        if (cell == cells_.end()) continue;
        for (CampusId other : cell->second)
          if (distance_m(place.campuses[other].at, at) <= kSameM) return other;
      }
    return {};
  }
  void put(CampusId id, Xy at) { cells_[{column(at.x), column(at.y)}].push_back(id); }

 private:
  static constexpr double kSameM = 1.0;
  static long long column(double v) { return static_cast<long long>(std::floor(v / kSameM)); }
  std::map<std::pair<long long, long long>, std::vector<CampusId>> cells_;
};

bool share_a_stage(const Campus& a, const Campus& b) {
  for (auto s : a.stages.ids())
    if (s.index < b.stages.size() && a.stages[s] && b.stages[s]) return true;
  return false;
}

void check_spots(const Place& place, Diagnostics& out) {
  SpotGrid grid;
  for (auto id : place.campuses.ids()) {
    const Campus& c = place.campuses[id];
    if (!(std::abs(c.at.x) < 1e9 && std::abs(c.at.y) < 1e9)) continue;
    CampusId other = grid.near(place, c.at);
    if (!other.valid()) {
      grid.put(id, c.at);
      continue;
    }
    const Campus& o = place.campuses[other];
    // A kindergarten beside a primary school may share its point; two of one stage hardly do.
    bool meant = o.school == c.school || !share_a_stage(o, c);
    out.add({meant ? Severity::Info : Severity::Warning, "campuses-on-one-spot",
             fmt::format("{} and {} lie on one spot", o.code, c.code), c.source,
             meant ? "right where both teach on one site"
                   : "check both positions: one may be a copy, or a district's centre",
             spot_of(c.at)});
  }
}

/// Years so far from the base year that a typing error is likelier than a plan.
class YearCheck {
 public:
  YearCheck(const Place& place, Diagnostics& out) : base_(place.base_year), out_(&out) {}
  void operator()(Year year, const char* what, const std::string& whose, const InputRef& at,
                  std::optional<MapSpot> spot = {}) const {
    constexpr int kBack = 120, kAhead = 60;
    constexpr int kNever = 999999;  // "since ever" and "for ever" of the data model
    if (std::abs(year) >= kNever || (year >= base_ - kBack && year <= base_ + kAhead)) return;
    out_->add({Severity::Warning, "year-outside",
               fmt::format("{} of {} is in {}; the place is of {}", what, whose, year, base_), at,
               "check the year", spot});
  }

 private:
  Year base_;
  Diagnostics* out_;
};

void check_years(const Place& place, Diagnostics& out) {
  YearCheck check(place, out);
  for (const Campus& c : place.campuses) {
    check(c.opens, "opening", c.code, field_of(c.source, "opens"), spot_of(c.at));
    check(c.closes, "closing", c.code, field_of(c.source, "closes"), spot_of(c.at));
    for (const auto& offer : c.stages) {
      if (!offer) continue;
      for (const Step& s : offer->seats)
        check(s.from, "seats", c.code, field_of(c.source, "seats"), spot_of(c.at));
      for (const Step& s : offer->intake)
        check(s.from, "intake", c.code, field_of(c.source, "intake"), spot_of(c.at));
    }
  }
  for (const Housing& h : place.housing)
    check(h.completes, "completion", h.code, {"", 0, "housing"});
  for (const Catchment& c : place.catchments) {
    check(c.from, "first year", c.code, c.source);
    check(c.until, "last year", c.code, c.source);
  }
  for (const Group& g : place.groups)
    for (const Tie& t : g.ties) check(t.since, "a tie", g.code, {"", 0, "group " + g.code});
  for (const EntrantTotal& e : place.growth.entrants)
    check(e.year, "entrants",
          e.area.valid() && e.area.index < place.areas.size() ? place.areas[e.area].code : "all",
          {"", 0, "entrants"});
  for (const Observation& o : place.observations)
    check(o.year, "observation", o.label, {"", 0, "observed"});
}

std::string parts_text(const StatedTotal& total) {
  std::string text;
  for (const auto& [name, value] : total.parts)
    text += fmt::format("{}{} {}", text.empty() ? "" : " + ", printable(name), value);
  return text;
}

bool agree(double a, double b, double within) {
  return std::abs(a - b) <= within * std::max(std::abs(a), std::abs(b)) + 1e-6;
}

void check_total(const Place& place, const StatedTotal& total, Diagnostics& out) {
  const char* hint = "the source may not add up, or leave some out: say which in its source";
  double sum = 0.0;
  for (const auto& [name, value] : total.parts) sum += value;
  if (total.value && !total.parts.empty() && !agree(sum, *total.value, total.within))
    out.warning("total-not-its-parts",
                fmt::format("{}: {} = {}, but the total is given as {} ({} {})", total.what,
                            parts_text(total), sum, *total.value, std::abs(*total.value - sum),
                            *total.value > sum ? "missing" : "too many"),
                total.at, hint);
  std::optional<double> own = counted(place, total);
  if (!own || (!total.value && total.parts.empty())) return;
  double stated = total.value.value_or(sum);
  if (!agree(*own, stated, total.within))
    out.warning("total-not-the-layers",
                fmt::format("{}: given as {}, the layers hold {} ({:+})", total.what, stated, *own,
                            *own - stated),
                total.at, "complete the layers, or say with `within` how far they may differ");
}

}  // namespace

std::optional<double> counted(const Place& place, const StatedTotal& total) {
  using Count = StatedTotal::Count;
  double sum = 0.0;
  bool known = false;
  std::set<SchoolId> schools;
  auto add = [&](double value) {
    sum += value;
    known = true;
  };
  if (total.count == Count::Nothing) return std::nullopt;
  if (total.count == Count::Homes) return static_cast<double>(place.homes.size());
  if (total.count == Count::Children) {
    for (double n : place.children.count) add(n);
    return sum;
  }
  for (const Campus& c : place.campuses) {
    if (!c.open_in(place.base_year)) continue;
    bool teaches = false;
    for (auto s : c.stages.ids()) {
      if (!c.stages[s] || (total.stage.valid() && s != total.stage)) continue;
      const CampusStage& offer = *c.stages[s];
      teaches = true;
      if (total.count == Count::Seats) add(value_in(offer.seats, place.base_year));
      if (total.count == Count::Classes && offer.classes > 0) add(offer.classes);
      if (total.count == Count::Enrolled)
        for (double grade : offer.enrolment) add(grade);
    }
    if (teaches && total.count == Count::Campuses) add(1.0);
    if (teaches && total.count == Count::Schools && schools.insert(c.school).second) add(1.0);
  }
  return known ? std::optional(sum) : std::nullopt;
}

void check_figures(const Place& place, Diagnostics& out) {
  check_classes(place, out);
  check_spots(place, out);
  check_years(place, out);
  for (const StatedTotal& total : place.totals) check_total(place, total, out);
}

}  // namespace doorstep
