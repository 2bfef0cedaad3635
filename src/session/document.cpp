#include "session/document.h"

#include <thread>

#include "base/error.h"
#include "io/scenario/scenario_file.h"
#include "session/edit_words.h"

namespace doorstep::session {

/// One background run on an immutable snapshot. The document reads `done` and then owns the rest.
struct Document::Job {
  enum class Kind { Baseline, Preview, Current, Reference, Live };
  Kind kind = Kind::Baseline;
  int revision = 0;
  int years = -1;
  std::string only;  ///< stage code; "" all
  Scenario scenario;
  Progress progress;
  bool stopped = false;  ///< by the user, not because a newer one replaced it
  std::atomic<bool> done{false};
  std::shared_ptr<const Outcome> outcome;
  std::shared_ptr<const Outcome> live_base;  ///< of a live engine, where known already
  LiveKey live_key;
  std::unique_ptr<LiveStage> live_stage;
  std::string error;
  std::thread thread;

  ~Job() {
    progress.cancel();
    if (thread.joinable()) thread.join();
  }

  void prepare(const std::shared_ptr<const OpenPlace>& opened) {
    if (!live_base) live_base = run_scenario(opened, scenario, progress, 0, only);
    live_stage = LiveStage::create(live_base, find_stage(live_base->place, only), live_key.year, 0,
                                   progress);
  }

