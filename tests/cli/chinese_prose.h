#pragma once
// Whether a text that should be Chinese still tells something in English.

#include <regex>
#include <string>
#include <vector>

namespace doorstep::test {

/// Runs of three and more English words in lower case (names begin with capitals) in `text`; what
/// is quoted, named or to be typed as it stands (commands, keys, TOML, names of tools) is not
/// prose.
inline std::vector<std::string> english_prose(std::string text) {
  static const std::regex kAsItStands(
      R"re(“.*?”|(现有|其一)：[ -~]*|"[^"]*"|`[^`]*`|'[^']*'|--[a-z-]+[= ]?[^\s：]*|doorstep( [a-z]+)+\S*|gdal_[a-z.]+( -\S+)*|)re"
      R"re(\[+[^\]]*\]+|\{[^}]*\}|/\S*|(无法打开|中断|无法放到地图上|TOML)：.*)re");
  static const std::regex kProse(R"(\b[a-z][a-z']+(,? [a-z']+){2,})");
  text = std::regex_replace(text, kAsItStands, "#");
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), kProse), end; at != end; ++at)
    found.push_back(at->str());
  return found;
}

}  // namespace doorstep::test
