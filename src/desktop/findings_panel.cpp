// What `check` finds, as a list beside the map and as numbers on it.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/text.h"
#include "desktop/data_panels.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

using session::Finding;

constexpr std::array kWords{"data.remarks", "data.warnings", "data.errors"};  // by Severity
constexpr std::size_t kShownOfAKind = 8;
constexpr double kCloseM = 400.0;  // what a click on a finding shows around it
constexpr double kPinUp = 20.0;    // from a pin's spot to the middle of its number

Colour ink_of(const scene::Theme& t, Severity s) { return s == Severity::Info ? t.ink2 : t.warn; }

void go_to(App& app, std::size_t index) {
  app.data.at_finding = index;
  const Finding& f = app.data.findings()[index];
  if (!f.what.spot) return;
  Box box;
  box.add(Xy{f.what.spot->x - kCloseM, f.what.spot->y - kCloseM});
  box.add(Xy{f.what.spot->x + kCloseM, f.what.spot->y + kCloseM});
  app.camera.fit(box, app.now);
}

/// The number of a finding; on the map with a tip that stands on the spot.
void draw_pin(Ui& ui, Xy at, int number, Severity severity, bool here, bool tip = false) {
  const auto& t = ui.theme();
  const std::string text = std::to_string(number);
  const double r = std::max(9.0, ui.width(text, Font::Axis) / 2 + 4);
  const Colour ink = ink_of(t, severity);
  if (tip) {
    const Xy spot = at + Xy{0, kPinUp};
    ui.polygon({spot + Xy{0, 2}, at + Xy{-r * 0.8, r * 0.55}, at + Xy{r * 0.8, r * 0.55}}, t.halo);
    ui.polygon({spot, at + Xy{-r * 0.55, r * 0.75}, at + Xy{r * 0.55, r * 0.75}}, ink);
  }
  ui.circle(at, r + 1.5, t.halo, kNone, 0);
  ui.circle(at, r, here ? ink : t.raised, ink, here ? 2.5 : 1.5);
  ui.text({at.x - r, at.y - 8, 2 * r, 16}, text, Font::Axis, here ? t.panel : ink, Align::Centre);
}

/// One finding. Returns the y below.
double draw_finding(const PanelContext& p, std::size_t index, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Finding& f = p.app.data.findings()[index];
  const double x = p.r.x + 42, w = p.r.w - 42 - 20;
  const std::string message = p.said(f.what.message);
  const std::string where = printable(p.sentences().at(f.what.at));
  const std::string hint = f.what.hint.empty() ? "" : "› " + p.said(f.what.hint);
  auto lines = [&](const std::string& text, Font font, double line) {
    return text.empty() ? 0.0 : line * static_cast<double>(ui.broken(text, font, w).size());
  };
  const double h = 8 + lines(message, Font::Body, 20) + lines(where, Font::Caption, 18) +
                   lines(hint, Font::Caption, 18);
  const Rect box{p.r.x + 6, y, p.r.w - 18, h};
  if (box.y < p.r.bottom() && box.bottom() > p.r.y) {
    const Touch touch = ui.touch(("finding" + std::to_string(index)).c_str(), box);
    const bool here = p.app.data.at_finding == index;
    if (here || touch.hovered) ui.fill(box, here ? t.accent_soft : t.sunken, 4);
    if (f.pin > 0) draw_pin(ui, {p.r.x + 24, y + 14}, f.pin, f.what.severity, here);
    double row = y + 3;
    row += ui.paragraph({x, row, w, 20}, message, Font::Body, t.ink);
    if (!where.empty()) row += ui.paragraph({x, row, w, 18}, where, Font::Caption, t.ink2);
    if (!hint.empty()) ui.paragraph({x, row, w, 18}, hint, Font::Caption, t.ink2);
    if (touch.clicked) go_to(p.app, index);
  }
  return y + h;
}

/// What a kind of findings is; where nobody wrote it down, its code read as words.
std::string words_of(const Sentences& sentences, const std::string& kind) {
  std::string words = sentences.kind(kind);
  if (words != kind) return words;
  for (char& c : words)
    if (c == '-' || c == '_' || c == '.') c = ' ';
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] -= 'a' - 'A';
  return words;
}

/// Those of one kind, some of them, with how many more there are.
double draw_kind(const PanelContext& p, std::size_t first, std::size_t last, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Finding& head = p.app.data.findings()[first];
  const std::string& kind = head.what.code;
  // What it is in words; the code, which reports and other programs use, small below it.
  const std::string count = std::to_string(last - first);
  const double room = p.r.w - 30 - ui.width(count, Font::Caption) - 12;
  ui.text({p.r.x + 12, y, p.r.w - 30, 24}, count, Font::Caption, t.ink2, Align::Right);
  y += ui.paragraph({p.r.x + 12, y, room, 22}, printable(words_of(p.sentences(), kind)),
                    Font::Label, t.ink);
  ui.text({p.r.x + 12, y - 2, p.r.w - 30, 16}, kind, Font::Axis, t.ink2);
  y += 18;
  std::size_t& more = p.app.data.more_of_kind[kind];
  const std::size_t shown = std::min(last - first, kShownOfAKind + more);
  for (std::size_t i = 0; i < shown; ++i) y = draw_finding(p, first + i, y);
  if (shown < last - first) {
    const std::string text =
        scene::filled(p.word("data.n_more"), {std::to_string(last - first - shown)});
    const Rect r{p.r.x + 42, y, ui.width(text, Font::Caption) + 4, 22};
    if (ui.touch(("more" + kind).c_str(), r).clicked) more += 5 * kShownOfAKind;
    ui.text(r, text, Font::Caption, t.accent);
    y += 24;
  }
  return y + 8;
}

