#include "render/gl/gl_map.h"

#include <epoxy/gl.h>

#include <array>
#include <cmath>

#include "base/file.h"
#include "render/gl/buffers.h"
#include "render/gl/geometry.h"
#include "render/gl/painted_run.h"
#include "render/gl/program.h"
#include "render/gl/text_atlas.h"

namespace doorstep::render {

namespace {

constexpr int kFlowPieces = 28;

/// A picture that is on the card already.
struct PictureTexture {
  std::shared_ptr<const scene::Picture> picture;
  unsigned texture = 0;
};

/// A text placed in the atlas, as text.vert reads it.
struct TextInstance {
  std::array<float, 4> at{}, box{}, uv{};
};

void set_colour(int location, scene::Colour c) {
  glUniform4f(location, static_cast<float>(c.r) / 255.0F, static_cast<float>(c.g) / 255.0F,
              static_cast<float>(c.b) / 255.0F, static_cast<float>(c.a) / 255.0F);
}

}  // namespace

struct GlShared::State {
  std::filesystem::path folder = resource_path("shaders");
  Program fill{folder, "fill"}, cover{folder, "cover"}, line{folder, "line"}, flow{folder, "flow"},
      shape{folder, "shape"}, dots{folder, "dots"}, text{folder, "text"}, image{folder, "image"};
  TextAtlas atlas;
  bool areas_in_memory = false;
};

GlShared::GlShared(Areas areas) : state_(std::make_unique<State>()) {
  state_->areas_in_memory =
      areas == Areas::InMemory || (areas == Areas::AsSuitsTheDriver && draws_in_software());
}
GlShared::~GlShared() = default;

struct GlMap::State {
  explicit State(GlShared::State& s) : shared(s) {}
  ~State() {
    if (indices != 0) glDeleteBuffers(1, &indices);
    for (const PictureTexture& p : pictures) glDeleteTextures(1, &p.texture);
  }
  void place_texts();
  void set_view(Program& program, const scene::Viewport& view) const;
  void wind(const Step& step);
  void cover(const Step& step, scene::Colour colour, const scene::Hatch& hatch);
  void draw_fill(const Step& step);
  void draw_lines(std::size_t first, std::size_t count);
  void style_line(const Step& step);
  unsigned texture_of(const std::shared_ptr<const scene::Picture>& picture);
  void drop_pictures();
  void draw_image(const Step& step);
  void draw_painted(const Step& step);
  [[nodiscard]] bool begins_painted() const;
  void draw_step(const Step& step);
  [[nodiscard]] bool in_view(const Step& step, const scene::Viewport& view) const;
  [[nodiscard]] float hatch_phase(const scene::Hatch& hatch, const scene::Viewport& view) const;

  GlShared::State& shared;
  Geometry geometry;
  std::vector<TextInstance> placed;
  int text_generation = -1;
  Buffer fills, boxes, flows, shapes, texts;
  Numbers lines, dots;
  unsigned indices = 0;
  std::vector<PictureTexture> pictures;
  std::vector<std::unique_ptr<PaintedRun>> painted;
  bool stencil_clean = false;
  bool over_background = false;  ///< of the draw that runs: nothing lies in the frame yet
  scene::Viewport view;
  DrawCounts counts;
};

GlMap::GlMap(GlShared& shared) : state_(std::make_unique<State>(*shared.state_)) {}
GlMap::~GlMap() = default;

DrawCounts GlMap::counts() const { return state_->counts; }

void GlMap::upload(const scene::DisplayList& list, double scale) {
  State& s = *state_;
  const auto runs = s.shared.areas_in_memory ? painted_runs(list) : std::vector<MarkRun>{};
  s.geometry = build_geometry(list, scale, runs);
  s.painted.clear();
  for (const MarkRun& run : runs) {
    const auto from = list.marks.begin() + static_cast<std::ptrdiff_t>(run.first);
    s.painted.push_back(std::make_unique<PaintedRun>(
        std::vector<scene::Mark>(from, from + static_cast<std::ptrdiff_t>(run.count))));
  }
  s.drop_pictures();
  long bytes = 0;
  bytes += s.fills.fill(s.geometry.fill_points);
  Buffer::floats(0, 2, 8, 0, 0);
  if (s.indices == 0) glGenBuffers(1, &s.indices);
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, s.indices);
  const auto index_bytes = static_cast<GLsizeiptr>(s.geometry.fill_indices.size() * 4);
  glBufferData(GL_ELEMENT_ARRAY_BUFFER, index_bytes, s.geometry.fill_indices.data(),
               GL_STATIC_DRAW);
  bytes += static_cast<long>(index_bytes);
  bytes += s.boxes.fill(s.geometry.boxes);
  bytes += s.lines.fill(s.geometry.line_points, GL_RGBA32F);
  bytes += s.flows.fill(s.geometry.flows);
  bytes += s.shapes.fill(s.geometry.shapes);
  bytes += s.dots.fill(s.geometry.dots, GL_RG32F);
  glBindVertexArray(0);
  s.counts.bytes_uploaded += bytes;
  ++s.counts.uploads;
  s.text_generation = -1;
}

