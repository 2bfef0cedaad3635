#include "desktop/icons.h"

#include <cmath>
#include <numbers>

namespace doorstep::desktop {

namespace {

/// Draws in the icon's own 16 × 16 grid.
struct Pen {
  Ui& ui;
  Xy corner;
  double k;
  Colour ink;

  [[nodiscard]] Xy at(double x, double y) const { return {corner.x + x * k, corner.y + y * k}; }
  void path(std::initializer_list<Xy> points, bool closed = false) const {
    std::vector<Xy> out;
    for (Xy p : points) out.push_back(at(p.x, p.y));
    ui.polyline(out, ink, 1.5 * k, closed);
  }
  void ring(double x, double y, double r) const { ui.circle(at(x, y), r * k, kNone, ink, 1.5 * k); }
  void dot(double x, double y, double r) const { ui.circle(at(x, y), r * k, ink, kNone, 0); }
  /// Arc from angle a to b (degrees, clockwise from the right).
  void arc(double x, double y, double r, double a, double b) const {
    std::vector<Xy> out;
    for (int i = 0; i <= 16; ++i) {
      const double t = (a + (b - a) * i / 16.0) * std::numbers::pi / 180.0;
      out.push_back(at(x + r * std::cos(t), y + r * std::sin(t)));
    }
    ui.polyline(out, ink, 1.5 * k, false);
  }
};

void draw_thing(const Pen& p, Icon icon) {
  switch (icon) {
    case Icon::Layers:
      p.path({{8, 2}, {14, 5.5}, {8, 9}, {2, 5.5}}, true);
      p.path({{2, 8.5}, {8, 12}, {14, 8.5}});
      p.path({{2, 11}, {8, 14.5}, {14, 11}});
      break;
    case Icon::Catchment:
      p.path({{8, 1.5}, {13.5, 4.5}, {14, 10}, {9.5, 14}, {3.5, 12.5}, {1.8, 6}}, true);
      p.dot(8, 8, 1.4);
      break;
    case Icon::Campus:
      p.ring(8, 8, 5.6);
      p.dot(8, 8, 1.8);
      break;
    case Icon::Home:
      p.path({{1.8, 8.2}, {8, 2.2}, {14.2, 8.2}});
      p.path({{3.8, 7.2}, {3.8, 13.8}, {12.2, 13.8}, {12.2, 7.2}});
      break;
    case Icon::School:
      p.path({{8, 6}, {8, 1.5}, {11.5, 2.8}, {8, 4.2}});
      p.path({{3, 13.8}, {3, 8.5}, {8, 5.5}, {13, 8.5}, {13, 13.8}}, true);
      p.path({{8, 13.5}, {8, 10.5}});
      break;
    case Icon::Brush:
      p.path({{3, 13.5}, {13.5, 13.5}});
      p.path({{3.5, 9}, {9.5, 3}, {13, 6.5}, {8, 11.5}, {4.5, 11.5}}, true);
      p.path({{6.5, 6}, {10, 9.5}});
      break;
    case Icon::Feeder:
      p.path({{2, 3.5}, {5, 3.5}, {8.5, 8}, {13.5, 8}});
      p.path({{2, 12.5}, {5, 12.5}, {8.5, 8}});
      p.path({{11, 5.2}, {13.8, 8}, {11, 10.8}});
      break;
    case Icon::Policy:
      p.path({{2, 4}, {14, 4}});
      p.path({{2, 8}, {14, 8}});
      p.path({{2, 12}, {14, 12}});
      p.dot(10, 4, 2);
      p.dot(5, 8, 2);
      p.dot(9, 12, 2);
      break;
    case Icon::Menu:
      p.path({{2, 4}, {14, 4}});
      p.path({{2, 8}, {14, 8}});
      p.path({{2, 12}, {14, 12}});
      break;
    case Icon::Pin:
      p.path({{8, 14.5}, {4, 8.5}, {4, 4.5}, {6, 2}, {10, 2}, {12, 4.5}, {12, 8.5}}, true);
      p.dot(8, 6, 1.6);
      break;
    case Icon::Copy:
      p.path({{5.5, 5.5}, {13.5, 5.5}, {13.5, 14}, {5.5, 14}}, true);
      p.path({{3, 10.5}, {2.5, 10.5}, {2.5, 2}, {10.5, 2}, {10.5, 3}});
      break;
    case Icon::Housing:
      p.path({{2, 14}, {2, 6}, {7, 6}, {7, 14}});
      p.path({{7, 14}, {7, 2}, {13.5, 2}, {13.5, 14}});
      p.path({{1, 14}, {15, 14}});
      p.path({{10.2, 5}, {10.2, 11}});
      break;
    case Icon::Seats:
      p.path({{4, 2}, {4, 9.5}, {12, 9.5}});
      p.path({{4, 9.5}, {4, 14}});
      p.path({{12, 6}, {12, 14}});
      break;
    case Icon::Label:
      p.path({{2, 4}, {14, 4}});
      p.path({{8, 4}, {8, 13}});
      break;
    default:
      break;
  }
}

void draw_action(const Pen& p, Icon icon) {
  switch (icon) {
    case Icon::Flow:
      p.path({{2, 13.5}, {3.2, 9.5}, {6.5, 6.5}, {13, 5.2}});
      p.path({{9.8, 2.4}, {13.4, 5.1}, {10.6, 8.8}});
      break;
    case Icon::Backdrop:
      p.path({{2, 12.5}, {14, 12.5}});
      p.path({{5.5, 12}, {5.5, 3}, {9, 3}});
      p.path({{9, 8}, {13, 8}});
      break;
    case Icon::Group:
      p.ring(8, 3.8, 2);
      p.ring(3.6, 12, 2);
      p.ring(12.4, 12, 2);
      p.path({{7, 5.6}, {4.6, 10.2}});
      p.path({{9, 5.6}, {11.4, 10.2}});
      break;
    case Icon::Branch:
      p.ring(4, 3.8, 2);
      p.ring(12, 12.2, 2);
      p.path({{4, 6}, {4, 9}, {6.5, 12.2}, {9.8, 12.2}});
      p.path({{12, 2.5}, {12, 7.5}});
      p.path({{9.5, 5}, {14.5, 5}});
      break;
    case Icon::Merge:
      p.path({{3, 2}, {8, 8}, {13, 2}});
      p.path({{8, 8}, {8, 14}});
      break;
    case Icon::Close:
      p.ring(8, 8, 5.8);
      p.path({{4.2, 4.2}, {11.8, 11.8}});
      break;
    case Icon::Undo:
      p.path({{5.5, 2.5}, {2.2, 5.8}, {5.5, 9}});
      p.path({{2.5, 5.8}, {9.5, 5.8}});
      p.arc(9.5, 9.6, 3.8, -90, 90);
      p.path({{9.5, 13.4}, {6.5, 13.4}});
      break;
    case Icon::Redo:
      p.path({{10.5, 2.5}, {13.8, 5.8}, {10.5, 9}});
      p.path({{13.5, 5.8}, {6.5, 5.8}});
      p.arc(6.5, 9.6, 3.8, 270, 90);
      p.path({{6.5, 13.4}, {9.5, 13.4}});
      break;
    case Icon::Compare:
      p.path({{8, 1.5}, {8, 14.5}});
      p.path({{2, 5}, {6, 5}});
      p.path({{10, 5}, {14, 5}});
      p.path({{2, 10}, {6, 10}});
      p.path({{10, 10}, {14, 10}});
      break;
    case Icon::Search:
      p.ring(7, 7, 4.4);
      p.path({{10.4, 10.4}, {14, 14}});
      break;
    default:
      break;
  }
}

void draw_sign(const Pen& p, Icon icon) {
  switch (icon) {
    case Icon::Play:
      p.ui.polygon({p.at(4, 2.5), p.at(13.5, 8), p.at(4, 13.5)}, p.ink);
      break;
    case Icon::Pause:
      p.ui.fill({p.at(4, 3).x, p.at(4, 3).y, 3 * p.k, 10 * p.k}, p.ink);
      p.ui.fill({p.at(9.5, 3).x, p.at(9.5, 3).y, 3 * p.k, 10 * p.k}, p.ink);
      break;
    case Icon::Warn:
      p.path({{8, 2}, {14.5, 13.5}, {1.5, 13.5}}, true);
      p.path({{8, 6.5}, {8, 9.8}});
      p.dot(8, 11.7, 0.9);
      break;
    case Icon::Info:
      p.ring(8, 8, 6);
      p.path({{8, 7.2}, {8, 11.4}});
      p.dot(8, 4.9, 0.9);
      break;
    case Icon::Check:
      p.path({{2.5, 8.5}, {6.3, 12.3}, {13.5, 4}});
      break;
    case Icon::Cross:
      p.path({{3.5, 3.5}, {12.5, 12.5}});
      p.path({{12.5, 3.5}, {3.5, 12.5}});
      break;
    default:
      break;
  }
}

}  // namespace

void draw_icon(Ui& ui, Icon icon, Xy at, Colour ink, double size) {
  const double k = size / 16.0;
  const Pen pen{ui, {at.x - size / 2, at.y - size / 2}, k, ink};
  draw_thing(pen, icon);
  draw_action(pen, icon);
  draw_sign(pen, icon);
}

void draw_logo(Ui& ui, const Rect& r) {
  const auto& t = ui.theme();
  ui.fill(r, t.accent, 5);
  const double k = r.w / 22.0;
  auto at = [&](double x, double y) { return Xy{r.x + x * k, r.y + y * k}; };
  const double w = 1.9 * k;
  ui.polyline({at(4.8, 10.4), at(11, 5), at(17.2, 10.4)}, t.accent_ink, w);
  ui.polyline({at(6.4, 9.6), at(6.4, 17), at(15.6, 17), at(15.6, 9.6)}, t.accent_ink, w);
  ui.polyline({at(9.4, 17), at(9.4, 12.4), at(12.6, 12.4), at(12.6, 17)}, t.accent_ink, w);
}

}  // namespace doorstep::desktop
