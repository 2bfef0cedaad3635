#include "io/place/home_codes.h"

#include <algorithm>

namespace doorstep::io {

bool HomeCodes::add(const IdVector<HomeId, Home>& homes, const std::string& code) {
  const std::size_t next = homes.size();
  if (next == rising_ && (next == 0 || homes[HomeId(next - 1)].code < code)) {
    ++rising_;
    return true;
  }
  if (find(homes, code).valid()) return false;
  others_.emplace(code, HomeId(next));
  return true;
}

HomeId HomeCodes::find(const IdVector<HomeId, Home>& homes, std::string_view code) const {
  const auto end = homes.begin() + static_cast<std::ptrdiff_t>(std::min(rising_, homes.size()));
  const auto at = std::lower_bound(homes.begin(), end, code, [](const Home& h, std::string_view c) {
    return std::string_view(h.code) < c;
  });
  if (at != end && at->code == code) return HomeId(static_cast<std::size_t>(at - homes.begin()));
  const auto other = others_.find(code);
  return other == others_.end() ? HomeId() : other->second;
}

}  // namespace doorstep::io
