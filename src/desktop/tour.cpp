// The first-run tour: a card at a time beside the part of the window it tells of.
#include <algorithm>

#include "desktop/panels.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

struct Card {
  const char* title;
  const char* text;
  enum class At { Map, Left, Right, Years, Top } at;
};
constexpr Card kCards[] = {
    {"tour.welcome", "tour.welcome_text", Card::At::Map},
    {"tour.map", "tour.map_text", Card::At::Left},
    {"tour.select", "tour.select_text", Card::At::Right},
    {"tour.years", "tour.years_text", Card::At::Years},
    {"tour.try", "tour.try_text", Card::At::Top},
    {"tour.compare", "tour.compare_text", Card::At::Top},
    {"tour.keep", "tour.keep_text", Card::At::Map},
};

Rect part_of(const Layout& l, Card::At at) {
  switch (at) {
    case Card::At::Left:
      return l.left;
    case Card::At::Right:
      return l.right;
    case Card::At::Years:
      return l.years;
    case Card::At::Top:
      return l.top;
    case Card::At::Map:
      break;
  }
  return l.map;
}

}  // namespace

void draw_tour(const PanelContext& p, const Layout& l, const Rect& window) {
  const int at = p.app.view.tour;
  if (at < 0 || p.app.files.asking() != Files::Asking::Nothing) return;
  const auto n = static_cast<int>(std::size(kCards));
  const Card& card = kCards[std::min(at, n - 1)];
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Rect part = part_of(l, card.at);
  ui.stroke(part.inset(2, 2), t.accent, 6, 3);
  const double w = std::min(380.0, window.w - 40);
  const auto lines = ui.broken(p.word(card.text), Font::Body, w - 40);
  const double h = 50 + 20.0 * static_cast<double>(lines.size()) + 54;
  Rect box{l.map.x + (l.map.w - w) / 2, l.map.y + (l.map.h - h) / 2, w, h};
  if (card.at == Card::At::Left) box.x = l.left.right() + 16;
  if (card.at == Card::At::Right) box.x = l.right.x - 16 - w;
  if (card.at == Card::At::Years) box.y = l.years.y - 16 - h;
  if (card.at == Card::At::Top) box.y = l.top.bottom() + 16;
  box.x = std::clamp(box.x, 12.0, std::max(12.0, window.right() - w - 12));
  box.y = std::clamp(box.y, 12.0, std::max(12.0, window.bottom() - h - 12));
  ui.fill(box, t.panel, 6);
  ui.stroke(box, t.accent, 6, 2);
  ui.text({box.x + 20, box.y + 14, w - 90, 24}, p.word(card.title), Font::Title, t.ink);
  ui.text({box.right() - 70, box.y + 14, 50, 24},
          std::to_string(at + 1) + " / " + std::to_string(n), Font::Caption, t.ink3, Align::Right);
  ui.paragraph({box.x + 20, box.y + 46, w - 40, 20}, p.word(card.text), Font::Body, t.ink2);
  const double y = box.bottom() - 42;
  const bool last = at + 1 >= n;
  if (text_button(ui, "tour_next", {box.right() - 120, y, 100, 30},
                  p.word(last ? "tour.begin" : "tour.next"), true))
    p.app.view.tour = last ? -1 : at + 1;
  if (at > 0 && text_button(ui, "tour_back", {box.right() - 216, y, 88, 30}, p.word("tour.back")))
    p.app.view.tour = at - 1;
  if (!last && text_button(ui, "tour_skip", {box.x + 20, y, 88, 30}, p.word("tour.skip")))
    p.app.view.tour = -1;
}

}  // namespace doorstep::desktop
