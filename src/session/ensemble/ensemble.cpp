#include "session/ensemble/ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "base/error.h"
#include "network/parallel.h"
#include "session/applied.h"
#include "session/ensemble/draw.h"
#include "session/ensemble/grounds.h"

namespace doorstep::session {
namespace {

/// A plan made ready once: edits and travel do not depend on what is drawn.
struct Plan {
  Place place;
  TravelTable travel;
  RunOptions options;
  std::optional<WayCrossings> crossings;
};

Plan plan_of(const std::shared_ptr<const OpenPlace>& opened, const Scenario& scenario, int years,
             Progress& progress) {
  opened->findings.throw_first_error();
  AppliedPlan applied = apply_plan(*opened, scenario, progress);
  Plan plan{std::move(applied.place), std::move(applied.travel), {}, {}};
  plan.crossings = crossings_to_all(plan.place, plan.travel, progress);
  plan.options.first_year = scenario.first_year;
  plan.options.years = years < 0 ? scenario.years : years;
  plan.options.seed = scenario.seed;
  return plan;
}

/// What is kept of one run: headline figures by year, stage and figure; pupils at campuses.
struct Kept {
  std::vector<double> figures;
  std::vector<float> pupils;
  std::vector<char> over;
  GroundValues grounds;
};

class Runner {
 public:
  Runner(const OpenPlace& opened, const std::vector<Uncertain>& inputs)
      : opened_(opened), inputs_(inputs) {}

  [[nodiscard]] Kept run(const Plan& plan, const Draw& draw, bool campuses, bool grounds) const {
    Progress quiet;
    DrawnWorld world = world_under(opened_, inputs_, draw);
    Place place = DrawnWorld::place_under(plan.place, inputs_, draw);
    RunOptions options = plan.options;
    options.relief = grounds;  // else nobody asks for the demand that groups move
    RunResult run = simulate(place, plan.travel, world.coefficients, world.forms, options, quiet);
    Kept kept;
    const std::vector<YearIndicators> meaning = measure(place, plan.travel, run, opened_.standards);
    if (grounds)
      kept.grounds = ground_values(place, plan.travel, run, meaning, opened_.standards,
                                   plan.crossings ? &*plan.crossings : nullptr);
    for (const YearIndicators& year : meaning)
      for (const StageIndicators& stage : year.stages)
        for (const Figure& figure : ensemble_figures()) kept.figures.push_back(figure.of(stage));
    if (campuses) keep_campuses(run, kept);
    return kept;
  }

 private:
  static void keep_campuses(const RunResult& run, Kept& kept) {
    constexpr double kRounding = 1e-6;
    for (const YearResult& year : run.years)
      for (const StageYear& stage : year.stages)
        for (const CampusYear& c : stage.campuses) {
          kept.pupils.push_back(c.open ? static_cast<float>(c.enrolment)
                                       : std::numeric_limits<float>::quiet_NaN());
          kept.over.push_back(c.open && c.enrolment > c.seats + kRounding);
        }
  }
  const OpenPlace& opened_;
  const std::vector<Uncertain>& inputs_;
};

/// Position of a figure in Kept::figures.
std::size_t slot(std::size_t year, StageId stage, std::size_t figure, std::size_t stages) {
  return (year * stages + stage.index) * ensemble_figures().size() + figure;
}

std::vector<double> column(const std::vector<Kept>& runs, std::size_t at) {
  std::vector<double> out;
  for (const Kept& k : runs) out.push_back(k.figures[at]);
  return out;
}

/// Shares of the draws in which B is better, and in which both are the same.
template <class AnyBand>
void compare(const std::vector<double>& a, const std::vector<double>& b, Better way, AnyBand& out) {
  double both = 0.0, better = 0.0, same = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) continue;
    both += 1.0;
    double apart = way == Better::Less ? a[i] - b[i] : b[i] - a[i];
    double small = 1e-9 * std::max({1.0, std::abs(a[i]), std::abs(b[i])});
    if (std::abs(apart) <= small)
      same += 1.0;
    else if (apart > 0)
      better += 1.0;
  }
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  out.b_better = both > 0 && way != Better::Neither ? better / both : kNone;
  out.same = both > 0 ? same / both : kNone;
}

