#include "render/raster/picture_painter.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <new>

namespace doorstep::render {
namespace {

using scene::ImageMark;
using scene::Picture;
using scene::Viewport;

/// Shifts of red, green, blue and alpha in a word of the canvas.
struct Shifts {
  int r, g, b, a;
};

Shifts shifts_of(Canvas::Order order) {
  if (order == Canvas::Order::Argb) return {16, 8, 0, 24};
  if constexpr (std::endian::native == std::endian::little) return {0, 8, 16, 24};
  return {24, 16, 8, 0};
}

/// From calloc: what is empty of a large picture, never written, costs no memory.
uint32_t* premultiplied(const Picture& picture, Canvas::Order order) {
  const Shifts at = shifts_of(order);
  const std::size_t n = static_cast<std::size_t>(picture.width) * picture.height;
  auto* out = static_cast<uint32_t*>(std::calloc(std::max<std::size_t>(1, n), sizeof(uint32_t)));
  if (out == nullptr) throw std::bad_alloc();
  const uint8_t* p = picture.rgba.data();
  for (std::size_t i = 0; i < n; ++i, p += 4) {
    const uint32_t a = p[3];
    if (a == 0) continue;  // stippled homes are mostly nothing
    auto part = [a](uint32_t c) { return a == 255 ? c : (c * a + 127) / 255; };
    out[i] = part(p[0]) << at.r | part(p[1]) << at.g | part(p[2]) << at.b | a << at.a;
  }
  return out;
}

/// Between two words, `share` of 256 of the second.
uint32_t mixed(uint32_t a, uint32_t b, uint32_t share) {
  constexpr uint32_t kTwo = 0x00FF00FF;
  const uint32_t low = ((a & kTwo) * (256 - share) + (b & kTwo) * share) >> 8 & kTwo;
  const uint32_t high = ((a >> 8 & kTwo) * (256 - share) + (b >> 8 & kTwo) * share) & ~kTwo;
  return low | high;
}

/// Columns or rows of a picture as pixels of the canvas come to them, in 65,536ths of a pixel.
struct Walk {
  int64_t from = 0, step = 0;
  int last = 0;  ///< of the picture

  /// `low` and `high`: where the picture begins and ends on the canvas; `pixel`: the first asked.
  Walk(double low, double high, int size, int pixel) : last(size - 1) {
    constexpr double kOne = 65536.0;
    const double each = size / (high - low);
    step = std::llround(each * kOne);
    from = std::llround(((pixel + 0.5 - low) * each - 0.5) * kOne);
  }
  struct Spot {
    int first, second;
    uint32_t share;  ///< of 256, of the second
  };
  [[nodiscard]] Spot at(int k) const {
    const int64_t p = from + step * k;
    const int first = static_cast<int>(p >> 16);
    return {std::clamp(first, 0, last), std::clamp(first + 1, 0, last),
            static_cast<uint32_t>(p >> 8 & 255)};
  }
};

/// A row of the canvas; `spots` by its pixels.
void lay_row(const uint32_t* upper, const uint32_t* lower, uint32_t share, uint32_t opacity,
             const std::vector<Walk::Spot>& spots, int alpha_shift, uint32_t* pixels) {
  for (std::size_t i = 0; i < spots.size(); ++i) {
    const Walk::Spot& s = spots[i];
    const uint32_t a = upper[s.first], b = upper[s.second], c = lower[s.first], d = lower[s.second];
    if ((a | b | c | d) == 0) continue;
    uint32_t word = mixed(mixed(a, b, s.share), mixed(c, d, s.share), share);
    if (opacity != 255) word = scaled(word, opacity);
    const uint32_t alpha = word >> alpha_shift & 255;
    pixels[i] = alpha == 255 ? word : word + scaled(pixels[i], 255 - alpha);
  }
}

/// The pixels whose middle lies from `low` to `high`.
std::pair<int, int> middles(double low, double high, int least, int most) {
  const double from = std::clamp(std::ceil(low - 0.5), double(least), double(most));
  const double to = std::clamp(std::ceil(high - 0.5), double(least), double(most));
  return {static_cast<int>(from), static_cast<int>(to)};
}

}  // namespace

void ReadyPictures::Freed::operator()(uint32_t* words) const { std::free(words); }

ReadyPictures::ReadyPictures(std::span<const scene::Mark> marks, Canvas::Order order) {
  for (const scene::Mark& mark : marks) {
    const auto* image = std::get_if<ImageMark>(&mark);
    if (image == nullptr || !image->picture) continue;
    const bool known =
        std::ranges::any_of(pictures_, [&](const Ready& r) { return r.picture == image->picture; });
    if (known) continue;
    Ready ready{image->picture, {}};
    ready.words.reset(premultiplied(*image->picture, order));
    pictures_.push_back(std::move(ready));
  }
}

void ReadyPictures::lay(const ImageMark& mark, const Viewport& view, const Canvas& canvas,
                        const PixelBox& box) const {
  const auto ready =
      std::ranges::find_if(pictures_, [&](const Ready& r) { return r.picture == mark.picture; });
  if (ready == pictures_.end() || mark.picture->rgba.empty()) return;
  const Picture& picture = *mark.picture;
  const Xy low = view.to_px({mark.box.min.x, mark.box.max.y}) * view.scale;
  const Xy high = view.to_px({mark.box.max.x, mark.box.min.y}) * view.scale;
  const auto [x0, x1] = middles(low.x, high.x, box.x0, box.x1);
  const auto [y0, y1] = middles(low.y, high.y, box.y0, box.y1);
  if (x0 >= x1 || y0 >= y1) return;
  const auto opacity = static_cast<uint32_t>(std::lround(std::clamp(mark.opacity, 0.0, 1.0) * 255));
  const Walk columns(low.x, high.x, picture.width, x0), rows(low.y, high.y, picture.height, y0);
  std::vector<Walk::Spot> spots;
  for (int x = x0; x < x1; ++x) spots.push_back(columns.at(x - x0));
  auto words = [&](int row) {
    return ready->words.get() +
           static_cast<std::size_t>(row) * static_cast<std::size_t>(picture.width);
  };
  for (int y = y0; y < y1; ++y) {
    const Walk::Spot row = rows.at(y - y0);
    lay_row(words(row.first), words(row.second), row.share, opacity, spots,
            shifts_of(canvas.order).a, canvas.first + y * canvas.stride + x0);
  }
}

}  // namespace doorstep::render
