// A province opened from its files and run for ten years of `choice`, all stages.

#include <fmt/format.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <filesystem>

#include "base/platform.h"
#include "bench/kernels.h"
#include "bench/made_up_province.h"
#include "bench/measure.h"
#include "session/outcome.h"

namespace doorstep::bench {
namespace {

constexpr int kYears = 10;
constexpr int kRepeat = 3;
constexpr ProvinceSize kProvince{110, 500000, 4490};

/// A folder for a made-up place, gone afterwards.
class ScratchFolder {
 public:
  ScratchFolder()
      : path_(std::filesystem::temp_directory_path() /
              fmt::format("doorstep-bench-{}", process_id())) {
    std::filesystem::create_directories(path_);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// As many counties as keep them of the size that the province's have.
ProvinceSize size_for(const Request& request) {
  ProvinceSize size = kProvince;
  if (request.homes > 0) {
    size.homes = std::max<std::size_t>(request.homes, 100);
    size.counties = std::max<std::size_t>(1, size.homes * kProvince.counties / kProvince.homes);
    size.campuses = size.homes * kProvince.campuses / kProvince.homes;
  }
  if (request.campuses > 0) size.campuses = request.campuses;
  size.campuses = std::max(size.campuses, 8 * size.counties);
  return size;
}

/// What a run says, for holding one against another.
struct Figures {
  std::vector<double> values;
  int most_rounds = 0;
  double rounds = 0.0;
  double markets = 0.0;
  bool converged = true;
  double pupils = 0.0;
  double unplaced = 0.0;
  std::size_t flows = 0;
};

Figures figures_of(const session::Outcome& outcome) {
  Figures out;
  for (const YearResult& year : outcome.run.years)
    for (const StageYear& stage : year.stages) {
      out.values.push_back(stage.unplaced);
      for (const CampusYear& campus : stage.campuses) out.values.push_back(campus.enrolment);
      out.most_rounds = std::max(out.most_rounds, stage.rounds);
      out.rounds += stage.rounds;
      out.markets += stage.rounds > 0;
      out.converged = out.converged && stage.converged;
      out.flows += stage.flows.size();
    }
  for (const StageYear& stage : outcome.run.years.front().stages) {
    out.pupils += stage.pupils;
    out.unplaced += stage.unplaced;
  }
  return out;
}

Report load_report(const std::vector<double>& ms, const session::OpenPlace& opened) {
  Report report;
  report.name = "years_load";
  report.what = "the same place read from its files, checked, and its travel computed";
  report.size = {opened.place.homes.size(), opened.place.campuses.size(), 0, 0.0};
  report.ours_ms = spread_of(ms);
  if (const NearWays* near = opened.travel.near())
    report.more.emplace_back("ways_a_home", static_cast<double>(near->ways.size()) /
                                                static_cast<double>(opened.place.homes.size()));
  return report;
}

std::vector<Report> run_years(const Request& request, Progress& progress) {
  tbb::global_control threads(tbb::global_control::max_allowed_parallelism, request.threads);
  ScratchFolder scratch;
  std::filesystem::path folder = request.place;
  if (request.place.empty()) {
    write_province(size_for(request), request.seed, folder = scratch.path());
  }
  const int repeat = request.repeat > 0 ? request.repeat : kRepeat;
  std::shared_ptr<const session::OpenPlace> opened;
  std::vector<double> load_ms;
  for (int n = 0; n < repeat; ++n) {
    opened.reset();
    load_ms.push_back(ms_of([&] { opened = session::open_place(folder, progress); }));
  }
  opened->findings.throw_first_error();

  Scenario baseline;
  baseline.code = "baseline";
  baseline.place = opened->place.code;
  Report report;
  report.name = "years";
  PeakMemory peak;
  std::vector<double> ms;
  Figures first;
  bool same = true;
  double conservation = 0.0;
  for (int n = 0; n < repeat; ++n) {
    std::shared_ptr<const session::Outcome> outcome;
    ms.push_back(
        ms_of([&] { outcome = session::run_scenario(opened, baseline, progress, kYears); }));
    if (n == 0) report.peak_mb = peak.mb();
    conservation = std::max(conservation, outcome->run.conservation_error);
    Figures figures = figures_of(*outcome);
    if (n == 0)
      first = std::move(figures);
    else
      same = same && figures.values == first.values;
  }
  report.what = fmt::format("{} years after the first, {} stages, indicators of every year", kYears,
                            opened->place.stages.size());
  report.size = {opened->place.homes.size(), opened->place.campuses.size(), 0, first.pupils};
  report.ours_ms = spread_of(ms);
  report.exact = same && first.converged && conservation <= 1e-9;
  report.checked =
      fmt::format("every market cleared{}; pupils in = placed + unplaced to {:.1e}; {}",
                  first.converged ? "" : ": NO", conservation,
                  repeat < 2 ? "run once"
                  : same     ? "each run to the bit"
                             : "runs DIFFER");
  report.more = {{"rounds_most", first.most_rounds},
                 {"rounds_mean", first.rounds / std::max(1.0, first.markets)},
                 {"flows_kept", static_cast<double>(first.flows)},
                 {"first_year_unplaced", first.unplaced},
                 {"threads", request.threads}};
  return {report, load_report(load_ms, *opened)};
}

}  // namespace

Benchmark years_benchmark() {
  return {"years", "A province of 500,000 homes opened, and ten years of choice", run_years};
}

}  // namespace doorstep::bench
