#include "desktop/text_record.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace doorstep::desktop {

namespace {
nlohmann::json as_json(const Rect& r) { return {r.x, r.y, r.w, r.h}; }
}  // namespace

std::string text_report(const std::vector<TextRecord>& records) {
  nlohmann::json out = nlohmann::json::array();
  for (const TextRecord& r : records) {
    out.push_back({{"text", r.text},
                   {"box", as_json(r.box)},
                   {"frame", as_json(r.frame)},
                   {"fits", r.fits()}});
  }
  return out.dump(1) + "\n";
}

std::vector<std::string> texts_outside(const std::vector<TextRecord>& records) {
  std::vector<std::string> out;
  for (const TextRecord& r : records) {
    if (!r.fits() && std::find(out.begin(), out.end(), r.text) == out.end()) out.push_back(r.text);
  }
  return out;
}

}  // namespace doorstep::desktop
