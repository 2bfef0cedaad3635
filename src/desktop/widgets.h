#pragma once
// The controls of the visual system: buttons, chips, switches, steppers, gauges. Plain functions
// over Ui; sizes in pixels at 100 %.

#include <initializer_list>
#include <string>

#include "desktop/icons.h"
#include "desktop/ui.h"

namespace doorstep::desktop {

/// One-pixel line across the panel.
void divider(Ui& ui, const Rect& panel, double y);
/// A bordered button with an icon; returns whether it was clicked.
bool icon_button(Ui& ui, const char* id, const Rect& r, Icon icon, bool enabled = true);
/// A bare cross that ends or takes out what it stands beside.
bool cross_button(Ui& ui, const std::string& id, const Rect& r);
bool text_button(Ui& ui, const char* id, const Rect& r, const std::string& label,
                 bool primary = false, bool enabled = true);
/// A rounded label; `strong` on the soft accent, `warn` on the soft warning colour. Returns its
/// width.
enum class ChipLook { Plain, Accent, Warn };
double chip_width(const Ui& ui, const std::string& label, bool icon = false);
double chip(Ui& ui, Xy left_top, const std::string& label, ChipLook look = ChipLook::Plain);
/// A switch, 26 × 14; returns whether it was clicked.
bool toggle(Ui& ui, const char* id, Xy left_top, bool on);
/// Segments side by side, one chosen; returns the index clicked, else -1.
int segments(Ui& ui, const char* id, const Rect& r, const std::vector<std::string>& labels,
             int chosen);
/// A value with − and + beside it; returns -1, 0 or +1.
int stepper(Ui& ui, const char* id, const Rect& r, const std::string& value);
/// Seats filled: 0 to 150 %, tick at 100, what passes it in the class colour.
void gauge(Ui& ui, const Rect& r, double utilisation, Colour excess);
/// A key as printed on a keyboard, right-aligned in `r`. Returns its width.
double key_cap(Ui& ui, const Rect& r, const std::string& key);
/// A colour sample with its hatch.
void swatch(Ui& ui, const Rect& r, Colour colour, const scene::Hatch& hatch);
/// Heading of a panel part: icon, bold label, and a note at the right.
void heading(Ui& ui, const Rect& r, const std::string& label, const std::string& note,
             Font font = Font::Label);

/// A thin bar at the right edge and the wheel, for content taller than its panel.
class Scroll {
 public:
  /// Clips to `view`; returns the y at which content begins.
  double begin(Ui& ui, const Rect& view);
  /// `end_y`: where the content ended.
  void end(Ui& ui, double end_y);
  void to_top() { offset_ = 0.0; }

 private:
  Rect view_;
  double offset_ = 0.0;
  std::string followed_;  ///< by the keyboard, and brought into sight
};

}  // namespace doorstep::desktop
