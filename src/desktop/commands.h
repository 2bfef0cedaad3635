#pragma once
// Everything a user can do, once: id, key, the word it goes by, whether it can be done now. Keys,
// buttons, the search palette and scripts all go through here.

#include <functional>
#include <string>
#include <vector>

namespace doorstep::desktop {

struct Command {
  std::string id;   ///< "undo"; its word is "command.undo"
  std::string key;  ///< "Ctrl+Z", "B", "Left"; "" none
  std::function<bool()> enabled;
  std::function<void()> run;
};

class Commands {
 public:
  /// Pre: id and key are not taken.
  void add(Command command);
  [[nodiscard]] const std::vector<Command>& all() const { return commands_; }
  [[nodiscard]] const Command* find(const std::string& id) const;
  /// Runs by id; returns false where unknown or not possible now.
  bool run(const std::string& id) const;
  /// Runs what the key stands for; returns false where it stands for nothing.
  bool press(const std::string& key) const;
  [[nodiscard]] bool enabled(const std::string& id) const;

 private:
  std::vector<Command> commands_;
};

}  // namespace doorstep::desktop