  void start(std::shared_ptr<const OpenPlace> opened) {
    thread = std::thread([this, opened = std::move(opened)] {
      try {
        if (kind == Kind::Live)
          prepare(opened);
        else
          outcome = run_scenario(opened, scenario, progress, years, only);
      } catch (const Cancelled&) {
        // Superseded: nobody waits for it.
      } catch (const Error& e) {
        error = e.message();
      } catch (const std::exception& e) {
        error = e.what();
      }
      done = true;
    });
  }
};

namespace {

/// The stage that a candidate under the mouse changes; "" where it may be several.
std::string stage_touched(const Edit& edit) {
  if (const auto* open = std::get_if<OpenCampus>(&edit)) return open->stage;
  if (const auto* seats = std::get_if<SetSeats>(&edit)) return seats->stage;
  if (const auto* redraw = std::get_if<RedrawCatchments>(&edit)) return redraw->stage;
  return "";
}

}  // namespace

Document::Document(std::shared_ptr<const OpenPlace> opened, Scenario scenario)
    : opened_(std::move(opened)), state_{std::move(scenario), 0} {
  opened_->findings.throw_first_error();
  if (state_.scenario.place.empty()) state_.scenario.place = opened_->place.code;
  const Name& plan = state_.scenario.name;
  if (state_.scenario.edits.empty())
    state_.step = {"打开地方", "Open place"};
  else
    state_.step = {"打开方案 " + plan.in_chinese(), "Open plan " + plan.in_english()};
}

Document::~Document() = default;

void Document::change_to(Scenario next, bool new_step, Name step) {
  // Refused here, so that a bad edit leaves no trace; the job applies it again on its snapshot.
  apply(opened_->place, next).findings.throw_first_error();
  if (new_step) past_.push_back(state_);
  future_.clear();
  state_ = {std::move(next), ++newest_revision_, std::move(step)};
}

void Document::add_edit(Edit edit) {
  Scenario next = state_.scenario;
  Name step = named(edit, edit_names_of(opened_->place, next));
  next.edits.push_back(std::move(edit));
  change_to(std::move(next), true, std::move(step));
}

void Document::add_edits(std::vector<Edit> edits, Name what) {
  Scenario next = state_.scenario;
  for (Edit& edit : edits) next.edits.push_back(std::move(edit));
  change_to(std::move(next), true, std::move(what));
}

void Document::replace_last_edit(Edit edit) {
  DOORSTEP_ASSERT(!state_.scenario.edits.empty());
  Scenario next = state_.scenario;
  Name step = named(edit, edit_names_of(opened_->place, next));
  next.edits.back() = std::move(edit);
  change_to(std::move(next), false, std::move(step));
}

void Document::replace_edit(std::size_t index, Edit edit) {
  DOORSTEP_ASSERT(index < state_.scenario.edits.size());
  Scenario next = state_.scenario;
  Name step = named(edit, edit_names_of(opened_->place, next));
  next.edits[index] = std::move(edit);
  change_to(std::move(next), true, std::move(step));
}

void Document::remove_edit(std::size_t index) {
  DOORSTEP_ASSERT(index < state_.scenario.edits.size());
  Scenario next = state_.scenario;
  const Name edit = named(next.edits[index], edit_names_of(opened_->place, next));
  next.edits.erase(next.edits.begin() + static_cast<std::ptrdiff_t>(index));
  if (index < next.sources.size())
    next.sources.erase(next.sources.begin() + static_cast<std::ptrdiff_t>(index));
  change_to(std::move(next), true, {"去掉：" + edit.zh, "Taken out: " + edit.en});
}

void Document::set_scenario(Scenario scenario, Name what) {
  change_to(std::move(scenario), true, std::move(what));
}

bool Document::undo() {
  if (past_.empty()) return false;
  future_.push_back(std::move(state_));
  state_ = std::move(past_.back());
  past_.pop_back();
  return true;
}

bool Document::redo() {
  if (future_.empty()) return false;
  past_.push_back(std::move(state_));
  state_ = std::move(future_.back());
  future_.pop_back();
  return true;
}

std::vector<HistoryLine> Document::history() const {
  std::vector<HistoryLine> lines;
  auto add = [&](const State& s, bool undone) { lines.push_back({s.step.zh, s.step.en, undone}); };
  for (const State& earlier : past_) add(earlier, false);
  add(state_, false);
  for (auto later = future_.rbegin(); later != future_.rend(); ++later) add(*later, true);
  return lines;
}

void Document::go_to(std::size_t step) {
  while (past_.size() > step && undo()) {
  }
  while (past_.size() < step && redo()) {
  }
}

void Document::set_reference(std::optional<Scenario> plan) {
  reference_.reset();
  reference_failed_ = false;
  reference_plan_ = plan ? std::make_unique<Scenario>(std::move(*plan)) : nullptr;
  if (job_ && job_->kind == Job::Kind::Reference) job_->progress.cancel();
}

void Document::keep_as_reference() {
  DOORSTEP_ASSERT(current_ != nullptr);
  set_reference(state_.scenario);
  if (up_to_date()) reference_ = current_;
}

void Document::save(const std::filesystem::path& path, const std::filesystem::path& from) {
  io::write_scenario_over(state_.scenario, opened_->place, path, from, written_edits_);
  saved_revision_ = state_.revision;
}

void Document::set_preview(Edit edit, Year year, std::optional<std::size_t> replaces) {
  preview_edit_ = std::make_unique<Edit>(std::move(edit));
  preview_year_ = year;
  preview_replaces_ = replaces;
  ++preview_revision_;
  follow_live();
}

void Document::clear_preview() {
  end_live();
  preview_edit_.reset();
  preview_.reset();
  ++preview_revision_;
  preview_done_ = preview_revision_;
}

bool Document::up_to_date() const {
  return baseline_ && current_ && current_revision_ == state_.revision &&
         current_->years_run == state_.scenario.years;
}

bool Document::busy() const { return job_ != nullptr; }
double Document::job_fraction() const { return job_ ? job_->progress.fraction() : 1.0; }
std::string Document::job_task() const { return job_ ? job_->progress.task() : ""; }

void Document::cancel_job() {
  if (!job_) return;
  job_->stopped = true;
  job_->progress.cancel();
}

std::string Document::take_error() { return std::exchange(error_, {}); }

void Document::take_result() {
  std::unique_ptr<Job> job = std::move(job_);
  job->thread.join();
  if (!job->error.empty()) error_ = job->error;
  // A job that failed, or that its user stopped, is not begun again until something changes. A
  // preview counts its revisions by itself, so its failure says nothing about the scenario's.
  const bool failed = !job->error.empty() || job->stopped;
  if (job->kind == Job::Kind::Live) return take_live(*job);
  if (job->kind == Job::Kind::Reference) {
    // Another plan may have been asked for since: the job then runs again for that one.
    if (job->progress.cancelled() && !job->stopped) return;
    reference_failed_ = failed;
    if (reference_plan_ && job->outcome) reference_ = job->outcome;
    return;
  }
  if (job->kind != Job::Kind::Preview && failed) failed_revision_ = job->revision;
  switch (job->kind) {
    case Job::Kind::Baseline:
      if (job->outcome) baseline_ = job->outcome;
      break;
    case Job::Kind::Preview:
      if (job->revision <= preview_done_) return;  // cleared since: not of this gesture
      preview_done_ = job->revision;
      if (preview_edit_ && job->outcome) preview_ = job->outcome;
      return;
    case Job::Kind::Current:
    case Job::Kind::Reference:
    case Job::Kind::Live:
      break;
  }
  // The baseline is the current result too while nothing is edited. A result of a revision that
  // the document has left is dropped.
  if (job->outcome && job->revision == state_.revision) {
    current_ = job->outcome;
    current_revision_ = job->revision;
  }
}

bool Document::start_next_job() {
  auto job = std::make_unique<Job>();
  job->scenario = state_.scenario;
  job->revision = state_.revision;
  if (!baseline_) {
    job->kind = Job::Kind::Baseline;
    job->scenario.edits.clear();
    if (!state_.scenario.edits.empty()) job->revision = -1;
    if (failed_revision_ == job->revision) return false;
  } else if (preview_edit_ && asks_live(preview_key())) {
    fill_live(*job, preview_key());
  } else if (preview_edit_ && !showing_live() && preview_done_ != preview_revision_) {
    job->kind = Job::Kind::Preview;
    job->revision = preview_revision_;
    job->years = std::max(0, preview_year_ - first_year());
    if (preview_replaces_ && *preview_replaces_ < job->scenario.edits.size())
      job->scenario.edits[*preview_replaces_] = *preview_edit_;
    else
      job->scenario.edits.push_back(*preview_edit_);
    job->only = stage_touched(*preview_edit_);
  } else if (!preview_edit_ && !up_to_date() && failed_revision_ != state_.revision) {
    job->kind = Job::Kind::Current;
    if (state_.scenario.edits.empty()) {  // back at the baseline: known already
      current_ = baseline_;
      current_revision_ = state_.revision;
      return true;
    }
    // First the one-year result, which is there at once; the ten years follow behind it.
    bool first_look = current_revision_ != state_.revision && state_.scenario.years > 0;
    job->years = first_look ? 0 : -1;
  } else if (!preview_edit_ && reference_plan_ && !reference_ && !reference_failed_) {
    job->kind = Job::Kind::Reference;
    job->scenario = *reference_plan_;
    if (job->scenario.edits.empty()) {
      reference_ = baseline_;
      return true;
    }
  } else if (!preview_edit_ && asks_live(prepared_key())) {
    fill_live(*job, prepared_key());
  } else {
    return false;
  }
  job->start(opened_);
  job_ = std::move(job);
  return false;
}

bool Document::superseded(const Job& job) const {
  switch (job.kind) {
    case Job::Kind::Baseline:
      return false;
    case Job::Kind::Current:
      return job.revision != state_.revision || preview_edit_ != nullptr;
    case Job::Kind::Reference:
      return preview_edit_ != nullptr || !up_to_date();
    case Job::Kind::Preview:
      return preview_edit_ == nullptr || showing_live();
    case Job::Kind::Live:
      break;
  }
  return preview_edit_ ? !(job.live_key == preview_key())
                       : !(job.live_key == prepared_key()) || !up_to_date();
}

void Document::fill_live(Job& job, const LiveKey& key) const {
  job.kind = Job::Kind::Live;
  job.live_key = key;
  job.only = key.stage;
  if (current_ && current_revision_ == state_.revision) job.live_base = current_;
}

void Document::take_live(Job& job) {
  if (job.progress.cancelled() && !job.stopped) return;
  if (job.live_key.revision != state_.revision) return;
  end_live();
  live_stage_ = std::move(job.live_stage);
  live_key_ = live_stage_ ? job.live_key : LiveKey{};
  if (!live_stage_) unfit_key_ = job.live_key;
  if (preview_edit_) follow_live();
}

bool Document::poll() {
  bool changed = go_on_live();
  if (job_) {
    if (superseded(*job_)) job_->progress.cancel();
    if (job_->done) {
      take_result();
      changed = true;
    }
  }
  if (!job_ && start_next_job()) changed = true;
  return changed;
}

void Document::wait() {
  using namespace std::chrono_literals;
  poll();
  while (job_) {
    while (!job_->done) std::this_thread::sleep_for(1ms);
    poll();
  }
}

}  // namespace doorstep::session
