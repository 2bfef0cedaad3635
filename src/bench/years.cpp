// A province opened from its files and run for ten years of `choice`, all stages.

#include <fmt/format.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <ctime>
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

/// Processor time of each year that a run reports, all threads added up.
class Phases {
 public:
  void begin(const std::string& task) {
    if (task == task_) return;  // a year tells of its progress again and again
    task_ = task;
    const double now = static_cast<double>(std::clock()) * 1000.0 / CLOCKS_PER_SEC;
    if (counts_) years_.push_back(now - begun_);
    counts_ = task.starts_with("simulate");
    begun_ = now;
  }
  void end() { begin(""); }

  /// The first year, and the median of the others.
  void add_to(std::vector<std::pair<std::string, double>>& more) const {
    if (years_.empty()) return;
    more.emplace_back("first_year_cpu_ms", years_.front());
    if (years_.size() > 1)
      more.emplace_back("later_year_cpu_ms", spread_of({years_.begin() + 1, years_.end()}).p50);
  }

 private:
  std::vector<double> years_;  ///< Units: ms
  std::string task_;
  bool counts_ = false;
  double begun_ = 0.0;
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

/// The ten years, several times over, and what they say.
class Runs {
 public:
  explicit Runs(std::shared_ptr<const session::OpenPlace> opened) : opened_(std::move(opened)) {
    baseline_.code = "baseline";
    baseline_.place = opened_->place.code;
  }

  void run_once() {
    PeakMemory peak;
    Phases phases;
    Progress watched([&](const std::string& task, double) { phases.begin(task); });
    std::shared_ptr<const session::Outcome> outcome;
    double cpu_ms = 0.0;
    ms_.push_back(ms_of([&] {
      cpu_ms = cpu_ms_of(
          [&] { outcome = session::run_scenario(opened_, baseline_, watched, kYears, "", true); });
    }));
    phases.end();
    conservation_ = std::max(conservation_, outcome->run.conservation_error);
    Figures figures = figures_of(*outcome);
    if (ms_.size() > 1) {
      same_ = same_ && figures.values == first_.values;
      return;
    }
    first_ = std::move(figures);
    peak_mb_ = peak.mb();
    more_.emplace_back("cpu_ms", cpu_ms);
    phases.add_to(more_);
  }

  [[nodiscard]] Report report(unsigned threads) const {
    Report out;
    out.name = "years";
    out.what = fmt::format("{} years after the first, {} stages, indicators of every year", kYears,
                           opened_->place.stages.size());
    out.size = {opened_->place.homes.size(), opened_->place.campuses.size(), 0, first_.pupils};
    out.ours_ms = spread_of(ms_);
    out.peak_mb = peak_mb_;
    out.exact = same_ && first_.converged && conservation_ <= 1e-9;
    out.checked = fmt::format("every market cleared{}; pupils in = placed + unplaced to {:.1e}; {}",
                              first_.converged ? "" : ": NO", conservation_,
                              ms_.size() < 2 ? "run once"
                              : same_        ? "each run to the bit"
                                             : "runs DIFFER");
    out.more = more_;
    for (const auto& figure : std::vector<std::pair<std::string, double>>{
             {"rounds_most", first_.most_rounds},
             {"rounds_mean", first_.rounds / std::max(1.0, first_.markets)},
             {"flows_kept", static_cast<double>(first_.flows)},
             {"first_year_unplaced", first_.unplaced},
             {"threads", threads}})
      out.more.push_back(figure);
    return out;
  }

 private:
  std::shared_ptr<const session::OpenPlace> opened_;
  Scenario baseline_;
  std::vector<double> ms_;
  Figures first_;
  bool same_ = true;
  double conservation_ = 0.0;
  double peak_mb_ = 0.0;
  std::vector<std::pair<std::string, double>> more_;
};

std::vector<Report> run_years(const Request& request, Progress& progress) {
  tbb::global_control threads(tbb::global_control::max_allowed_parallelism, request.threads);
  ScratchFolder scratch;
  std::filesystem::path folder = request.place;
  if (request.place.empty())
    write_province(size_for(request), request.seed, folder = scratch.path());
  const int repeat = request.repeat > 0 ? request.repeat : kRepeat;
  std::shared_ptr<const session::OpenPlace> opened;
  std::vector<double> load_ms, load_cpu_ms;
  for (int n = 0; n < repeat; ++n) {
    opened.reset();
    load_ms.push_back(ms_of([&] {
      load_cpu_ms.push_back(cpu_ms_of([&] { opened = session::open_place(folder, progress); }));
    }));
  }
  opened->findings.throw_first_error();
  Runs runs(opened);
  for (int n = 0; n < repeat; ++n) runs.run_once();
  Report load = load_report(load_ms, *opened);
  load.more.emplace_back("cpu_ms", spread_of(load_cpu_ms).p50);
  return {runs.report(request.threads), load};
}

}  // namespace

Benchmark years_benchmark() {
  return {"years", "A province of 500,000 homes opened, and ten years of choice", run_years};
}

}  // namespace doorstep::bench
