#include "render/cairo/cairo_render.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "render/cairo/painter.h"
#include "render/cairo/text_layout.h"
#include "render/raster/area_painter.h"

namespace doorstep::render {
namespace {

using scene::DisplayList;
using scene::Viewport;

struct SurfaceEnd {
  void operator()(cairo_surface_t* s) const { cairo_surface_destroy(s); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceEnd>;
struct ContextEnd {
  void operator()(cairo_t* c) const { cairo_destroy(c); }
};
using Context = std::unique_ptr<cairo_t, ContextEnd>;

void check(cairo_status_t status, const std::string& where) {
  if (status != CAIRO_STATUS_SUCCESS)
    throw Error(std::string("cannot draw: ") + cairo_status_to_string(status), where,
                "try a smaller size or scale");
}

cairo_status_t append(void* out, const unsigned char* bytes, unsigned int length) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), length);
  return CAIRO_STATUS_SUCCESS;
}

void paint(cairo_surface_t* surface, const DisplayList& list, const Viewport& view, double scale,
           const std::string& where) {
  Context context(cairo_create(surface));
  cairo_scale(context.get(), scale, scale);
  Painter(context.get(), view).draw(list);
  check(cairo_status(context.get()), where);
}

/// Into pixels: areas and borders with many points by the painter of areas, the rest by Cairo.
void paint_pixels(cairo_surface_t* surface, const DisplayList& list, const Viewport& view,
                  const std::string& where) {
  Context context(cairo_create(surface));
  cairo_scale(context.get(), view.scale, view.scale);
  Painter painter(context.get(), view);
  DisplayList nothing;
  nothing.background = list.background;
  painter.draw(nothing);
  const std::span marks(list.marks);
  std::size_t drawn = 0;
  for (const MarkRun& run : painted_runs(list)) {
    painter.draw(marks.subspan(drawn, run.first - drawn));
    cairo_surface_flush(surface);
    const int width = cairo_image_surface_get_width(surface);
    const Canvas canvas{reinterpret_cast<uint32_t*>(cairo_image_surface_get_data(surface)),
                        cairo_image_surface_get_stride(surface) / 4, width,
                        cairo_image_surface_get_height(surface), Canvas::Order::Argb};
    paint(marks.subspan(run.first, run.count), view, canvas, painting_threads());
    cairo_surface_mark_dirty(surface);
    drawn = run.first + run.count;
  }
  painter.draw(marks.subspan(drawn));
  check(cairo_status(context.get()), where);
}

Surface raster(const DisplayList& list, const Viewport& view, const std::string& where) {
  constexpr double kLargest = 32767.0;
  double width = std::round(view.width_px * view.scale);
  double height = std::round(view.height_px * view.scale);
  if (!(width >= 1 && height >= 1 && width <= kLargest && height <= kLargest))
    throw Error("a picture of " + grouped(width) + " by " + grouped(height) + " pixels", where,
                "each side must lie between 1 and 32,767");
  Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, static_cast<int>(width),
                                             static_cast<int>(height)));
  check(cairo_surface_status(surface.get()), where);
  paint_pixels(surface.get(), list, view, where);
  cairo_surface_flush(surface.get());
  return surface;
}

/// Cairo numbers SVG surfaces over the whole process ("surface12"); one name makes files repeat.
std::string with_plain_surface_ids(const std::string& svg) {
  const std::string mark = "\"surface";
  std::string out;
  std::size_t from = 0;
  for (std::size_t at; (at = svg.find(mark, from)) != std::string::npos;) {
    std::size_t end = at + mark.size();
    out.append(svg, from, end - from);
    while (end < svg.size() && svg[end] >= '0' && svg[end] <= '9') ++end;
    from = end;
  }
  return out + svg.substr(from);
}

/// "2026-11-22T00:00:00Z": SOURCE_DATE_EPOCH where set, else now.
std::string document_date() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  std::time_t t =
      epoch ? static_cast<std::time_t>(std::strtoll(epoch, nullptr, 10)) : std::time(nullptr);
  std::tm utc{};
  gmtime_r(&t, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

}  // namespace

struct CairoTextMeasure::Pango {
  Surface surface{cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)};
  Context context{cairo_create(surface.get())};
  TextLayout layout{context.get()};
};

