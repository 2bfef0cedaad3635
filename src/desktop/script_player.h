#pragma once
// Plays a script into the screen: one line a frame, the mouse and keys going the same way as the
// user's. Time runs by the frame, 1/60 s each, so that a run repeats.

#include <filesystem>
#include <optional>

#include "desktop/screen.h"
#include "desktop/script.h"

namespace doorstep::desktop {

class ScriptPlayer {
 public:
  /// Throws: Error where the script cannot be read.
  ScriptPlayer(App& app, Screen& screen, const std::filesystem::path& script,
               std::size_t first_line = 0);

  [[nodiscard]] bool finished() const { return finished_; }
  /// 1 where a check failed.
  [[nodiscard]] int status() const { return status_; }
  /// Input of the next frame. `real_now`: seconds on the clock, for the limit of `wait`.
  [[nodiscard]] Input next(double real_now);
  /// Takes pictures and checks of the frame just drawn, before it is shown.
  void after_frame(int width, int height);
  [[nodiscard]] double now() const { return now_; }
  /// Whether the frame at hand is to be painted: all are, but after `paint off` only pictures.
  [[nodiscard]] bool paints() const { return painting_ || !picture_.empty(); }
  /// Whether it only waits for work to end.
  [[nodiscard]] bool waits() const { return waiting_ || awaited_.has_value(); }
  [[nodiscard]] std::size_t next_line() const { return next_line_; }

 private:
  void start(const ScriptLine& line);
  void start_input(const ScriptLine& line);
  void start_view(const ScriptLine& line);
  void at_thing(const ScriptLine& line);
  void touch_control(const ScriptLine& line);
  /// What `expect` and `await` compare.
  [[nodiscard]] double value_of(const ScriptLine& line);
  void expect(const ScriptLine& line);
  void check_texts(const std::filesystem::path& path);
  [[nodiscard]] std::filesystem::path beside(const std::string& name) const;

  App& app_;
  Screen& screen_;
  std::filesystem::path script_;
  std::vector<ScriptLine> lines_;
  std::size_t next_line_ = 0;
  Input input_;
  std::vector<bool> button_;  ///< states of the button for the coming frames
  int frames_left_ = 0;
  bool waiting_ = false;
  bool painting_ = true;
  double wait_until_ = 0.0;
  std::optional<ScriptLine> awaited_;
  std::string picture_, check_;  ///< to be made of this frame
  double now_ = 0.0;
  int lists_before_ = 0, draws_before_ = 0;  ///< at the last `count`
  int status_ = 0;
  bool finished_ = false;
};

}  // namespace doorstep::desktop
