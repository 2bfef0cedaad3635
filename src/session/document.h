#pragma once
// The open document: a place, its immutable baseline, a working scenario with history, and the job
// that keeps the result following. Every figure shown comes from an Outcome of one revision; a
// result that the document has moved past is dropped, so none goes stale unseen.
// One thread owns a Document; the job thread only sees immutable snapshots.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "session/live_engine.h"
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
  void save(const std::filesystem::path& path);
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

  /// A candidate edit under the mouse: the one-year result follows as `preview()`.
  void set_preview(Edit edit);
  void clear_preview();

  /// Takes finished results; starts the next job. Call once a frame. True where something changed.
  bool poll();
  /// Waits until nothing is pending (command line, tests).
  void wait();

  /// The unedited place; null until its first run is done.
  [[nodiscard]] std::shared_ptr<const Outcome> baseline() const { return baseline_; }
  /// The newest finished result of the working scenario; null until the first.
  [[nodiscard]] std::shared_ptr<const Outcome> current() const { return current_; }
  /// The newest finished one-year result with the preview edit; null where there is none.
  [[nodiscard]] std::shared_ptr<const Outcome> preview() const { return preview_; }
  /// The first year's entry with the preview edit, at once and exact (or with its certified gap):
  /// a new campus under least travel, from the second preview of a gesture on. Null elsewhere; the
  /// preview() of a run follows either way, and says the same.
  [[nodiscard]] std::shared_ptr<const LiveFrame> live() const { return live_; }
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
  void follow_live(const Edit& edit);
  void end_live();
  /// True where the frame under the mouse became exact.
  bool go_on_live();
  void take_result();
  /// True where the result is known already and no job was needed.
  bool start_next_job();

  std::shared_ptr<const OpenPlace> opened_;
  State state_;
  std::vector<State> past_;
  std::vector<State> future_;
  int saved_revision_ = 0;
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
  std::unique_ptr<LiveEngine> engine_;
  int engine_revision_ = -1;   ///< of the scenario that the engine stands on
  bool engine_holds_ = false;  ///< a candidate
  std::string engine_code_;
  double engine_seats_ = 0.0;
  std::shared_ptr<const LiveFrame> live_;
  std::unique_ptr<Job> job_;
  std::string error_;
};

}  // namespace doorstep::session
