#include "desktop/focus.h"

#include <cmath>

namespace doorstep::desktop {

void Focus::begin_frame() {
  // A button that is gone takes the focus with it.
  if (on() && !seen_) leave();
  seen_ = !on();
  last_ = std::move(now_);
  now_.clear();
}

Focus::Offer Focus::offer(const std::string& id, const Rect& r) {
  now_.push_back({id, r});
  if (id != id_) return {};
  seen_ = true;
  rect_ = r;
  const bool activated = activates_;
  activates_ = false;
  return {true, activated};
}

std::size_t Focus::index() const {
  for (std::size_t i = 0; i < last_.size(); ++i)
    if (last_[i].id == id_) return i;
  return last_.size();
}

void Focus::take(std::size_t thing) {
  id_ = last_[thing].id;
  rect_ = last_[thing].r;
  activates_ = false;
  seen_ = true;
}

void Focus::leave() {
  id_.clear();
  rect_ = {};
  activates_ = false;
}

void Focus::next(int by) {
  if (last_.empty()) return;
  const auto n = static_cast<std::ptrdiff_t>(last_.size());
  const auto at = static_cast<std::ptrdiff_t>(index());
  if (at == n) return take(by > 0 ? 0 : last_.size() - 1);
  take(static_cast<std::size_t>(((at + by) % n + n) % n));
}

void Focus::towards(int dx, int dy) {
  const std::size_t at = index();
  if (at == last_.size()) return next(1);
  const Xy from = last_[at].r.centre();
  double best = 1e18;
  std::size_t found = at;
  for (std::size_t i = 0; i < last_.size(); ++i) {
    const Xy to = last_[i].r.centre() - from;
    const double ahead = to.x * dx + to.y * dy, aside = std::abs(to.x * dy) + std::abs(to.y * dx);
    if (ahead <= 1.0) continue;
    if (const double far = ahead + 3 * aside; far < best) {
      best = far;
      found = i;
    }
  }
  if (found != at) take(found);
}

void Focus::next_panel() {
  std::size_t panel = 0;
  if (on())
    while (panel < panels_.size() && !panels_[panel++].contains(rect_.centre())) {
    }
  for (; panel < panels_.size(); ++panel)
    for (std::size_t i = 0; i < last_.size(); ++i)
      if (panels_[panel].contains(last_[i].r.centre())) return take(i);
  leave();
}

bool Focus::press(const std::string& key) {
  if (!on()) return false;
  if (key == "Tab")
    next(1);
  else if (key == "Shift+Tab")
    next(-1);
  else if (key == "Left")
    towards(-1, 0);
  else if (key == "Right")
    towards(1, 0);
  else if (key == "Up")
    towards(0, -1);
  else if (key == "Down")
    towards(0, 1);
  else if (key == "Enter" || key == "Space")
    activate();
  else if (key == "Esc")
    leave();
  else
    return false;
  return true;
}

}  // namespace doorstep::desktop