void add_figures(const Plan& plan, const std::vector<Kept>& a, const std::vector<Kept>& b,
                 Ensemble& out) {
  const std::size_t stages = plan.place.stages.size();
  const Year first = plan.options.first_year == 0 ? plan.place.base_year : plan.options.first_year;
  for (auto s : plan.place.stages.ids())
    for (std::size_t y = 0; y <= static_cast<std::size_t>(plan.options.years); ++y)
      for (std::size_t f = 0; f < ensemble_figures().size(); ++f) {
        FigureBand band{s, first + static_cast<Year>(y), f, {}, {}};
        std::vector<double> of_a = column(a, slot(y, s, f, stages));
        if (!b.empty()) {
          std::vector<double> of_b = column(b, slot(y, s, f, stages));
          compare(of_a, of_b, ensemble_figures()[f].better, band);
          band.b = band_of(std::move(of_b));
        }
        band.a = band_of(std::move(of_a));
        out.figures.push_back(band);
      }
}

void add_campuses(const Plan& plan, const std::vector<Kept>& runs, Ensemble& out) {
  const std::size_t stages = plan.place.stages.size(), campuses = plan.place.campuses.size();
  const Year first = plan.options.first_year == 0 ? plan.place.base_year : plan.options.first_year;
  std::vector<CampusId> by_code;
  for (auto c : plan.place.campuses.ids()) by_code.push_back(c);
  std::ranges::sort(by_code, {}, [&](CampusId c) { return plan.place.campuses[c].code; });
  for (CampusId c : by_code)
    for (auto s : plan.place.stages.ids()) {
      if (s.index >= plan.place.campuses[c].stages.size() || !plan.place.campuses[c].stages[s])
        continue;
      for (std::size_t y = 0; y <= static_cast<std::size_t>(plan.options.years); ++y) {
        std::size_t at = (y * stages + s.index) * campuses + c.index;
        CampusBand band{plan.place.campuses[c].code, s, first + static_cast<Year>(y), {}};
        std::vector<double> pupils;
        for (const Kept& k : runs) {
          pupils.push_back(k.pupils[at]);
          band.over_seats += k.over[at] / static_cast<double>(runs.size());
        }
        if (std::ranges::all_of(pupils, [](double p) { return std::isnan(p); })) continue;
        band.enrolment = band_of(std::move(pupils));
        out.campuses.push_back(std::move(band));
      }
    }
}

/// One figure of one ground, draw by draw; not known in a draw that does not have it.
std::vector<double> column(const std::vector<Kept>& runs, const GroundKey& key,
                           std::size_t figure) {
  std::vector<double> values;
  for (const Kept& k : runs) {
    auto found = k.grounds.find(key);
    values.push_back(found == k.grounds.end() ? std::numeric_limits<double>::quiet_NaN()
                                              : found->second[figure]);
  }
  return values;
}

/// What the place, its towns, groups and campuses come to.
void add_grounds(const std::vector<Kept>& a, const std::vector<Kept>& b, Ensemble& out) {
  std::set<GroundKey> keys;
  for (const auto* runs : {&a, &b})
    for (const Kept& k : *runs)
      for (const auto& [key, values] : k.grounds) keys.insert(key);
  for (const GroundKey& key : keys) {
    const std::vector<std::string>& figures = ground_figures(key.kind);
    for (std::size_t f = 0; f < figures.size(); ++f) {
      GroundBand band{key.kind, key.code, StageId(key.stage), key.year, figures[f], {}, {}};
      std::vector<double> of_a = column(a, key, f);
      if (!b.empty()) {
        std::vector<double> of_b = column(b, key, f);
        compare(of_a, of_b, better_way(figures[f]), band);
        band.b = band_of(std::move(of_b));
      }
      band.a = band_of(std::move(of_a));
      if (!std::isnan(band.a.p50) || (band.b && !std::isnan(band.b->p50)))
        out.grounds.push_back(std::move(band));
    }
  }
}

/// Two runs an input, in the last year; those that move nothing are left out.
void add_tornado(const Plan& plan, const Runner& runner, const EnsembleOptions& options,
                 Ensemble& out, Progress& progress) {
  const Draw as_it_stands = values_as_they_stand(out.inputs);
  std::vector<Kept> runs(2 * out.inputs.size() + 1);
  in_parallel(runs.size(), options.threads, "what matters", progress, [&](std::size_t i, unsigned) {
    Draw draw = as_it_stands;
    if (i > 0) {
      const Coefficient& range = out.inputs[(i - 1) / 2].range;
      draw[(i - 1) / 2] = i % 2 == 1 ? range.low : range.high;
    }
    runs[i] = runner.run(plan, draw, false, false);
  });
  const auto last = static_cast<std::size_t>(plan.options.years);
  for (auto s : plan.place.stages.ids())
    for (std::size_t f = 0; f < ensemble_figures().size(); ++f) {
      std::size_t at = slot(last, s, f, plan.place.stages.size());
      std::vector<TornadoBar> bars;
      for (std::size_t i = 0; i < out.inputs.size(); ++i) {
        TornadoBar bar{
            out.inputs[i].name,         s, f, runs[2 * i + 1].figures[at], runs[0].figures[at],
            runs[2 * i + 2].figures[at]};
        if (bar.swing() > 1e-9) bars.push_back(std::move(bar));
      }
      std::ranges::stable_sort(bars, std::ranges::greater(), &TornadoBar::swing);
      out.tornado.insert(out.tornado.end(), bars.begin(), bars.end());
    }
}

}  // namespace

