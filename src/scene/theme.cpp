#include "scene/theme.h"

#include <cmath>

namespace doorstep::scene {
namespace {

constexpr Hatch kNone{};

std::array<Hatch, 7> hatches(Colour first, Colour middle, Colour last) {
  return {kNone,
          kNone,
          kNone,
          kNone,
          Hatch{9.0, 1.0, first},
          Hatch{6.0, 1.15, middle},
          Hatch{4.0, 1.35, last}};
}

Theme light() {
  Theme t;
  t.kind = ThemeKind::Light;
  t.ground = hex(0xF3F2EE);
  t.panel = hex(0xFBFAF8);
  t.raised = hex(0xFFFFFF);
  t.sunken = hex(0xECEAE4);
  t.line = hex(0xD9D6CE);
  t.line_strong = hex(0x8C897F);
  t.ink = t.map_ink = hex(0x1D242B);
  t.ink2 = hex(0x4A535C);
  t.ink3 = hex(0x5C646C);
  t.accent = t.focus = hex(0x0B6478);
  t.accent_ink = hex(0xFFFFFF);
  t.accent_soft = hex(0xDCEBEE);
  t.warn = hex(0x8A4B08);
  t.warn_soft = hex(0xFBE9CF);
  t.paper = hex(0xEDEBE5);
  t.outside = hex(0xE4E2DB);
  t.water = hex(0xC6D9E2);
  t.water_ink = hex(0x34586A);
  t.road = hex(0xFFFFFF);
  t.road_edge = hex(0xC9C5BB);
  t.rail = hex(0x8D8A84);
  t.park = hex(0xDDE0D2);
  t.border = hex(0x5B5F63);
  t.flow = hex(0x17323F);
  t.halo = hex(0xFBFAF8);
  t.dots = hex(0x3A3128, 0.5);
  t.dots_on_dark = hex(0xFFFFFF, 0.5);
  t.utilisation = {hex(0x6656A8), hex(0x9F97CF), hex(0xCFCBE6), hex(0xF2EFE8),
                   hex(0xF9D28F), hex(0xE8902A), hex(0xA84B06)};
  t.hatch = hatches(hex(0x462204, 0.36), hex(0x462204, 0.36), hex(0x3C1600, 0.42));
  t.change = {hex(0x1F5F8B), hex(0x85B3CF), hex(0xEFEDE7), hex(0xDDA58C), hex(0x9A3D22)};
  return t;
}

Theme dark() {
  Theme t;
  t.kind = ThemeKind::Dark;
  t.ground = hex(0x14181C);
  t.panel = hex(0x1B2026);
  t.raised = hex(0x242B32);
  t.sunken = hex(0x12161A);
  t.line = hex(0x343C45);
  t.line_strong = hex(0x77828D);
  t.ink = hex(0xECEFF1);
  t.map_ink = hex(0xF4F6F7);
  t.ink2 = hex(0xB9C1C8);
  t.ink3 = hex(0x939DA6);
  t.accent = hex(0x5CC8D7);
  t.focus = hex(0x7FDDEA);
  t.accent_ink = hex(0x0C1C20);
  t.accent_soft = hex(0x1D3B42);
  t.warn = hex(0xF2B66B);
  t.warn_soft = hex(0x3D2F1C);
  t.paper = hex(0x1D2227);
  t.outside = hex(0x161A1E);
  t.water = hex(0x22404F);
  t.water_ink = hex(0x8FBDD0);
  t.road = hex(0x68727B);
  t.road_edge = hex(0x14181C);
  t.rail = hex(0x6A737B);
  t.park = hex(0x1F2A24);
  t.border = hex(0xA3ABB2);
  t.flow = hex(0xD5E6EA);
  t.halo = hex(0x14181C);
  t.dots = hex(0x14181C, 0.6);  // the outer classes are bright here
  t.dots_on_dark = hex(0xFFF3E0, 0.5);
  t.utilisation = {hex(0xBDADFF), hex(0x8879D6), hex(0x5C5698), hex(0x474B50),
                   hex(0x85622F), hex(0xCE8728), hex(0xFFC478)};
  t.hatch = hatches(hex(0xECEFF1, 0.34), hex(0x14181C, 0.55), hex(0x14181C, 0.55));
  t.change = {hex(0x7CC0EC), hex(0x3E6E8D), hex(0x474B50), hex(0x8A5646), hex(0xF29A7B)};
  t.fill_alpha = 0.87;
  return t;
}

Theme contrast() {
  Theme t;
  t.kind = ThemeKind::Contrast;
  t.ground = t.panel = t.raised = t.paper = t.road = t.halo = hex(0xFFFFFF);
  t.sunken = hex(0xF0F0F0);
  t.line = hex(0x5A5A5A);
  t.line_strong = t.ink = t.map_ink = t.border = t.flow = hex(0x000000);
  t.ink2 = hex(0x1A1A1A);
  t.ink3 = t.rail = hex(0x333333);
  t.accent = hex(0x003C8F);
  t.accent_ink = hex(0xFFFFFF);
  t.accent_soft = hex(0xD6E4FF);
  t.warn = hex(0x6B3200);
  t.warn_soft = hex(0xFFE3B8);
  t.focus = hex(0xB00060);
  t.outside = hex(0xEDEDED);
  t.water = hex(0xA9D0E6);
  t.water_ink = hex(0x003A57);
  t.road_edge = hex(0x6E6E6E);
  t.park = hex(0xE3E8DC);
  t.dots = hex(0x000000, 0.6);
  t.dots_on_dark = hex(0xFFFFFF, 0.7);
  t.utilisation = {hex(0x3B2A8C), hex(0x7F73C4), hex(0xC9C2F0), hex(0xFFFFFF),
                   hex(0xFFD27A), hex(0xE8820C), hex(0x8A3A00)};
  t.hatch = hatches(hex(0x462204, 0.45), hex(0x462204, 0.45), hex(0x3C1600, 0.5));
  t.change = {hex(0x00467A), hex(0x6FA9D2), hex(0xFFFFFF), hex(0xE59A7C), hex(0x8A2508)};
  t.fill_alpha = 0.92;
  return t;
}

double linear(uint8_t channel) {
  double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

}  // namespace

double luminance(Colour c) {
  return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

const Theme& theme(ThemeKind kind) {
  static const std::array<Theme, 3> kThemes{light(), dark(), contrast()};
  return kThemes[static_cast<std::size_t>(kind)];
}

Hatch new_area_hatch(const Theme& t) { return {5.0, 1.6, t.accent}; }

const std::array<Colour, 7>& cividis() {
  static const std::array<Colour, 7> kColours{hex(0x00224E), hex(0x293F6D), hex(0x575C6D),
                                              hex(0x7C7B78), hex(0xA59C74), hex(0xD2C060),
                                              hex(0xFEE838)};
  return kColours;
}

const std::array<Colour, 7>& okabe_ito() {
  static const std::array<Colour, 7> kColours{hex(0x0072B2), hex(0xE69F00), hex(0x009E73),
                                              hex(0xCC79A7), hex(0x56B4E9), hex(0xD55E00),
                                              hex(0xF0E442)};
  return kColours;
}

}  // namespace doorstep::scene
