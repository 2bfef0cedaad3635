#pragma once
// Opening, saving and leaving without losing work, as a state machine without a window: which
// question is asked, what an answer does, what is opened next. The dialogs only draw it.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "desktop/file_chooser.h"
#include "session/autosave.h"
#include "session/settings.h"

namespace doorstep::desktop {

/// A place to open, with a plan, or with work that a crash left behind.
struct Opening {
  std::filesystem::path place;     ///< empty: the place that is open
  std::filesystem::path scenario;  ///< empty: none
  std::optional<session::Autosave> recovered;
  std::shared_ptr<const session::OpenPlace> opened;  ///< read already; null: not yet
  std::optional<Scenario> plan;                      ///< unsaved, in the place of a file
  bool show_findings = false;
};

class Files {
 public:
  enum class Asking { Nothing, Unsaved, SaveAs, Overwrite, Open, Recover, OpenAsA, Path, Import };
  enum class Answer { Save, Discard, Cancel };

  /// `autosaves`: where unsaved work is kept; empty: nowhere (tests, scripts that make pictures).
  Files(session::Document& document, std::filesystem::path autosaves);

  /// Where Ctrl+S writes; empty: nowhere yet.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  void set_path(std::filesystem::path path) { path_ = std::move(path); }

  /// Ctrl+S: writes where the plan has a file, else asks for one.
  void save();
  void save_as();
  void open();
  /// Asks for a plan to compare with.
  void open_as_a();
  /// The plan chosen for it, once.
  [[nodiscard]] std::optional<std::filesystem::path> take_as_a() {
    return std::exchange(as_a_, {});
  }
  /// Asks for a path for something else, headed by a word of the interface: a file or folder to
  /// make, `name` with `suffix`, or with an empty name a place that is there.
  void ask(std::string title, std::string name, std::string suffix,
           std::function<void(const std::filesystem::path&)> then);
  /// Asks for files to make a place of: several, or a folder with all that is in it.
  void ask_files(std::function<void(std::vector<std::filesystem::path>)> then);
  /// Takes the files that are ticked, or the folder shown where none is.
  void choose_files();
  [[nodiscard]] const std::string& title() const { return title_; }
  /// Whether what is asked for is a name to write.
  [[nodiscard]] bool naming() const {
    return asking_ == Asking::SaveAs || (asking_ == Asking::Path && naming_);
  }
  /// Asks about unsaved work first, where there is any.
  void close();
  void open(Opening next);
  /// Files let go over the window: a plan of this place, a place. Returns the others.
  std::vector<std::filesystem::path> drop(const std::vector<std::filesystem::path>& files);
  /// Offers what a crash left behind.
  void offer(std::vector<session::Autosave> left);

  [[nodiscard]] Asking asking() const { return asking_; }
  void answer(Answer answer);
  /// The path chosen in the dialog; overwriting another file is asked about.
  void choose(const std::filesystem::path& file);
  void recover(std::size_t which);
  void forget(std::size_t which);
  [[nodiscard]] FileChooser& chooser() { return chooser_; }
  [[nodiscard]] const std::vector<session::Autosave>& left() const { return left_; }

  /// Keeps unsaved work aside. Call after anything may have changed.
  void keep();
  /// Set once the window may close or open something else.
  [[nodiscard]] bool leaving() const { return leaving_; }
  [[nodiscard]] const std::optional<Opening>& next() const { return next_; }
  /// What was done or failed since last asked.
  [[nodiscard]] std::optional<std::string> take_saved();
  [[nodiscard]] std::string take_error();

 private:
  bool write(const std::filesystem::path& file);
  void finish(bool written);
  void leave();
  [[nodiscard]] std::filesystem::path first_folder() const;

  session::Document& document_;
  session::Autosaver autosaver_;
  bool keeps_ = false;
  std::filesystem::path path_;
  Asking asking_ = Asking::Nothing;
  FileChooser chooser_;
  std::vector<session::Autosave> left_;
  std::filesystem::path overwrite_;
  std::string title_;
  bool naming_ = false;
  std::function<void(const std::filesystem::path&)> then_;            ///< of ask(); null otherwise
  std::function<void(std::vector<std::filesystem::path>)> then_all_;  ///< of ask_files()
  bool then_leave_ = false;  ///< the question was asked because of leaving
  bool leaving_ = false;
  std::optional<Opening> wanted_;  ///< after the question
  std::optional<Opening> next_;
  std::optional<std::filesystem::path> as_a_;
  std::optional<std::string> saved_;
  std::string error_;
};

}  // namespace doorstep::desktop