void GlMap::State::place_texts() {
  if (text_generation == shared.atlas.generation()) return;
  const long before = shared.atlas.bytes_uploaded();
  for (int attempt = 0; attempt < 2; ++attempt) {
    placed.clear();
    bool full = false;
    for (const TextSource& t : geometry.texts) {
      const AtlasEntry* e = shared.atlas.find(t.look);
      if (e == nullptr) {
        full = true;
        placed.push_back({});
        continue;
      }
      placed.push_back(
          {{t.x, t.y, t.dx_px, t.dy_px},
           {static_cast<float>(-e->left), static_cast<float>(-e->top), static_cast<float>(e->width),
            static_cast<float>(e->height)},
           {static_cast<float>(e->x), static_cast<float>(e->y), t.screen ? 1.0F : 0.0F, 0.0F}});
    }
    if (!full) break;
    if (attempt == 0) shared.atlas.clear();  // old texts of other lists give way
  }
  text_generation = shared.atlas.generation();
  counts.bytes_uploaded += texts.fill(placed) + shared.atlas.bytes_uploaded() - before;
}

void GlMap::State::set_view(Program& program, const scene::Viewport& v) const {
  program.use();
  glUniform2f(program.at("u_centre"), static_cast<float>(v.centre.x - geometry.origin.x),
              static_cast<float>(v.centre.y - geometry.origin.y));
  glUniform1f(program.at("u_px_per_m"), static_cast<float>(v.scale / v.m_per_px));
  glUniform2f(program.at("u_size"), static_cast<float>(v.width_px * v.scale),
              static_cast<float>(v.height_px * v.scale));
  glUniform1f(program.at("u_scale"), static_cast<float>(v.scale));
}

bool GlMap::State::in_view(const Step& step, const scene::Viewport& v) const {
  if (step.kind != StepKind::Fill || step.screen) return true;
  const double half_w = v.width_px * v.m_per_px / 2, half_h = v.height_px * v.m_per_px / 2;
  const double x = v.centre.x - geometry.origin.x, y = v.centre.y - geometry.origin.y;
  return step.box[0] < x + half_w && step.box[2] > x - half_w && step.box[1] < y + half_h &&
         step.box[3] > y - half_h;
}

float GlMap::State::hatch_phase(const scene::Hatch& hatch, const scene::Viewport& v) const {
  const Xy zero = v.to_px({0, 0});
  const double across = (zero.x + zero.y) * std::sqrt(0.5);
  return static_cast<float>(std::fmod(across, hatch.spacing_px) * v.scale);
}

void GlMap::State::style_line(const Step& step) {
  Program& p = shared.line;
  p.use();
  const auto scale = static_cast<float>(view.scale);
  glUniform1f(p.at("u_screen"), step.screen ? 1.0F : 0.0F);
  glUniform1f(p.at("u_width"), static_cast<float>(step.width_px) * scale);
  set_colour(p.at("u_colour"), step.colour);
  std::array<float, 8> dash{};
  const int n = static_cast<int>(std::min<std::size_t>(step.dash_px.size() / 2 * 2, dash.size()));
  for (int i = 0; i < n; ++i) {
    dash[static_cast<std::size_t>(i)] =
        static_cast<float>(step.dash_px[static_cast<std::size_t>(i)]) * scale;
  }
  glUniform1i(p.at("u_dashes"), n);
  glUniform1fv(p.at("u_dash[0]"), 8, dash.data());
  glUniform1f(p.at("u_butt"), step.butt ? 1.0F : 0.0F);
}

void GlMap::State::draw_lines(std::size_t first, std::size_t count) {
  if (count < 4) return;
  lines.draw_quads(first, count - 3);
  ++counts.draw_calls;
}

void GlMap::State::wind(const Step& step) {
  glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
  glStencilMask(0xFF);
  glStencilFunc(GL_ALWAYS, 0, 0xFF);
  glStencilOpSeparate(GL_FRONT, GL_KEEP, GL_KEEP, GL_INCR_WRAP);
  glStencilOpSeparate(GL_BACK, GL_KEEP, GL_KEEP, GL_DECR_WRAP);
  shared.fill.use();
  glUniform1f(shared.fill.at("u_screen"), step.screen ? 1.0F : 0.0F);
  fills.bind();
  glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(step.count), GL_UNSIGNED_INT,
                 reinterpret_cast<const void*>(step.first * 4));
  ++counts.draw_calls;
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
}

