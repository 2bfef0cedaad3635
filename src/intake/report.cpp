// The report of a draft, for people and for programs.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <algorithm>

#include "base/text.h"
#include "intake/intake.h"

namespace doorstep::intake {
namespace {

using nlohmann::ordered_json;

struct Line {
  std::string file, taken, field, meaning, sure, why;
};

std::string two_digits(double confidence) { return fmt::format("{:.2f}", confidence); }

std::string cut(const std::string& text, int width) {
  if (display_width(text) <= width) return text;
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t n = 1;
    while (i + n < text.size() && (static_cast<unsigned char>(text[i + n]) & 0xC0) == 0x80) ++n;
    if (display_width(out + text.substr(i, n)) > width - 1) break;
    out += text.substr(i, n);
    i += n;
  }
  return out + "…";
}

std::vector<Line> lines_of(const Draft& draft, const Sentences& say) {
  std::vector<Line> lines;
  for (const LayerReport& l : draft.layers) {
    std::string name = l.layer.empty() ? l.file : l.file + "#" + l.layer;
    lines.push_back({name, say(l.role), say(fmt::format("{} of {} rows", l.rows_used, l.rows)), "",
                     l.role == "not used" ? "" : two_digits(l.confidence), say(l.evidence)});
    for (const Guess& g : l.guesses)
      lines.push_back(
          {"", "", say(g.subject), say(g.taken_as), two_digits(g.confidence), say(g.evidence)});
  }
  return lines;
}

ordered_json json_of(const Guess& g) {
  return {{"key", g.key},           {"subject", g.subject},
          {"taken_as", g.taken_as}, {"confidence", g.confidence},
          {"evidence", g.evidence}, {"confirmed", g.confirmed}};
}

}  // namespace

std::string report_text(const Draft& draft, const Sentences& say) {
  std::vector<Line> lines = lines_of(draft, say);
  lines.insert(lines.begin(), {say("file"), say("taken as"), say("field"), say("meaning"),
                               say("sure"), say("why")});
  std::vector<int> widths(5, 0);
  const std::vector<int> most{34, 12, 24, 26, 4};
  auto cells = [](const Line& l) {
    return std::vector<std::string>{l.file, l.taken, l.field, l.meaning, l.sure};
  };
  for (const Line& l : lines)
    for (std::size_t c = 0; c < widths.size(); ++c)
      widths[c] = std::min(most[c], std::max(widths[c], display_width(cells(l)[c])));
  std::string out;
  for (const Line& l : lines) {
    std::string text;
    for (std::size_t c = 0; c < widths.size(); ++c)
      text += padded(cut(cells(l)[c], widths[c]), widths[c]) + "  ";
    text += l.why;
    while (text.ends_with(' ')) text.pop_back();
    out += text + "\n";
  }
  if (!draft.assumptions.empty()) out += "\n" + say("assumed, since no file says it:") + "\n";
  for (const Assumption& a : draft.assumptions)
    out += fmt::format("  {} = {} ({})\n", a.key, say(a.value), say(a.reason));
  if (!draft.findings.items().empty()) out += "\n" + say("findings:") + "\n";
  for (const Diagnostic& d : draft.findings.items()) {
    std::string where = say.at(d.at);
    out += fmt::format("  {}{}{}{}\n", padded(say(severity_name(d.severity)), 8), where,
                       where.empty() ? "" : ": ", say(d.message));
    if (!d.hint.empty()) out += fmt::format("          {}\n", say(d.hint));
  }
  if (!draft.questions.empty()) out += "\n" + say("to be answered:") + "\n";
  for (const Question& q : draft.questions)
    out += fmt::format("  {}\n          {} {} ({}); --confirm {}={}\n", say(q.text),
                       say("best guess:"), say(q.guess.taken_as), say(q.guess.evidence),
                       q.guess.key, q.guess.taken_as);
  return out;
}

std::string report_json(const Draft& draft) {
  ordered_json layers = ordered_json::array();
  for (const LayerReport& l : draft.layers) {
    ordered_json guesses = ordered_json::array();
    for (const Guess& g : l.guesses) guesses.push_back(json_of(g));
    layers.push_back({{"file", l.file},
                      {"layer", l.layer},
                      {"kind", l.kind},
                      {"taken_as", l.role},
                      {"confidence", l.confidence},
                      {"evidence", l.evidence},
                      {"rows", l.rows},
                      {"rows_used", l.rows_used},
                      {"encoding", l.encoding},
                      {"guesses", std::move(guesses)}});
  }
  ordered_json assumed = ordered_json::array();
  for (const Assumption& a : draft.assumptions)
    assumed.push_back({{"key", a.key}, {"value", a.value}, {"reason", a.reason}});
  ordered_json findings = ordered_json::array();
  for (const Diagnostic& d : draft.findings.items())
    findings.push_back({{"severity", severity_name(d.severity)},
                        {"code", d.code},
                        {"file", d.at.file},
                        {"row", d.at.row},
                        {"field", d.at.field},
                        {"message", d.message},
                        {"hint", d.hint}});
  ordered_json questions = ordered_json::array();
  for (const Question& q : draft.questions) {
    ordered_json item = json_of(q.guess);
    item["text"] = q.text;
    questions.push_back(std::move(item));
  }
  ordered_json out{{"place", draft.code},
                   {"layers", std::move(layers)},
                   {"assumed", std::move(assumed)},
                   {"findings", std::move(findings)},
                   {"questions", std::move(questions)}};
  return out.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace doorstep::intake
