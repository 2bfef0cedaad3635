#pragma once
// Icons as strokes: 16 px box, 1.5 px lines, round, no fill.

#include "desktop/ui.h"

namespace doorstep::desktop {

enum class Icon {
  Layers,
  Catchment,
  Campus,
  Home,
  Flow,
  Backdrop,
  School,
  Group,
  Branch,
  Merge,
  Close,
  Seats,
  Housing,
  Undo,
  Redo,
  Play,
  Pause,
  Search,
  Warn,
  Info,
  Check,
  Cross,
  Compare,
  Label,
  Brush,
  Feeder,
  Policy,
  Menu,
  Copy,
  Pin
};

/// Centred at `at`. Units: pixels at 100 %.
void draw_icon(Ui& ui, Icon icon, Xy at, Colour ink, double size = 16.0);
/// The sign of the program: a house with its door.
void draw_logo(Ui& ui, const Rect& r);

}  // namespace doorstep::desktop
