#include "render/raster/area_painter.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>
#include <thread>

#include "base/error.h"
#include "geo/geometry.h"
#include "render/raster/line_distance.h"
#include "render/raster/picture_painter.h"

namespace doorstep::render {
namespace {

using namespace scene;

/// A colour as the canvas holds it, and how it goes over what is there.
class Ink {
 public:
  Ink(Colour c, Canvas::Order order) : alpha_(c.a) {
    auto part = [&](uint8_t v) { return (static_cast<uint32_t>(v) * c.a + 127) / 255; };
    const uint32_t r = part(c.r), g = part(c.g), b = part(c.b), a = c.a;
    if (order == Canvas::Order::Argb)
      word_ = a << 24 | r << 16 | g << 8 | b;
    else if constexpr (std::endian::native == std::endian::little)
      word_ = a << 24 | b << 16 | g << 8 | r;
    else
      word_ = r << 24 | g << 16 | b << 8 | a;
  }
  [[nodiscard]] bool none() const { return alpha_ == 0; }
  /// `share` of the pixel is covered.
  void lay(uint32_t& pixel, float share) const {
    const auto k = static_cast<uint32_t>(share * 255.0F + 0.5F);
    if (k == 0) return;
    if (k == 255 && alpha_ == 255) {
      pixel = word_;
      return;
    }
    const uint32_t over = (alpha_ * k + 127) / 255;
    pixel = scaled(word_, k) + scaled(pixel, 255 - over);
  }
  [[nodiscard]] uint32_t word() const { return word_; }

 private:
  uint32_t word_ = 0, alpha_ = 0;
};

/// Hatch lines by distance, as shaders/hatch.glsl has them.
class HatchLines {
 public:
  HatchLines(const Hatch& hatch, const Viewport& view)
      : spacing_(static_cast<float>(hatch.spacing_px * view.scale)),
        width_(static_cast<float>(hatch.width_px * view.scale)) {
    const Xy zero = view.to_px({0, 0});
    const double across = (zero.x + zero.y) * std::sqrt(0.5);
    phase_ = hatch.spacing_px > 0
                 ? static_cast<float>(std::fmod(across, hatch.spacing_px) * view.scale)
                 : 0.0F;
  }
  [[nodiscard]] bool none() const { return spacing_ <= 0.0F; }
  [[nodiscard]] float share(int x, int y) const {
    constexpr float kRoot = 0.70710678F;
    const float across = (static_cast<float>(x + y) + 1.0F) * kRoot - phase_;
    const float turns = across / spacing_ + 0.5F;
    const float off = std::abs(turns - std::floor(turns) - 0.5F) * spacing_;
    return std::clamp(width_ * 0.5F + 0.5F - off, 0.0F, std::min(1.0F, width_));
  }

 private:
  float spacing_, width_, phase_ = 0.0F;
};

/// Paints the rows of one band of the canvas.
class BandPainter {
 public:
  BandPainter(const Viewport& view, const ReadyPictures& pictures, const Canvas& canvas, int y0,
              int y1)
      : view_(view), pictures_(pictures), canvas_(canvas), band_{0, y0, canvas.width, y1} {}

  void operator()(const FillMark& mark) {
    if (!in_band(bounds(mark.shape), 1.0)) return;
    rings_.clear();
    signs_.clear();
    for (const Polygon& p : mark.shape) add_polygon(p);
    PixelBox box;
    for (const auto& ring : rings_) box = joined(box, pixels_round(ring, 1.0F));
    box = box.cut(band_);
    if (box.empty()) return;
    coverage_.reset(box);
    for (std::size_t i = 0; i < rings_.size(); ++i) coverage_.add_ring(rings_[i], signs_[i]);
    const auto edge = static_cast<float>(mark.inner_edge_px * view_.scale);
    if (edge > 0.0F) {
      distance_.reset(box, edge + 0.5F);
      for (const auto& ring : rings_) distance_.add_line(ring, true);
    }
    fill_rows(mark, box, edge);
  }