CairoTextMeasure::CairoTextMeasure() : pango_(std::make_unique<Pango>()) {}
CairoTextMeasure::~CairoTextMeasure() = default;

double CairoTextMeasure::width_px(const std::string& text, double size_px, bool bold) const {
  pango_->layout.set(text, size_px, bold);
  return pango_->layout.width();
}

Image render_image(const DisplayList& list, const Viewport& view) {
  Surface surface = raster(list, view, "picture");
  Image image{cairo_image_surface_get_width(surface.get()),
              cairo_image_surface_get_height(surface.get()),
              {}};
  const unsigned char* data = cairo_image_surface_get_data(surface.get());
  int stride = cairo_image_surface_get_stride(surface.get());
  image.rgba.resize(static_cast<std::size_t>(image.width) * image.height * 4);
  uint8_t* to = image.rgba.data();
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x, to += 4) {
      const uint32_t argb = *reinterpret_cast<const uint32_t*>(data + y * stride + x * 4);
      const uint32_t a = argb >> 24;
      if (a == 255 && std::endian::native == std::endian::little) {
        // Pages are opaque almost everywhere: red and blue change places.
        const uint32_t abgr = (argb & 0xFF00FF00) | (argb >> 16 & 0xFF) | (argb & 0xFF) << 16;
        std::memcpy(to, &abgr, 4);
        continue;
      }
      auto plain = [a](uint32_t c) {
        return static_cast<uint8_t>(a == 0 ? 0 : (c * 255 + a / 2) / a);
      };
      to[0] = plain((argb >> 16) & 0xFF);
      to[1] = plain((argb >> 8) & 0xFF);
      to[2] = plain(argb & 0xFF);
      to[3] = static_cast<uint8_t>(a);
    }
  return image;
}

void render_png(const DisplayList& list, const Viewport& view, const std::filesystem::path& path) {
  Surface surface = raster(list, view, path.string());
  std::string bytes;
  check(cairo_surface_write_to_png_stream(surface.get(), append, &bytes), path.string());
  write_file(path, bytes);
}

void render_svg(const DisplayList& list, const Viewport& view, const std::filesystem::path& path) {
  std::string bytes;
  Surface surface(
      cairo_svg_surface_create_for_stream(append, &bytes, view.width_px, view.height_px));
  cairo_svg_surface_set_document_unit(surface.get(), CAIRO_SVG_UNIT_PX);
  paint(surface.get(), list, view, 1.0, path.string());
  cairo_surface_finish(surface.get());
  check(cairo_surface_status(surface.get()), path.string());
  surface.reset();
  write_file(path, with_plain_surface_ids(bytes));
}

void render_pdf(const DisplayList& list, const Viewport& view, const std::filesystem::path& path,
                const std::string& title) {
  constexpr double kPointsPerPx = 0.75;  // 72 points and 96 px an inch
  std::string bytes;
  Surface surface(cairo_pdf_surface_create_for_stream(append, &bytes, view.width_px * kPointsPerPx,
                                                      view.height_px * kPointsPerPx));
  auto say = [&](cairo_pdf_metadata_t key, const std::string& value) {
    cairo_pdf_surface_set_metadata(surface.get(), key, value.c_str());
  };
  say(CAIRO_PDF_METADATA_CREATE_DATE, document_date());
  say(CAIRO_PDF_METADATA_CREATOR, "Doorstep " + version());
  if (!title.empty()) say(CAIRO_PDF_METADATA_TITLE, title);
  paint(surface.get(), list, view, kPointsPerPx, path.string());
  cairo_surface_finish(surface.get());
  check(cairo_surface_status(surface.get()), path.string());
  surface.reset();
  write_file(path, bytes);
}

void render_file(const DisplayList& list, const Viewport& view, const std::filesystem::path& path,
                 const std::string& title) {
  std::string ending = lower_ascii(path.extension().string());
  if (ending == ".png") return render_png(list, view, path);
  if (ending == ".svg") return render_svg(list, view, path);
  if (ending == ".pdf") return render_pdf(list, view, path, title);
  throw Error("unknown kind of picture \"" + ending + "\"", path.string(),
              "write .png, .svg or .pdf");
}

}  // namespace doorstep::render