Band band_of(std::vector<double> values) {
  std::erase_if(values, [](double v) { return std::isnan(v); });
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  if (values.empty()) return {kNone, kNone, kNone, kNone, kNone};
  std::ranges::sort(values);
  auto at = [&](double share) {
    double place = share * static_cast<double>(values.size() - 1);
    auto below = static_cast<std::size_t>(place);
    std::size_t above = std::min(below + 1, values.size() - 1);
    double part = place - static_cast<double>(below);
    return values[below] + part * (values[above] - values[below]);
  };
  return {at(0.05), at(0.25), at(0.5), at(0.75), at(0.95)};
}

double TornadoBar::swing() const {
  auto [least, most] = std::minmax({at_low, at_value, at_high});
  return most - least;
}

const std::vector<Figure>& ensemble_figures() {
  static const std::vector<Figure> kFigures{
      {"pupils", "pupils", [](const StageIndicators& s) { return s.pupils; }, Better::Neither},
      {"unplaced", "pupils", [](const StageIndicators& s) { return s.unplaced; }},
      {"over_seats", "pupils", [](const StageIndicators& s) { return s.over_seats; }},
      {"utilisation", "share", [](const StageIndicators& s) { return s.utilisation; },
       Better::Neither},
      {"campuses_over", "campuses",
       [](const StageIndicators& s) { return static_cast<double>(s.campuses_over); }},
      {"large", "classes", [](const StageIndicators& s) { return static_cast<double>(s.large); }},
      {"travel_mean_m", "m", [](const StageIndicators& s) { return s.travel_mean_m; }},
      {"travel_p90_m", "m", [](const StageIndicators& s) { return s.travel_p90_m; }},
      {"share_over_radius", "share", [](const StageIndicators& s) { return s.share_over_radius; }},
      {"own_catchment_share", "share",
       [](const StageIndicators& s) { return s.own_catchment_share; }, Better::More},
      {"balance", "coefficient", [](const StageIndicators& s) { return s.balance; }}};
  return kFigures;
}

Ensemble run_ensemble(const std::shared_ptr<const OpenPlace>& opened, const Scenario& a,
                      const Scenario* b, const Coefficients& entries,
                      const EnsembleOptions& options, Progress& progress) {
  if (options.draws < 1)
    throw Error(fmt::format("{} draws", options.draws), "--draws", "ask for one draw or more");
  std::vector<Plan> plans{plan_of(opened, a, options.years, progress)};
  if (b) {
    plans.push_back(plan_of(opened, *b, options.years, progress));
    plans[1].options.first_year = plans[0].options.first_year;
    plans[1].options.years = plans[0].options.years;
    plans[1].options.seed = plans[0].options.seed;
  }
  std::vector<const Place*> places;
  for (const Plan& p : plans) places.push_back(&p.place);
  Ensemble out;
  out.draws = options.draws;
  out.inputs = uncertain_inputs(*opened, places, entries);
  Runner runner(*opened, out.inputs);
  const auto draws = static_cast<std::size_t>(options.draws);
  std::vector<Kept> of_a(draws), of_b(b ? draws : 0);
  in_parallel(draws, options.threads, "draws", progress, [&](std::size_t i, unsigned) {
    Draw draw = draw_values(out.inputs, options.seed, static_cast<int>(i));
    of_a[i] = runner.run(plans[0], draw, true, true);
    if (b) of_b[i] = runner.run(plans[1], draw, false, true);
  });
  add_figures(plans[0], of_a, of_b, out);
  add_campuses(plans[0], of_a, out);
  add_grounds(of_a, of_b, out);
  add_tornado(plans[0], runner, options, out, progress);
  return out;
}

}  // namespace doorstep::session
