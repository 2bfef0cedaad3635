#include <algorithm>
#include <cmath>
#include <numeric>

#include "assign/choice_market.h"
#include "assign/cutoff.h"
#include "assign/deferred_acceptance.h"
#include "assign/least_travel.h"
#include "assign/rules.h"
#include "base/random.h"

namespace doorstep {

namespace {

/// Standard Gumbel: the largest of V + Gumbel over a choice set is a logit draw, and the whole
/// order the ranking that `choice` takes the mean of.
double gumbel(RandomKey key) {
  constexpr double kLeast = 0x1.0p-54;  // uniform() may be 0
  return -std::log(-std::log(std::max(key.uniform(), kLeast)));
}

std::string_view code_of_group(const Place& place, GroupId group) {
  const bool known = group.valid() && group.index < place.groups.size();
  return known ? std::string_view(place.groups[group].code) : std::string_view();
}

/// Keys a row by what it is, not by where it stands.
RandomKey key_of_row(const AdmissionInput& input, const Entrants& row) {
  const Place& place = *input.place;
  RandomKey key = RandomKey(input.seed).with(place.homes[row.home].code);
  key = key.with(static_cast<uint64_t>(input.year));
  if (input.stage.valid() && input.stage.index < place.stages.size())
    key = key.with(place.stages[input.stage].code);
  if (row.household.valid() && row.household.index < place.classes.size())
    key = key.with(place.classes[row.household].code);
  if (row.feeder_to.valid()) key = key.with(place.campuses[row.feeder_to].code);
  return key.with(code_of_group(place, row.group));
}

/// Draws the pupils of a choice market one by one.
class PupilDraw {
 public:
  PupilDraw(const AdmissionInput& input, const ChoiceMarket& choice)
      : input_(input), choice_(choice) {
    for (const SeatUnit& unit : choice.seats.units)
      unit_key_.push_back(
          RandomKey(0).with(input.place->campuses[unit.campuses.front()].code).bits());
  }

  /// Whole pupils, and one part of a pupil where a row holds a fraction.
  void add_row(std::size_t row) {
    const double pupils = choice_.market.pupils[row];
    const RandomKey key = key_of_row(input_, input_.entrants[choice_.row_of[row]]);
    for (uint64_t n = 0; static_cast<double>(n) < pupils; ++n) {
      applicants.push_back(draw(row, key.with(n)));
      applicants.back().pupils = std::min(1.0, pupils - static_cast<double>(n));
      row_of.push_back(row);
    }
  }

  std::vector<Applicant> applicants;
  std::vector<std::size_t> row_of;  ///< market row of each applicant

 private:
  [[nodiscard]] Applicant draw(std::size_t row, RandomKey pupil) const {
    const Market& m = choice_.market;
    const std::size_t first = m.first_option[row];
    const std::size_t n = m.first_option[row + 1] - first;
    const double lottery = pupil.with("lottery").uniform();
    const RandomKey taste = pupil.with("taste");
    std::vector<double> liking(n);
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = 0; i < n; ++i) {
      const auto& o = m.options[first + i];
      liking[i] = std::log(o.weight) + gumbel(taste.with(unit_key_[o.unit]));
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return liking[a] != liking[b] ? liking[a] > liking[b] : a < b;
    });
    Applicant out;
    for (std::size_t i : order) {
      const auto& o = m.options[first + i];
      const bool guaranteed = m.guaranteed[o.unit * m.ranks + o.rank] != 0;
      out.wishes.push_back({o.unit, o.rank + lottery, guaranteed});
    }
    return out;
  }

  const AdmissionInput& input_;
  const ChoiceMarket& choice_;
  std::vector<uint64_t> unit_key_;
};

/// Whom each unit would have let in under the worst number it admitted, by rank: the cutoff as the
/// continuum knows it, read off the draw.
void report_cutoffs(const ChoiceMarket& choice, const PupilDraw& draw, const Matching& matching,
                    Ledger& ledger) {
  const Market& m = choice.market;
  std::vector<double> strictest(m.seats.size(), static_cast<double>(m.ranks));
  for (std::size_t a = 0; a < draw.applicants.size(); ++a) {
    const auto& wishes = draw.applicants[a].wishes;
    const std::size_t proposed = std::min(matching.wish_of[a], wishes.size());
    for (std::size_t w = 0; w < proposed; ++w)
      strictest[wishes[w].school] = std::min(strictest[wishes[w].school], wishes[w].priority);
  }
  std::vector<double> applicants(m.seats.size() * m.ranks, 0.0);
  std::vector<double> admitted(applicants.size(), 0.0);
  for (const Applicant& a : draw.applicants)
    for (const Wish& w : a.wishes) {
      const std::size_t cell = w.school * m.ranks + static_cast<std::size_t>(w.priority);
      applicants[cell] += a.pupils;
      if (w.guaranteed || w.priority < strictest[w.school]) admitted[cell] += a.pupils;
    }
  set_cutoffs(choice, applicants, admitted, ledger);
}

}  // namespace

void assign_by_micro(const AdmissionInput& input, Ledger& ledger, Progress& progress) {
  const ChoiceMarket choice = choice_market(input);
  const Market& m = choice.market;
  PupilDraw draw(input, choice);
  for (std::size_t row = 0; row < m.rows(); ++row) {
    if (row % 256 == 0) stop_if_cancelled(progress);
    draw.add_row(row);
  }
  stop_if_cancelled(progress);
  const Matching matching = deferred_acceptance(draw.applicants, m.seats);
  std::vector<std::vector<RowPupils>> pooled(m.seats.size());
  for (std::size_t a = 0; a < draw.applicants.size(); ++a) {
    if (matching.wish_of[a] == Matching::kNone) continue;
    const Applicant& applicant = draw.applicants[a];
    const uint32_t unit = applicant.wishes[matching.wish_of[a]].school;
    const std::size_t row = choice.row_of[draw.row_of[a]];
    auto& pool = pooled[unit];
    if (choice.seats.units[unit].campuses.size() == 1)
      ledger.place(row, choice.seats.units[unit].campuses.front(), applicant.pupils);
    else if (!pool.empty() && pool.back().row == row)
      pool.back().pupils += applicant.pupils;
    else
      pool.push_back({row, applicant.pupils});
  }
  for (std::size_t unit = 0; unit < m.seats.size(); ++unit) {
    if (!pooled[unit].empty())
      spread_in_pool(input, pooled[unit], choice.seats.units[unit].campuses, ledger);
    count_turned_away(input, choice.seats.units[unit], matching.turned_away[unit], ledger);
  }
  report_cutoffs(choice, draw, matching, ledger);
}

}  // namespace doorstep
