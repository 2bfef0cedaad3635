#include "desktop/files.h"

#include "base/error.h"

namespace doorstep::desktop {

namespace fs = std::filesystem;

Files::Files(session::Document& document, fs::path autosaves)
    : document_(document), autosaver_(autosaves), keeps_(!autosaves.empty()) {}

fs::path Files::first_folder() const {
  if (!path_.empty()) return fs::absolute(path_).parent_path();
  // Beside the place, not in it: its folder may come with the program.
  std::error_code ignored;
  return fs::current_path(ignored);
}

bool Files::write(const fs::path& file) {
  try {
    document_.save(file, path_);
  } catch (const Error& e) {
    error_ = e.message();
    return false;
  } catch (const fs::filesystem_error& e) {
    error_ = e.what();
    return false;
  }
  path_ = file;
  saved_ = file.string();
  keep();
  return true;
}

void Files::save() {
  if (path_.empty()) return save_as();
  finish(write(path_));
}

/// After a save: on to what it was asked for, or, where it failed, not.
void Files::finish(bool written) {
  if (written && then_leave_) return leave();
  then_leave_ = false;
  wanted_.reset();
}

void Files::save_as() {
  asking_ = Asking::SaveAs;
  then_ = nullptr;
  const std::string& code = document_.scenario().code;
  std::string name = path_.empty() ? (code.empty() ? document_.opened().place.code + "-plan" : code)
                                   : path_.stem().string();
  chooser_.show(first_folder(), name + ".toml");
}

void Files::ask(std::string title, std::string name, std::string suffix,
                std::function<void(const fs::path&)> then) {
  asking_ = Asking::Path;
  title_ = std::move(title);
  naming_ = !name.empty();
  // A new folder is offered under a name that is free: often it is made beside the files.
  std::error_code ignored;
  if (naming_ && suffix.empty() && fs::exists(first_folder() / name, ignored)) name += "-place";
  then_ = std::move(then);
  chooser_.show(first_folder(), std::move(name), std::move(suffix));
}

void Files::open() {
  asking_ = Asking::Open;
  chooser_.show(first_folder(), "");
}

void Files::leave() {
  asking_ = Asking::Nothing;
  then_leave_ = false;
  autosaver_.drop();
  leaving_ = true;
  next_ = std::move(wanted_);
  wanted_.reset();
}

void Files::close() {
  then_leave_ = true;
  wanted_.reset();
  if (!document_.unsaved()) return leave();
  asking_ = Asking::Unsaved;
}

void Files::open(Opening next) {
  then_leave_ = true;
  wanted_ = std::move(next);
  if (!document_.unsaved()) return leave();
  asking_ = Asking::Unsaved;
}

std::vector<fs::path> Files::drop(const std::vector<fs::path>& files) {
  std::vector<fs::path> unknown;
  for (const fs::path& file : files) {
    std::error_code ignored;
    if (looks_like_place(file)) {
      open({file, {}, {}});
      return {};
    }
    if (looks_like_plan(file) ||
        (fs::is_directory(file, ignored) && fs::exists(file / "scenario.toml", ignored))) {
      open({{}, file, {}});
      return {};
    }
    unknown.push_back(file);
  }
  return unknown;
}

void Files::offer(std::vector<session::Autosave> left) {
  left_ = std::move(left);
  if (!left_.empty()) asking_ = Asking::Recover;
}

void Files::answer(Answer answer) {
  const Asking asked = asking_;
  asking_ = Asking::Nothing;
  if (answer == Answer::Cancel) {
    // Not to overwrite is to choose another name; everything else is not to leave.
    if (asked == Asking::Overwrite) {
      asking_ = then_ ? Asking::Path : Asking::SaveAs;
      return;
    }
    then_ = nullptr;
    then_leave_ = false;
    wanted_.reset();
    return;
  }
  if (asked == Asking::Unsaved) {
    if (answer == Answer::Save)
      save();
    else
      leave();
  } else if (asked == Asking::Overwrite && answer == Answer::Save) {
    if (then_) return std::exchange(then_, nullptr)(overwrite_);
    finish(write(overwrite_));
  }
}

void Files::open_as_a() {
  asking_ = Asking::OpenAsA;
  chooser_.show(first_folder(), "");
}

void Files::ask_files(std::function<void(std::vector<fs::path>)> then) {
  asking_ = Asking::Import;
  then_all_ = std::move(then);
  chooser_.show_all(first_folder());
}

void Files::choose_files() {
  if (asking_ != Asking::Import) return;
  asking_ = Asking::Nothing;
  std::vector<fs::path> files(chooser_.ticked().begin(), chooser_.ticked().end());
  if (files.empty()) files.push_back(chooser_.folder());
  // A place or a plan among them is opened, as if it were dropped.
  files = drop(files);
  if (!files.empty()) std::exchange(then_all_, nullptr)(std::move(files));
}

void Files::choose(const fs::path& file) {
  if (asking_ == Asking::Import) {
    asking_ = Asking::Nothing;
    if (auto unknown = drop({file}); !unknown.empty())
      std::exchange(then_all_, nullptr)(std::move(unknown));
    return;
  }
  if (asking_ == Asking::OpenAsA) {
    asking_ = Asking::Nothing;
    as_a_ = file;
    return;
  }
  if (asking_ == Asking::Open) {
    asking_ = Asking::Nothing;
    std::error_code ignored;
    const bool plan = looks_like_plan(file) ||
                      (fs::is_directory(file, ignored) &&
                       fs::exists(file / "scenario.toml", ignored) && !looks_like_place(file));
    open(plan ? Opening{{}, file, {}} : Opening{file, {}, {}});
    return;
  }
  if (asking_ == Asking::Path && !naming_) {
    asking_ = Asking::Nothing;
    return std::exchange(then_, nullptr)(file);
  }
  std::error_code ignored;
  if (fs::is_directory(file, ignored)) {
    error_ = file.string() + ": is a folder";
    return;
  }
  if (fs::exists(file, ignored) && file != path_) {
    overwrite_ = file;
    asking_ = Asking::Overwrite;
    return;
  }
  const bool plan = asking_ == Asking::SaveAs;
  asking_ = Asking::Nothing;
  if (!plan && then_) return std::exchange(then_, nullptr)(file);
  finish(write(file));
}

void Files::recover(std::size_t which) {
  if (which >= left_.size()) return;
  const session::Autosave chosen = left_[which];
  asking_ = Asking::Nothing;
  open({chosen.place, chosen.scenario, chosen});
}

void Files::forget(std::size_t which) {
  if (which >= left_.size()) return;
  session::discard(left_[which]);
  left_.erase(left_.begin() + static_cast<std::ptrdiff_t>(which));
  if (left_.empty() && asking_ == Asking::Recover) asking_ = Asking::Nothing;
}

void Files::keep() {
  if (!keeps_ || leaving_) return;
  try {
    autosaver_.follow(document_, path_);
  } catch (const Error& e) {
    keeps_ = false;  // said once, not at every edit
    error_ = e.message();
  } catch (const fs::filesystem_error& e) {
    keeps_ = false;
    error_ = e.what();
  }
}

std::optional<std::string> Files::take_saved() { return std::exchange(saved_, {}); }
std::string Files::take_error() { return std::exchange(error_, {}); }

}  // namespace doorstep::desktop
