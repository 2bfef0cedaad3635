#pragma once
// Finds the homes of a place by code. Most files list them by rising code, and then nothing has to
// be kept beside the homes themselves. Internal to io/place.

#include <map>
#include <string>
#include <string_view>

#include "place/place.h"

namespace doorstep::io {

class HomeCodes {
 public:
  /// Remembers the code of a home that is about to be put behind the others; false where another
  /// has it.
  bool add(const IdVector<HomeId, Home>& homes, const std::string& code);
  /// Invalid where no home has the code.
  [[nodiscard]] HomeId find(const IdVector<HomeId, Home>& homes, std::string_view code) const;

 private:
  std::size_t rising_ = 0;  ///< homes before this one stand by rising code
  std::map<std::string, HomeId, std::less<>> others_;
};

}  // namespace doorstep::io
