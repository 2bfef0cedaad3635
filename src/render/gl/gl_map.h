#pragma once
// Draws a display list with OpenGL 3.3. Geometry goes up once a list; panning and zooming set a
// uniform. Needs a current context with a stencil of 8 bits in the bound frame.

#include <memory>

#include "scene/display_list.h"

namespace doorstep::render {

class Program;

/// Programs and painted texts, shared by the maps of one context.
class GlShared {
 public:
  /// Where areas and borders with many points are drawn.
  enum class Areas { AsSuitsTheDriver, OnTheCard, InMemory };
  /// Compiles shaders/. Throws: Error.
  explicit GlShared(Areas areas = Areas::AsSuitsTheDriver);
  ~GlShared();
  GlShared(const GlShared&) = delete;
  GlShared& operator=(const GlShared&) = delete;

 private:
  friend class GlMap;
  struct State;
  std::unique_ptr<State> state_;
};

/// What drawing cost, for probes in tests.
struct DrawCounts {
  long draw_calls = 0;      ///< of the last draw()
  long uploads = 0;         ///< upload() calls so far
  long bytes_uploaded = 0;  ///< by all uploads so far, texts included
};

class GlMap {
 public:
  /// Pre: `shared` outlives the map.
  explicit GlMap(GlShared& shared);
  ~GlMap();
  GlMap(const GlMap&) = delete;
  GlMap& operator=(const GlMap&) = delete;

  /// Takes a list; texts are painted for `scale` device pixels a logical pixel.
  void upload(const scene::DisplayList& list, double scale = 1.0);
  /// Draws into the bound frame; where `clear`, over the list's background.
  void draw(const scene::Viewport& view, bool clear = true);
  [[nodiscard]] DrawCounts counts() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace doorstep::render