  void operator()(const LineMark& mark) {
    const double reach = mark.width_px / 2 + 1.0;
    const auto width = static_cast<float>(mark.width_px * view_.scale);
    const Ink ink(mark.colour, canvas_.order);
    if (width <= 0.0F || ink.none()) return;
    for (const Polyline& line : mark.lines) {
      if (!in_band(bounds(line), reach)) continue;
      to_pixels(line, points_);
      if (points_.size() < 2) continue;
      draw_line(ink, width, mark.closed);
    }
  }

  void operator()(const ImageMark& mark) { pictures_.lay(mark, view_, canvas_, band_); }

  template <class Other>
  void operator()(const Other&) {
    DOORSTEP_ASSERT(false && "not paintable");
  }

 private:
  static PixelBox joined(const PixelBox& a, const PixelBox& b) {
    if (a.empty()) return b;
    return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
  }

  [[nodiscard]] bool in_band(const Box& box, double reach_px) const {
    if (box.empty()) return false;
    const Xy low = view_.to_px({box.min.x, box.max.y}), high = view_.to_px({box.max.x, box.min.y});
    return low.x - reach_px < view_.width_px && high.x + reach_px > 0.0 &&
           (low.y - reach_px) * view_.scale < band_.y1 &&
           (high.y + reach_px) * view_.scale > band_.y0;
  }

  /// What turns less than a fifth of a pixel is left out; nobody sees it.
  void to_pixels(const Polyline& line, std::vector<Point>& out) const {
    constexpr float kSeen = 0.2F;
    out.clear();
    for (std::size_t i = 0; i < line.size(); ++i) {
      const Xy at = view_.to_px(line[i]) * view_.scale;
      const Point p{static_cast<float>(at.x), static_cast<float>(at.y)};
      if (!out.empty() && i + 1 < line.size() && std::abs(p.x - out.back().x) < kSeen &&
          std::abs(p.y - out.back().y) < kSeen)
        continue;
      out.push_back(p);
    }
  }

  /// Rings with the sign that makes what lies inside the outer one count up.
  void add_polygon(const Polygon& polygon) {
    auto add = [&](const Ring& ring, float sign) {
      to_pixels(ring, points_);
      if (points_.size() < 3) return;
      rings_.push_back(points_);
      signs_.push_back(doubled_area(points_) < 0.0 ? -sign : sign);
    };
    add(polygon.outer, 1.0F);
    for (const Ring& hole : polygon.holes) add(hole, -1.0F);
  }

  void fill_rows(const FillMark& mark, const PixelBox& box, float edge) {
    const Ink fill(mark.colour, canvas_.order), band(mark.inner_edge, canvas_.order),
        lines(mark.hatch.colour, canvas_.order);
    const HatchLines hatch(mark.hatch, view_);
    const float farthest = (edge + 0.5F) * (edge + 0.5F);
    for (int y = box.y0; y < box.y1; ++y) {
      coverage_.row(y, shares_);
      // A pixel of which the greater part is inside is inside: neighbours leave no gap.
      for (float& share : shares_) share = share > 0.5F ? 1.0F : share;
      uint32_t* pixels = row(y) + box.x0;
      const std::size_t n = shares_.size();
      for (std::size_t x = 0; x < n; ++x)
        if (shares_[x] > 0.0F) fill.lay(pixels[x], shares_[x]);
      if (edge > 0.0F) {
        const float* squares = distance_.row(y);
        for (std::size_t x = 0; x < n; ++x)
          if (shares_[x] == 1.0F && squares[x] < farthest)
            band.lay(pixels[x], std::min(1.0F, edge + 0.5F - std::sqrt(squares[x])));
      }
      if (hatch.none()) continue;
      for (std::size_t x = 0; x < n; ++x)
        if (shares_[x] == 1.0F) lines.lay(pixels[x], hatch.share(box.x0 + static_cast<int>(x), y));
    }
  }