void GlMap::State::cover(const Step& step, scene::Colour colour, const scene::Hatch& hatch) {
  Program& p = shared.cover;
  p.use();
  glUniform1f(p.at("u_screen"), step.screen ? 1.0F : 0.0F);
  set_colour(p.at("u_colour"), colour);
  set_colour(p.at("u_hatch_colour"), hatch.colour);
  const auto scale = static_cast<float>(view.scale);
  glUniform3f(p.at("u_hatch"), static_cast<float>(hatch.spacing_px) * scale,
              static_cast<float>(hatch.width_px) * scale,
              hatch.spacing_px > 0 ? hatch_phase(hatch, view) : 0.0F);
  boxes.bind();
  constexpr std::size_t kBox = 4 * sizeof(float);
  Buffer::floats(0, 4, kBox, step.boxes_first * kBox, 1);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(step.boxes_count));
  ++counts.draw_calls;
}

// Winding number into the low seven bits of the stencil; a half-pixel fringe outside the edge
// takes the top bit where it has drawn; the last cover draws the inside and wipes both.
void GlMap::State::draw_fill(const Step& step) {
  if (!stencil_clean) {  // many lists never need it
    glStencilMask(0xFF);
    glClear(GL_STENCIL_BUFFER_BIT);
    stencil_clean = true;
  }
  glEnable(GL_STENCIL_TEST);
  wind(step);
  Step edge = step;
  edge.width_px = 0;
  edge.butt = false;
  style_line(edge);
  glStencilMask(0x80);
  glStencilFunc(GL_EQUAL, 0, 0xFF);
  glStencilOp(GL_KEEP, GL_KEEP, GL_INVERT);
  draw_lines(step.edge_first, step.edge_count);

  glStencilMask(0xFF);
  glStencilFunc(GL_NOTEQUAL, 0, 0x7F);
  if (step.inner_edge_px > 0) {
    glStencilOp(GL_KEEP, GL_KEEP, GL_KEEP);
    cover(step, step.colour, {});
    edge.width_px = 2 * step.inner_edge_px;  // the outer half is outside the stencil
    edge.colour = step.inner_edge;
    style_line(edge);
    draw_lines(step.edge_first, step.edge_count);
  }
  glStencilOp(GL_ZERO, GL_ZERO, GL_ZERO);
  cover(step, step.inner_edge_px > 0 ? scene::Colour{0, 0, 0, 0} : step.colour, step.hatch);
  glDisable(GL_STENCIL_TEST);
}

// A picture goes up once and stays for as long as lists name it.
unsigned GlMap::State::texture_of(const std::shared_ptr<const scene::Picture>& picture) {
  for (const PictureTexture& p : pictures)
    if (p.picture == picture) return p.texture;
  // Premultiplied, so that what is between two pixels of different opacity has no fringe.
  std::vector<uint8_t> rgba = picture->rgba;
  for (std::size_t i = 0; i < rgba.size(); i += 4)
    if (const unsigned a = rgba[i + 3]; a < 255)
      for (std::size_t k = i; k < i + 3; ++k)
        rgba[k] = static_cast<uint8_t>((rgba[k] * a + 127) / 255);
  unsigned texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, picture->width, picture->height, 0, GL_RGBA,
               GL_UNSIGNED_BYTE, rgba.data());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  counts.bytes_uploaded += static_cast<long>(rgba.size());
  pictures.push_back({picture, texture});
  return texture;
}

/// Lets go of pictures that the new list does not name.
void GlMap::State::drop_pictures() {
  std::erase_if(pictures, [&](const PictureTexture& p) {
    for (const Step& step : geometry.steps)
      if (step.picture == p.picture) return false;
    glDeleteTextures(1, &p.texture);
    return true;
  });
}

