#pragma once
// Reads config/: coefficients with their sources, group forms, standards, and the words of the
// interface. Data, not code: every number the model uses is an entry there.

#include "base/sentences.h"
#include "base/words.h"
#include "indicators/indicators.h"
#include "simulate/simulate.h"

namespace doorstep::io {

class Section;

/// Every entry with a `value` in a section, by dotted name, over those already there.
void read_coefficients(Section& section, Coefficients& into);

/// config/choice.toml, births.toml and the like: all coefficients of assign and simulate.
[[nodiscard]] Coefficients load_coefficients();
/// config/group_forms.toml.
[[nodiscard]] GroupForms load_group_forms();
/// config/costs.toml: what an edit costs where nobody said.
[[nodiscard]] Coefficients load_costs();
/// config/ensemble.toml: ranges of what an ensemble draws beside the coefficients.
[[nodiscard]] Coefficients load_ensemble_ranges();
/// config/standards.toml.
[[nodiscard]] Standards load_standards();
/// config/lang/sources.toml: sources of config/ in Chinese by the English text.
[[nodiscard]] std::map<std::string, std::string> load_source_translations();
/// config/lang/phrases.toml: what tables of the command line say, in Chinese by the English text.
[[nodiscard]] std::map<std::string, std::string> load_phrases();
/// config/lang/findings.toml: findings, errors and edits in Chinese; English as it stands.
[[nodiscard]] Sentences load_sentences(Language language);
/// config/lang/zh.toml or en.toml.
[[nodiscard]] Words load_words(Language language);

}  // namespace doorstep::io
