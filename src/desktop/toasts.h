#pragma once
// What the window tells its user in passing: errors stay until they are dismissed, the rest for
// six seconds. Each can be copied.

#include <algorithm>
#include <string>
#include <vector>

namespace doorstep::desktop {

struct Toast {
  std::string text;
  bool error = false;
  double until = -1.0;  ///< seconds; < 0: not begun, it is shown from the next frame on
};

class Toasts {
 public:
  static constexpr double kSeconds = 6.0;
  static constexpr std::size_t kMost = 4;

  /// The same text twice is said once.
  void say(std::string text, bool error) {
    if (text.empty()) return;
    std::erase_if(toasts_, [&](const Toast& t) { return t.text == text; });
    toasts_.push_back({std::move(text), error, -1.0});
    if (toasts_.size() > kMost) toasts_.erase(toasts_.begin());
  }
  /// Takes away what has been shown long enough. Returns true where something went.
  bool advance(double now) {
    for (Toast& t : toasts_)
      if (t.until < 0 && !t.error) t.until = now + kSeconds;
    return std::erase_if(toasts_, [&](const Toast& t) { return !t.error && t.until <= now; }) > 0;
  }
  void dismiss(std::size_t i) {
    if (i < toasts_.size()) toasts_.erase(toasts_.begin() + static_cast<std::ptrdiff_t>(i));
  }
  void dismiss_errors() {
    std::erase_if(toasts_, [](const Toast& t) { return t.error; });
  }
  [[nodiscard]] const std::vector<Toast>& all() const { return toasts_; }
  [[nodiscard]] bool passing() const {
    return std::ranges::any_of(toasts_, [](const Toast& t) { return !t.error; });
  }
  /// The newest error; "" where there is none.
  [[nodiscard]] const std::string& error() const {
    static const std::string kNone;
    for (auto t = toasts_.rbegin(); t != toasts_.rend(); ++t)
      if (t->error) return t->text;
    return kNone;
  }

 private:
  std::vector<Toast> toasts_;
};

}  // namespace doorstep::desktop