  /// Some rows at a time: the box round a long line would be most of the canvas.
  void draw_line(const Ink& ink, float width, bool closed) {
    constexpr int kRows = 32;
    const float reach = width * 0.5F + 0.5F;
    const PixelBox box = pixels_round(points_, reach).cut(band_);
    for (int y = box.y0; y < box.y1; y += kRows) {
      const PixelBox rows{box.x0, y, box.x1, std::min(y + kRows, box.y1)};
      const PixelBox near = pixels_near(points_, closed, rows, reach);
      if (!near.empty()) draw_rows(ink, width, closed, near);
    }
  }

  void draw_rows(const Ink& ink, float width, bool closed, const PixelBox& box) {
    const float reach = width * 0.5F + 0.5F;
    distance_.reset(box, reach);
    distance_.add_line(points_, closed);
    const float farthest = reach * reach, most = std::min(1.0F, width);
    for (int y = box.y0; y < box.y1; ++y) {
      const float* squares = distance_.row(y);
      uint32_t* pixels = row(y) + box.x0;
      for (int x = 0; x < box.width(); ++x)
        if (squares[x] < farthest)
          ink.lay(pixels[x], most * std::min(1.0F, reach - std::sqrt(squares[x])));
    }
  }

  [[nodiscard]] uint32_t* row(int y) const { return canvas_.first + y * canvas_.stride; }

  const Viewport& view_;
  const ReadyPictures& pictures_;
  const Canvas& canvas_;
  PixelBox band_;
  Coverage coverage_;
  LineDistance distance_;
  std::vector<std::vector<Point>> rings_;
  std::vector<float> signs_;
  std::vector<Point> points_;
  std::vector<float> shares_;
};

constexpr std::size_t kWorthwhile = 2000;  // points: fewer are quick by any way

bool paintable(const Mark& mark) {
  if (const auto* line = std::get_if<LineMark>(&mark)) return line->dash_px.empty();
  if (const auto* image = std::get_if<ImageMark>(&mark)) return image->picture != nullptr;
  return std::holds_alternative<FillMark>(mark);
}

/// What a mark costs a card's driver in software: its points; a picture by its pixels alone.
std::size_t weight_of(const Mark& mark) {
  std::size_t n = std::holds_alternative<ImageMark>(mark) ? kWorthwhile : 0;
  if (const auto* line = std::get_if<LineMark>(&mark))
    for (const Polyline& l : line->lines) n += l.size();
  if (const auto* fill = std::get_if<FillMark>(&mark))
    for (const Polygon& p : fill->shape) {
      n += p.outer.size();
      for (const Ring& hole : p.holes) n += hole.size();
    }
  return n;
}

}  // namespace

std::vector<MarkRun> painted_runs(const DisplayList& list) {
  std::vector<MarkRun> out;
  for (std::size_t i = 0; i < list.marks.size();) {
    MarkRun run{i, 0};
    std::size_t points = 0;
    for (; i < list.marks.size() && paintable(list.marks[i]); ++i, ++run.count)
      points += weight_of(list.marks[i]);
    if (points >= kWorthwhile) out.push_back(run);
    if (run.count == 0) ++i;
  }
  return out;
}

int painting_threads() { return std::thread::hardware_concurrency() > 1 ? 2 : 1; }

void clear(const Canvas& canvas, Colour colour) {
  const uint32_t word = Ink(colour, canvas.order).word();
  for (int y = 0; y < canvas.height; ++y)
    std::fill_n(canvas.first + y * canvas.stride, canvas.width, word);
}

void paint(std::span<const Mark> marks, const Viewport& view, const Canvas& canvas, int threads) {
  paint(marks, ReadyPictures(marks, canvas.order), view, canvas, threads);
}

void paint(std::span<const Mark> marks, const ReadyPictures& pictures, const Viewport& view,
           const Canvas& canvas, int threads) {
  auto band = [&](int k) {
    BandPainter painter(view, pictures, canvas, canvas.height * k / threads,
                        canvas.height * (k + 1) / threads);
    for (const Mark& mark : marks) std::visit(painter, mark);
  };
  std::vector<std::jthread> others;
  for (int k = 1; k < threads; ++k) others.emplace_back(band, k);
  band(0);
}

}  // namespace doorstep::render
