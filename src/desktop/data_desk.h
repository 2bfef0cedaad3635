#pragma once
// The data side of the window, without a window: files dropped become a place, findings are walked
// through, campuses edited as a table, a plan put on new data, a place packed. Each is a small
// state that the panels draw; what it does is session's and intake's.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "desktop/files.h"
#include "intake/intake.h"
#include "scenario/costs.h"
#include "scenario/describe.h"
#include "session/campus_sheet.h"
#include "session/carry.h"
#include "session/document.h"
#include "session/findings.h"
#include "session/side_job.h"

namespace doorstep::desktop {

/// A draft of a place from dropped files, with answers to what is open.
struct ImportDesk {
  intake::Request request;
  std::optional<intake::Draft> draft;
  std::map<std::string, std::string> answers;  ///< by question, as the fields hold them
};

/// Campuses as a table over which ranges are pasted.
struct SheetDesk {
  std::vector<session::SheetRow> rows;
  std::vector<std::size_t> shown;  ///< rows that the filter keeps
  std::set<std::size_t> chosen;    ///< rows that are ticked
  std::string filter, value, complaint;
  std::size_t at_row = 0;  ///< of `shown`
  session::SheetColumn at_column = session::SheetColumn::Seats;
  std::string stage;
  Year year = 0;
  std::optional<session::SheetChanges> pending;  ///< shown before anything is changed
};

/// A plan on another version of its place.
struct CarryDesk {
  std::shared_ptr<const session::OpenPlace> to;
  session::Recoded recoded;
  session::Carried carried;
};

class DataDesk {
 public:
  enum class Sheet { None, Import, Campuses, Carry };

  explicit DataDesk(session::Document& document) : document_(document) {}

  [[nodiscard]] Sheet sheet() const { return sheet_; }
  /// Closes what is open, and lets go of what is running.
  void cancel();
  [[nodiscard]] bool busy() const { return job_.running(); }
  [[nodiscard]] const session::SideJob& job() const { return job_; }
  /// Whether a dialogue of this desk lies over the window.
  [[nodiscard]] bool asking() const { return sheet_ != Sheet::None || busy(); }
  /// Finished work waits to be taken, so that a script meets work that is under way.
  void hold(bool held) { held_ = held; }
  /// Takes finished work. True where something changed.
  bool poll();
  /// What to say, "" nothing; the flag tells failures.
  [[nodiscard]] std::pair<std::string, bool> take_word();
  /// A place to open now.
  [[nodiscard]] std::optional<Opening> take_opening();

  // Import.
  void import(std::vector<std::filesystem::path> files);
  [[nodiscard]] ImportDesk& importing() { return import_; }
  /// Drafts again with the answers and writes the place as `folder`, unless more is asked.
  void make_place(const std::filesystem::path& folder);

  // Packing.
  void pack(const std::filesystem::path& file);

  // Findings.
  void show_findings(bool open) { findings_open_ = open; }
  /// Those of a place that could not be opened.
  void show_foreign(std::string name, const Diagnostics& findings);
  [[nodiscard]] bool findings_open() const { return findings_open_; }
  [[nodiscard]] const std::vector<session::Finding>& findings();
  [[nodiscard]] const std::string& foreign() const { return foreign_; }
  std::optional<std::size_t> at_finding;  ///< the one looked at
  int severity = -1;                      ///< shown alone; -1 all
  std::map<std::string, std::size_t> more_of_kind;

  // The table.
  void open_table(const std::string& stage, Year year);
  [[nodiscard]] SheetDesk& table() { return table_; }
  void filter_table();
  void paste(const std::string& text);
  /// The ticked rows, or all shown where none is, get the value in the field.
  void set_column();
  /// Makes the pending changes as one step.
  void apply_pending();

  // New data under the plan.
  void carry_to(const std::filesystem::path& place);
  [[nodiscard]] CarryDesk& carrying() { return carry_; }
  /// Takes the proposal of an orphan.
  void recode(const session::Orphan& orphan);
  void open_carried();

  // Costs.
  [[nodiscard]] const PlanCost& costs();
  /// Names of what the edits of the plan touch.
  [[nodiscard]] const EditNames& edit_names();
  std::optional<std::size_t> cost_edit;  ///< whose cost is being written
  std::string cost_text, budget_text;
  void set_cost(std::size_t edit, const std::string& text);
  void set_budget(const std::string& text);

 private:
  void carry_again();
  void say(std::string text, bool error) { word_ = {std::move(text), error}; }
  [[nodiscard]] Place planned() const;

  session::Document& document_;
  session::SideJob job_;
  bool held_ = false;
  Sheet sheet_ = Sheet::None;
  std::pair<std::string, bool> word_;
  std::optional<Opening> opening_;
  ImportDesk import_;
  SheetDesk table_;
  CarryDesk carry_;
  bool findings_open_ = false;
  std::string foreign_;
  std::vector<session::Finding> findings_;
  const void* findings_of_ = nullptr;  ///< the outcome or place that they are of
  PlanCost costs_;
  EditNames edit_names_;
  int costs_revision_ = -1;
  std::optional<Coefficients> standards_;
};

}  // namespace doorstep::desktop
