#include "desktop/spoken.h"

#include "io/config.h"

namespace doorstep::desktop {

namespace {

constexpr std::size_t kMostKept = 20'000;

template <class Say>
const std::string& kept(std::map<std::string, std::string>& said, const std::string& english,
                        const Say& say) {
  if (said.size() > kMostKept) said.clear();
  const auto [found, added] = said.try_emplace(english);
  if (added) found->second = say(english);
  return found->second;
}

}  // namespace

Spoken::Spoken()
    : chinese_(io::load_sentences(Language::Chinese)),
      english_(io::load_sentences(Language::English)) {}

std::string Spoken::sentence(const std::string& english, Language language) const {
  if (language == Language::English) return english;
  return kept(said_, english, chinese_);
}

std::string Spoken::line(const std::string& english, Language language) const {
  if (language == Language::English) return english;
  return kept(lines_, english, [this](const std::string& text) { return chinese_.line(text); });
}

}  // namespace doorstep::desktop
