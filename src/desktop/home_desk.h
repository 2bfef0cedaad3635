#pragma once
// Why the children of the home looked at go where they go: asked in the background, for it runs the
// model again. The newest question wins; answers to others are dropped.

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "session/explain/home.h"

namespace doorstep::desktop {

class HomeDesk {
 public:
  HomeDesk();
  ~HomeDesk();
  HomeDesk(const HomeDesk&) = delete;
  HomeDesk& operator=(const HomeDesk&) = delete;

  /// Asks where it is not what was asked last. `before`: the run without the plan, or null.
  void ask(const std::shared_ptr<const session::Outcome>& outcome,
           const std::shared_ptr<const session::Outcome>& before,
           const session::HomeQuestion& question);
  /// Nobody looks any more.
  void put_down();
  /// Takes a finished answer. Returns true where one came.
  bool poll();
  [[nodiscard]] bool working() const { return job_ != nullptr; }
  /// Of what was asked last; nothing while it is worked on.
  [[nodiscard]] const std::optional<session::HomeAnswer>& answer() const { return answer_; }
  /// Why there is no answer; "" where there is one or it is worked on.
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  struct Job;
  std::shared_ptr<const session::Outcome> outcome_, before_;
  session::HomeQuestion question_;
  std::unique_ptr<Job> job_;
  std::optional<session::HomeAnswer> answer_;
  std::string error_;
};

}  // namespace doorstep::desktop
