#pragma once
// The open document: a place, its immutable baseline, a working scenario with history, and the job
// that keeps the result following. Every figure shown comes from an Outcome of one revision; a
// result that the document has moved past is dropped, so none goes stale unseen.
// One thread owns a Document; the job thread only sees immutable snapshots.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "io/scenario/text_over.h"
#include "session/live_stage.h"
#include "session/outcome.h"

namespace doorstep::session {

/// One line of the named history. The first is the plan as it was opened.
struct HistoryLine {
  std::string zh;
  std::string en;
  bool undone = false;
};

class Document {
 public:
  explicit Document(std::shared_ptr<const OpenPlace> opened, Scenario scenario = {});
  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  [[nodiscard]] const OpenPlace& opened() const { return *opened_; }
  [[nodiscard]] const std::shared_ptr<const OpenPlace>& opened_place() const { return opened_; }
  [[nodiscard]] const Scenario& scenario() const { return state_.scenario; }

  /// Appends an edit as one undo step. Throws: Error where it cannot apply; nothing changes then.
  void add_edit(Edit edit);
  /// Several edits as one undo step called `what`: all of them, or none. Throws: as add_edit.
  void add_edits(std::vector<Edit> edits, Name what);
  /// Replaces the last edit without a new undo step (a gesture going on after its start).
  void replace_last_edit(Edit edit);
  /// Puts another edit in the place of one, as a step of its own. Throws: as add_edit.
  void replace_edit(std::size_t index, Edit edit);
  void remove_edit(std::size_t index);
  /// Another plan altogether, as one step. Throws: as add_edit.
  void set_scenario(Scenario scenario, Name what);
  bool undo();
  bool redo();
  /// Undoes or does again until `step` steps are done; 0 is the plan as it was opened.
  void go_to(std::size_t step);
  [[nodiscard]] std::size_t steps_done() const { return past_.size(); }
  [[nodiscard]] bool can_undo() const { return !past_.empty(); }
  [[nodiscard]] bool can_redo() const { return !future_.empty(); }
  [[nodiscard]] std::vector<HistoryLine> history() const;
  [[nodiscard]] bool unsaved() const { return state_.revision != saved_revision_; }
  /// Names the edits as they stand; the same number after undo.
  [[nodiscard]] int revision() const { return state_.revision; }
  /// `from`: the file the plan came from, whose comments are kept; empty: none.
  void save(const std::filesystem::path& path, const std::filesystem::path& from = {});
  /// The plan came from an autosave: it differs from what any file holds.
  void mark_unsaved() { saved_revision_ = -1; }

  /// What A is: another plan, run in the background, or with none the baseline.
  void set_reference(std::optional<Scenario> plan);
  /// Makes the plan as it stands A. Pre: current().
  void keep_as_reference();
  [[nodiscard]] const Scenario* reference_plan() const { return reference_plan_.get(); }
  /// Null until its first run is done.
  [[nodiscard]] std::shared_ptr<const Outcome> reference() const {
    return reference_plan_ ? reference_ : baseline_;
  }

  /// A candidate edit under the mouse, alone or in the place of the edit `replaces`: what `year`
  /// (0: the first) is with it follows as `preview()`, at once where it can be told live.
  void set_preview(Edit edit, Year year = 0, std::optional<std::size_t> replaces = {});
  void clear_preview();
  /// Has the live engine of a stage (by code) and year at hand before a gesture begins; "": none.
  void prepare_live(const std::string& stage, Year year);

  /// Takes finished results; starts the next job. Call once a frame. True where something changed.
  bool poll();
  /// Waits until nothing is pending (command line, tests).
  void wait();

  /// The unedited place; null until its first run is done.
  [[nodiscard]] std::shared_ptr<const Outcome> baseline() const { return baseline_; }
  /// The newest finished result of the working scenario; null until the first.
  [[nodiscard]] std::shared_ptr<const Outcome> current() const { return current_; }
  /// The year with the preview edit: exact at once where live() is, else the newest finished run.
  /// Null where there is none.
  [[nodiscard]] std::shared_ptr<const Outcome> preview() const;
  /// Whether preview() is of the edit as it was given last; else a run for it is on its way.
  [[nodiscard]] bool preview_up_to_date() const {
    return showing_live() || (preview_edit_ && preview_done_ == preview_revision_);
  }
  /// How good preview() is while it follows the mouse live; null where it is that of a run.
  [[nodiscard]] const LiveStatus* live() const;
  /// The entry to the first grade behind live(). Pre: live().
  [[nodiscard]] const LiveFrame& live_entry() const;
  /// Whether current() belongs to the scenario as it stands.
  /// (over all its years, not only the first).
  [[nodiscard]] bool up_to_date() const;
  [[nodiscard]] bool busy() const;
  [[nodiscard]] double job_fraction() const;
  [[nodiscard]] std::string job_task() const;
  /// Stops the running job; it is not begun again until the scenario changes.
  void cancel_job();
  /// The last failure of a job as one line, once; empty where there is none.
  [[nodiscard]] std::string take_error();

 private:
  struct Job;
  /// A scenario with the revision it is; undo goes back to the same revision, so results match.
  struct State {
    Scenario scenario;
    int revision = 0;
    Name step;  ///< what led here
  };
  void change_to(Scenario next, bool new_step, Name step);
  /// What a live engine stands on.
  struct LiveKey {
    int revision = -1;
    std::string stage;
    Year year = 0;
    bool operator==(const LiveKey&) const = default;
  };
  [[nodiscard]] LiveKey preview_key() const;
  [[nodiscard]] LiveKey prepared_key() const;
  [[nodiscard]] bool asks_live(const LiveKey& key) const;
  [[nodiscard]] bool showing_live() const;
  void follow_live();
  void end_live();
  /// True where the frame under the mouse became exact.
  bool go_on_live();
  void take_live(Job& job);
  void fill_live(Job& job, const LiveKey& key) const;
  [[nodiscard]] bool superseded(const Job& job) const;
  [[nodiscard]] Year first_year() const;
  void take_result();
  /// True where the result is known already and no job was needed.
  bool start_next_job();

  std::shared_ptr<const OpenPlace> opened_;
  State state_;
  std::vector<State> past_;
  std::vector<State> future_;
  int saved_revision_ = 0;
  io::WrittenEdits written_edits_;
  int newest_revision_ = 0;
  std::unique_ptr<Edit> preview_edit_;
  int preview_revision_ = 0;
  std::shared_ptr<const Outcome> baseline_;
  std::shared_ptr<const Outcome> current_;
  std::shared_ptr<const Outcome> preview_;
  std::unique_ptr<Scenario> reference_plan_;
  std::shared_ptr<const Outcome> reference_;
  bool reference_failed_ = false;
  int current_revision_ = -1;
  int preview_done_ = 0;
  int failed_revision_ = -2;  ///< -1 is the baseline's own
  std::optional<std::size_t> preview_replaces_;
  Year preview_year_ = 0;
  std::string prepared_stage_;
  Year prepared_year_ = 0;
  std::unique_ptr<LiveStage> live_stage_;
  LiveKey live_key_;   ///< of live_stage_
  LiveKey unfit_key_;  ///< only runs can tell
  std::unique_ptr<Job> job_;
  std::string error_;
};

}  // namespace doorstep::session
