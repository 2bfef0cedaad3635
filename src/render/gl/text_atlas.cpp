#include "render/gl/text_atlas.h"

#include <epoxy/gl.h>
#include <fmt/format.h>

#include <algorithm>

namespace doorstep::render {

namespace {

uint32_t packed(scene::Colour c) {
  return static_cast<uint32_t>(c.r) << 24 | static_cast<uint32_t>(c.g) << 16 |
         static_cast<uint32_t>(c.b) << 8 | c.a;
}

std::string key_of(const TextLook& look) {
  return fmt::format("{:.3f} {} {:08x} {:08x} {:.3f} {} {:.3f} {:.4f} {}", look.size_px, look.bold,
                     packed(look.ink), packed(look.halo), look.halo_px,
                     static_cast<int>(look.anchor), look.scale, look.angle_rad, look.text);
}

}  // namespace

TextAtlas::~TextAtlas() {
  if (texture_ != 0) glDeleteTextures(1, &texture_);
}

void TextAtlas::clear() {
  entries_.clear();
  shelf_x_ = shelf_y_ = shelf_height_ = 0;
  ++generation_;
}

bool TextAtlas::place(AtlasEntry& entry) {
  if (entry.width > kSize || entry.height > kSize) return false;
  if (shelf_x_ + entry.width > kSize) {
    shelf_y_ += shelf_height_;
    shelf_x_ = shelf_height_ = 0;
  }
  if (shelf_y_ + entry.height > kSize) return false;
  entry.x = shelf_x_;
  entry.y = shelf_y_;
  shelf_x_ += entry.width + 1;
  shelf_height_ = std::max(shelf_height_, entry.height + 1);
  return true;
}

const AtlasEntry* TextAtlas::find(const TextLook& look) {
  const std::string key = key_of(look);
  auto found = entries_.find(key);
  if (found != entries_.end()) return &found->second;
  const TextImage image = paint_text(look);
  AtlasEntry entry{0, 0, image.width, image.height, image.left, image.top};
  if (!place(entry)) return nullptr;
  if (texture_ == 0) {
    glGenTextures(1, &texture_);
    glBindTexture(GL_TEXTURE_2D, texture_);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, kSize, kSize, 0, GL_BGRA, GL_UNSIGNED_BYTE, nullptr);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  }
  glBindTexture(GL_TEXTURE_2D, texture_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glTexSubImage2D(GL_TEXTURE_2D, 0, entry.x, entry.y, entry.width, entry.height, GL_BGRA,
                  GL_UNSIGNED_BYTE, image.pixels.data());
  bytes_ += static_cast<long>(image.pixels.size() * 4);
  return &entries_.emplace(key, entry).first->second;
}

}  // namespace doorstep::render
