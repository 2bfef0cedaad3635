#include "desktop/commands.h"

#include "base/error.h"

namespace doorstep::desktop {

void Commands::add(Command command) {
  for (const Command& c : commands_) {
    DOORSTEP_ASSERT(c.id != command.id && (command.key.empty() || c.key != command.key));
  }
  commands_.push_back(std::move(command));
}

const Command* Commands::find(const std::string& id) const {
  for (const Command& c : commands_) {
    if (c.id == id) return &c;
  }
  return nullptr;
}

bool Commands::enabled(const std::string& id) const {
  const Command* c = find(id);
  return c != nullptr && (!c->enabled || c->enabled());
}

bool Commands::run(const std::string& id) const {
  if (!enabled(id)) return false;
  find(id)->run();
  return true;
}

bool Commands::press(const std::string& key) const {
  for (const Command& c : commands_) {
    if (!c.key.empty() && c.key == key) return run(c.id);
  }
  return false;
}

}  // namespace doorstep::desktop
