#pragma once
// Everything a user may have in hand on the map, each a state machine of its own. App decides which
// of them the mouse moves.

#include "desktop/campus_tools.h"
#include "desktop/home_desk.h"
#include "desktop/inspected.h"
#include "desktop/paint_desk.h"
#include "desktop/resize_tool.h"

namespace doorstep::desktop {

struct Hands {
  TieTool tie;
  CloseTool closing;
  FeederTool feeder;
  ResizeTool resize;
  PaintTool paint;
  PaintDesk desk;
  MeasureTool measure;
  AreaTool area;
  HomeDesk home_desk;              ///< what is asked about the home looked at
  CatchmentNotes catchment_notes;  ///< what is known of the catchment looked at
};

}  // namespace doorstep::desktop
