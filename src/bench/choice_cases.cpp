#include "bench/choice_cases.h"

#include <fmt/format.h>

#include <algorithm>

#include "assign/deferred_acceptance.h"
#include "assign/lottery_match.h"
#include "base/random.h"
#include "bench/measure.h"

namespace doorstep::bench {
namespace {

constexpr double kWantedChoices = 16.0;

void set(Coefficients& c, const std::string& name, double value) {
  c.set(name, Coefficient{value, value, value, "benchmark", "assumed"});
}

}  // namespace

ChoiceTown::ChoiceTown(const City& city, const HomeSweep& sweep)
    : travel_(city.homes.size(), city.campuses.size(), MetresPerMinute(80.0)) {
  std::vector<uint32_t> column(city.homes.size());
  for (std::size_t c = 0; c < city.campuses.size(); ++c) {
    sweep.to_campus(city.campuses[c], column);
    for (std::size_t h = 0; h < column.size(); ++h)
      travel_.set_decisec(HomeId(h), CampusId(c), column[h]);
  }
  settle(city);
  find_limit();
  set(coefficients_, "choice.a_quality", 1.0);
  set(coefficients_, "choice.a_quality.migrant", 0.5);
  set(coefficients_, "choice.b_distance", 1.5);
  set(coefficients_, "choice.b_distance.migrant", 2.0);
  set(coefficients_, "choice.kappa_km", 1.5);
  set(coefficients_, "choice.group_bonus", 0.5);
  set(coefficients_, "choice.tolerance", 1e-9);
  set(coefficients_, "choice.max_rounds", 10000);
}

void ChoiceTown::settle(const City& city) {
  place_.classes.push_back(HouseholdClass{"resident", {}});
  place_.classes.push_back(HouseholdClass{"migrant", {}});
  Stage stage;
  stage.code = "stage";
  place_.stages.push_back(stage);
  RandomStream draw(RandomKey(1).with("quality"));
  for (std::size_t c = 0; c < city.campuses.size(); ++c) {
    Campus campus;
    campus.code = fmt::format("C{:05}", c);
    place_.campuses.push_back(campus);
    Offer offer;
    offer.open = true;
    offer.seats = city.seats[c];
    offer.quality = draw.uniform(0.6, 1.6);
    offers_.push_back(offer);
    Catchment catchment;
    catchment.code = campus.code;
    catchment.campuses = {CampusId(c)};
    place_.catchments.push_back(catchment);
  }
  for (std::size_t h = 0; h < city.homes.size(); ++h) {
    Home home;
    home.code = fmt::format("h{}", h);
    place_.homes.push_back(home);
    CampusId nearest(0);
    for (std::size_t c = 1; c < city.campuses.size(); ++c)
      if (travel_.decisec(HomeId(h), CampusId(c)) < travel_.decisec(HomeId(h), nearest))
        nearest = CampusId(c);
    catchment_of_.push_back(CatchmentId(nearest.index));
    const double pupils = city.pupils[h];
    for (std::size_t k = 0; k < 2; ++k) {
      Entrants row;
      row.home = HomeId(h);
      row.household = ClassId(k);
      row.pupils = k == 0 ? 0.75 * pupils : 0.25 * pupils;
      entrants_.push_back(row);
    }
  }
}

/// The minutes within which a home finds, in the mean, as many campuses as wanted.
void ChoiceTown::find_limit() {
  std::vector<uint32_t> ds;
  const std::size_t step = std::max<std::size_t>(1, travel_.homes() / 1000);
  std::size_t homes = 0;
  for (std::size_t h = 0; h < travel_.homes(); h += step, ++homes)
    for (std::size_t c = 0; c < travel_.campuses(); ++c)
      ds.push_back(travel_.decisec(HomeId(h), CampusId(c)));
  const auto wanted = std::min<std::size_t>(
      ds.size() - 1, static_cast<std::size_t>(kWantedChoices * static_cast<double>(homes)));
  std::nth_element(ds.begin(), ds.begin() + static_cast<std::ptrdiff_t>(wanted), ds.end());
  max_minutes_ = ds[wanted] == TravelTable::kUnreachable ? 1e9 : ds[wanted] / 600.0;
}

AdmissionInput ChoiceTown::admission(Rule rule) const {
  AdmissionInput input;
  input.place = &place_;
  input.travel = &travel_;
  input.coefficients = &coefficients_;
  input.stage = StageId(0);
  input.entrants = entrants_;
  input.offers = offers_;
  input.catchment_of = catchment_of_;
  input.policy.rule = rule;
  input.policy.max_minutes = Minutes(rule == Rule::Nearest ? 1e9 : max_minutes_);
  input.policy.divert_unplaced = false;
  return input;
}

bool nearest_as_cold(const NearestLive& live, const AdmissionInput& input, Progress& progress) {
  progress.step("checking nearest", 0.0);
  for (HomeId h : input.place->homes.ids())
    if (live.campus_of(h) != live.search(h)) return false;
  return true;
}

namespace {

struct Lists {
  LotteryLists flat;
  std::vector<Applicant> simple;
};

/// Schools on a ring, pupils anywhere on it: the twelve nearest in an order of their own, the own
/// district's in the first tier, the own group's in the second.
Lists draw_lists(std::size_t pupils, std::size_t schools, uint64_t seed, bool simple) {
  constexpr std::size_t kWishes = 12;
  Lists out;
  RandomStream draw(RandomKey(seed).with("lists"));
  out.flat.seats.assign(
      schools, std::floor(0.97 * static_cast<double>(pupils) / static_cast<double>(schools)));
  out.flat.first.push_back(0);
  std::vector<std::pair<double, uint32_t>> liked(kWishes);
  for (std::size_t a = 0; a < pupils; ++a) {
    const auto home = static_cast<uint32_t>(draw.below(schools));
    for (uint32_t i = 0; i < kWishes; ++i) {
      const auto school = static_cast<uint32_t>((home + i * i) % schools);
      const double tier = draw.uniform();
      const uint32_t rank = i == 0 ? 0 : (tier < 0.1 ? 1 : 2);
      liked[i] = {draw.uniform() + 0.05 * i + 0.1 * (school % 7),
                  LotteryLists::wish(school, rank, false)};
    }
    std::sort(liked.begin(), liked.end());
    for (const auto& [liking, wish] : liked) out.flat.wishes.push_back(wish);
    out.flat.first.push_back(static_cast<uint32_t>(out.flat.wishes.size()));
    out.flat.ticket.push_back(static_cast<uint32_t>(draw.below(1ULL << 32)));
    if (!simple) continue;
    out.simple.emplace_back();
    for (const auto& [liking, wish] : liked)
      out.simple.back().wishes.push_back(
          {LotteryLists::school_of(wish),
           LotteryLists::tier_of(wish) + out.flat.ticket.back() * 0x1p-32, false});
  }
  return out;
}

}  // namespace

Report lottery_report(const Request& request) {
  Report report;
  report.name = "deferred_acceptance";
  const bool large = request.people >= 1000000 || request.people == 0;
  const std::size_t pupils = large ? 1000000 : std::max<std::size_t>(1000, request.people / 10);
  const std::size_t schools = std::max<std::size_t>(12, pupils / 1000);
  const Lists lists = draw_lists(pupils, schools, request.seed, request.peer);
  report.size.pupils = static_cast<double>(pupils);
  report.size.campuses = schools;
  report.what =
      fmt::format("{} pupils × {} schools × 12 wishes, three tiers, one lottery", pupils, schools);
  LotteryMatch ours;
  Matching theirs;
  std::function<void()> peer;
  if (request.peer) {
    report.peer = "deferred acceptance with a heap a school";
    peer = [&] { theirs = deferred_acceptance(lists.simple, lists.flat.seats); };
  }
  PeakMemory peak;
  put_times(interleave(
                11, 3, true, [&] { ours = match_by_lottery(lists.flat); }, peer),
            report);
  report.peak_mb = peak.mb();
  if (!request.peer) return report;
  report.exact = true;
  for (std::size_t a = 0; a < pupils; ++a) {
    const bool none = theirs.wish_of[a] == Matching::kNone;
    report.exact =
        report.exact && ours.wish_of[a] == (none ? LotteryMatch::kNone : theirs.wish_of[a]);
  }
  report.checked = "the school of every pupil equal to the peer's";
  return report;
}

}  // namespace doorstep::bench