/// Which findings have a pin in a view and where it stands, the one looked at last, over the
/// others.
std::vector<std::pair<std::size_t, Xy>> pins_in(App& app, const scene::Viewport& view, double w,
                                                double h) {
  constexpr std::size_t kMost = 250;
  constexpr double kApartPx = 20.0;  // a pin that lies on another is shown once one is nearer
  DataDesk& data = app.data;
  const auto& all = data.findings();
  std::vector<std::pair<std::size_t, Xy>> out;
  auto place = [&](std::size_t i, bool here) {
    const Xy at = view.to_px({all[i].what.spot->x, all[i].what.spot->y});
    if (at.x < 0 || at.y < 0 || at.x > w || at.y > h) return;
    for (const auto& [other, taken] : out)
      if (!here && distance_m(taken, at) < kApartPx) return;
    out.emplace_back(i, at);
  };
  for (std::size_t i = 0; i < all.size() && out.size() < kMost; ++i) {
    const bool asked = data.severity < 0 || static_cast<int>(all[i].what.severity) == data.severity;
    if (all[i].pin > 0 && asked && data.at_finding != i) place(i, false);
  }
  if (data.at_finding && *data.at_finding < all.size() && all[*data.at_finding].pin > 0)
    place(*data.at_finding, true);
  return out;
}

}  // namespace

void draw_findings(const PanelContext& p, Scroll& scroll) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  ui.fill(p.r, t.panel);
  DataDesk& data = p.app.data;
  const auto& all = data.findings();
  std::array<std::size_t, 3> counts{};
  for (const Finding& f : all) ++counts[static_cast<std::size_t>(f.what.severity)];
  ui.text({p.r.x + 12, p.r.y + 6, p.r.w - 60, 24},
          p.word("data.findings") + (data.foreign().empty() ? "" : " · " + data.foreign()),
          Font::Title, t.ink);
  const Rect cross{p.r.right() - 36, p.r.y + 6, 24, 24};
  const bool closed = cross_button(ui, "close_findings", cross);
  std::vector<std::string> labels{p.word("data.all") + " " + std::to_string(all.size())};
  for (const int s : {2, 1, 0})
    labels.push_back(p.word(kWords[static_cast<std::size_t>(s)]) + " " +
                     std::to_string(counts[static_cast<std::size_t>(s)]));
  const int chosen = data.severity < 0 ? 0 : 3 - data.severity;
  const int clicked =
      segments(ui, "severity", {p.r.x + 12, p.r.y + 36, p.r.w - 24, 28}, labels, chosen);
  if (clicked >= 0) data.severity = clicked == 0 ? -1 : 3 - clicked;
  const Rect body{p.r.x, p.r.y + 72, p.r.w, p.r.h - 72};
  double y = scroll.begin(ui, body) + 4;
  for (std::size_t first = 0; first < all.size();) {
    std::size_t last = first;
    while (last < all.size() && all[last].what.code == all[first].what.code &&
           all[last].what.severity == all[first].what.severity)
      ++last;
    if (data.severity < 0 || static_cast<int>(all[first].what.severity) == data.severity)
      y = draw_kind(p, first, last, y);
    first = last;
  }
  if (all.empty())
    y += ui.paragraph({p.r.x + 12, y, p.r.w - 24, 20}, p.word("data.nothing_found"), Font::Body,
                      t.ink2);
  scroll.end(ui, y);
  ui.fill({p.r.x, p.r.y, 1, p.r.h}, t.line);
  if (closed) data.show_findings(false);
}

std::vector<scene::PixelFrame> pin_frames(App& app, const scene::Viewport& view, double w,
                                          double h) {
  if (!app.data.findings_open() || app.show.presenting() >= 0) return {};
  constexpr double kHalf = 12.0, kTip = 8.0;  // the tip leaves room for the name beside a campus
  std::vector<scene::PixelFrame> out;
  for (const auto& [finding, at] : pins_in(app, view, w, h))
    out.push_back({at.x - kHalf, at.y - kPinUp - kHalf, 2 * kHalf, kHalf + kPinUp - kTip});
  return out;
}

void draw_finding_pins(const PanelContext& p, const scene::Viewport& view) {
  DataDesk& data = p.app.data;
  p.ui.push_clip(p.r);
  for (const auto& [i, spot] : pins_in(p.app, view, p.r.w, p.r.h)) {
    const Finding& f = data.findings()[i];
    draw_pin(p.ui, {p.r.x + spot.x, p.r.y + spot.y - kPinUp}, f.pin, f.what.severity,
             data.at_finding == i, true);
  }
  p.ui.pop_clip();
}

void touch_finding_pins(const PanelContext& p, const scene::Viewport& view) {
  p.ui.push_clip(p.r);
  for (const auto& [i, spot] : pins_in(p.app, view, p.r.w, p.r.h)) {
    const Xy at{p.r.x + spot.x, p.r.y + spot.y - kPinUp};
    // Two maps side by side show each pin twice.
    const std::string id = "pin" + std::to_string(i) + "at" + std::to_string(std::lround(p.r.x));
    // Down to the tip: who points at the place means its finding.
    if (p.ui.touch(id.c_str(), {at.x - 10, at.y - 10, 20, kPinUp + 14}).clicked)
      p.app.data.at_finding = i;
  }
  p.ui.pop_clip();
}

}  // namespace doorstep::desktop