void GlMap::State::draw_image(const Step& step) {
  glBindTexture(GL_TEXTURE_2D, texture_of(step.picture));
  shared.image.use();
  glUniform4f(shared.image.at("u_box"), step.box[0], step.box[1], step.box[2], step.box[3]);
  glUniform1f(shared.image.at("u_opacity"), static_cast<float>(step.width_px));
  fills.bind();
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

bool GlMap::State::begins_painted() const {
  return !geometry.steps.empty() && geometry.steps.front().kind == StepKind::Painted;
}

void GlMap::State::draw_painted(const Step& step) {
  PaintedRun& run = *painted[step.first];
  if (over_background && &step == &geometry.steps.front())
    return run.fill_frame(view, geometry.background);
  const unsigned texture = run.texture(view);
  glBindTexture(GL_TEXTURE_2D, texture);
  shared.image.use();
  const Xy half{view.width_px * view.m_per_px / 2, view.height_px * view.m_per_px / 2};
  const Xy low = view.centre - half - geometry.origin, high = view.centre + half - geometry.origin;
  glUniform4f(shared.image.at("u_box"), static_cast<float>(low.x), static_cast<float>(low.y),
              static_cast<float>(high.x), static_cast<float>(high.y));
  glUniform1f(shared.image.at("u_opacity"), 1.0F);
  fills.bind();
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

void GlMap::State::draw_step(const Step& step) {
  const auto n = static_cast<GLsizei>(step.count);
  const auto scale = static_cast<float>(view.scale);
  if (n == 0) return;
  switch (step.kind) {
    case StepKind::Fill:
      draw_fill(step);
      return;
    case StepKind::Image:
      draw_image(step);
      break;
    case StepKind::Painted:
      draw_painted(step);
      break;
    case StepKind::Lines:
      style_line(step);
      draw_lines(step.first, step.count);
      return;
    case StepKind::Flows: {
      constexpr std::size_t kSize = sizeof(FlowInstance);
      const std::size_t from = step.first * kSize;
      shared.flow.use();
      glUniform1f(shared.flow.at("u_pieces"), kFlowPieces);
      flows.bind();
      Buffer::floats(0, 4, kSize, from, 1);
      Buffer::floats(1, 4, kSize, from + offsetof(FlowInstance, control_widths), 1);
      Buffer::colours(2, kSize, from + offsetof(FlowInstance, colour_from));
      Buffer::colours(3, kSize, from + offsetof(FlowInstance, colour_to));
      Buffer::floats(4, 1, kSize, from + offsetof(FlowInstance, dashed), 1);
      glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, (kFlowPieces + 1) * 2, n);
      break;
    }
    case StepKind::Shapes: {
      constexpr std::size_t kSize = sizeof(ShapeInstance);
      const std::size_t from = step.first * kSize;
      shared.shape.use();
      shapes.bind();
      Buffer::floats(0, 4, kSize, from, 1);
      Buffer::floats(1, 4, kSize, from + offsetof(ShapeInstance, half_radius_stroke), 1);
      Buffer::colours(2, kSize, from + offsetof(ShapeInstance, fill));
      Buffer::colours(3, kSize, from + offsetof(ShapeInstance, stroke));
      Buffer::floats(4, 4, kSize, from + offsetof(ShapeInstance, hatch_screen), 1);
      Buffer::colours(5, kSize, from + offsetof(ShapeInstance, hatch_colour));
      glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, n);
      break;
    }
    case StepKind::Dots:
      shared.dots.use();
      glUniform1f(shared.dots.at("u_radius"), static_cast<float>(step.width_px) * scale);
      set_colour(shared.dots.at("u_colour"), step.colour);
      dots.draw_quads(step.first, step.count);
      break;
    case StepKind::Texts: {
      constexpr std::size_t kSize = sizeof(TextInstance);
      shared.text.use();
      glBindTexture(GL_TEXTURE_2D, shared.atlas.texture());
      glUniform2f(shared.text.at("u_atlas"), TextAtlas::kSize, TextAtlas::kSize);
      texts.bind();
      for (unsigned i = 0; i < 3; ++i) Buffer::floats(i, 4, kSize, step.first * kSize + i * 16, 1);
      glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, n);
      break;
    }
  }
  ++counts.draw_calls;
}

void GlMap::draw(const scene::Viewport& view, bool clear) {
  State& s = *state_;
  s.view = view;
  s.counts.draw_calls = 0;
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_CULL_FACE);
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_STENCIL_TEST);
  glEnable(GL_BLEND);
  glBlendEquation(GL_FUNC_ADD);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glActiveTexture(GL_TEXTURE0);
  glStencilMask(0xFF);
  glClearStencil(0);
  const scene::Colour b = s.geometry.background;
  s.over_background = clear;
  const bool filled_anyway = s.begins_painted();
  if (clear) {
    glClearColor(static_cast<float>(b.r) / 255.0F, static_cast<float>(b.g) / 255.0F,
                 static_cast<float>(b.b) / 255.0F, 1.0F);
  }
  s.stencil_clean = false;
  if (clear && !filled_anyway) glClear(GL_COLOR_BUFFER_BIT);
  s.place_texts();
  GlShared::State& shared = s.shared;
  for (Program* p : {&shared.fill, &shared.cover, &shared.line, &shared.flow, &shared.shape,
                     &shared.dots, &shared.text, &shared.image}) {
    s.set_view(*p, view);
  }
  for (const Step& step : s.geometry.steps) {
    if (s.in_view(step, view)) s.draw_step(step);
  }
  glBindVertexArray(0);
  glUseProgram(0);
}

}  // namespace doorstep::render
