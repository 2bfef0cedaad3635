#include "intake/making.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"

namespace doorstep::intake {
namespace {

/// Roles of which a place takes one layer alone.
const std::vector<Role> kSingle{Role::Areas,  Role::Homes,   Role::Census, Role::Streets,
                                Role::Travel, Role::Growth,  Role::Groups, Role::Feeders,
                                Role::Osm,    Role::Entrants};

/// The layer of several that is most likely meant: the surest, then the one with most rows.
SourceLayer* likeliest(const std::vector<SourceLayer*>& claims) {
  return *std::ranges::max_element(claims, [](const SourceLayer* a, const SourceLayer* b) {
    return std::pair(a->role_confidence, a->table.rows()) <
           std::pair(b->role_confidence, b->table.rows());
  });
}

void leave_out(SourceLayer& layer, const std::string& why) {
  layer.used = false;
  layer.role_evidence = why;
}

/// A template that nobody has filled in.
bool only_examples(const SourceLayer& layer) {
  const io::Cells& cells = layer.table.cells;
  for (std::size_t r = 0; r < cells.size(); ++r)
    if (std::ranges::none_of(cells[r].strings(), is_example)) return false;
  return !cells.empty();
}

bool counts_people(const SourceLayer& layer) {
  return layer.has("children") || layer.has("population") || layer.has("households") ||
         layer.has("age");
}

/// Polygons with people beside fewer polygons without are where people live, those are their areas.
void people_among_areas(Making& making) {
  std::vector<SourceLayer*> claims = making.of(Role::Areas), counting;
  std::size_t most = 0;
  for (SourceLayer* layer : claims) {
    bool asked = making.request.confirmed.count(layer->shown + ".role") > 0;
    if (counts_people(*layer) && !asked)
      counting.push_back(layer);
    else
      most = std::max(most, layer->table.rows());
  }
  if (counting.size() != 1 || claims.size() < 2 || !making.answer("areas").empty() ||
      !making.of(Role::Homes).empty() || counting.front()->table.rows() <= most)
    return;
  counting.front()->role = Role::Homes;
  counting.front()->role_confidence = 0.7;
  counting.front()->role_evidence = "areas with children or people, beside areas without";
}

/// One of several layers is taken for a role; which one is asked.
void choose_one(Making& making, const std::string& role, std::vector<SourceLayer*> claims) {
  if (claims.size() < 2) return;
  SourceLayer* chosen = likeliest(claims);
  std::string answer = making.answer(role);
  std::vector<std::string> names;
  for (SourceLayer* layer : claims) {
    names.push_back(layer->shown);
    if (layer->shown == answer) chosen = layer;
  }
  if (!answer.empty() && chosen->shown != answer)
    throw Error("\"" + answer + "\" is not among the layers that could be " + role,
                "--confirm " + role, fmt::format("name one of: {}", fmt::join(names, ", ")));
  Guess guess{role,
              role,
              chosen->shown,
              0.5,
              fmt::format("{} layers claim it: {}", names.size(), fmt::join(names, ", ")),
              !answer.empty()};
  making.ask(guess, fmt::format("{} layers claim to be the {}: {}; what another of them is, "
                                "FILE.role=homes says (or areas, catchments, none)",
                                names.size(), role, fmt::join(names, ", ")));
  for (SourceLayer* layer : claims)
    if (layer != chosen) leave_out(*layer, "not used: " + chosen->shown + " is taken as " + role);
}

}  // namespace

std::vector<SourceLayer*> Making::of(Role role) {
  std::vector<SourceLayer*> out;
  for (SourceLayer& layer : layers)
    if (layer.used && layer.role == role) out.push_back(&layer);
  return out;
}

void Making::assume(const std::string& key, const std::string& value, const std::string& reason) {
  draft.assumptions.push_back({key, value, reason});
}

std::string Making::answer(const std::string& key) const {
  auto found = request.confirmed.find(key);
  return found == request.confirmed.end() ? "" : found->second;
}

void Making::ask(Guess guess, const std::string& text) {
  if (guess.confirmed || request.accept_all) return;
  draft.questions.push_back({std::move(guess), text});
}

std::string Making::layers_taken() const {
  std::string out;
  for (const SourceLayer& l : layers)
    out += fmt::format("{}{}, taken as {} ({})", out.empty() ? "" : "; ", l.shown,
                       l.role == Role::None ? "nothing" : role_name(l.role), l.role_evidence);
  return out.empty() ? "the files" : out;
}

const MadeStage* Making::stage(const std::string& kind) const {
  for (const MadeStage& s : stages)
    if (s.kind == kind) return &s;
  return nullptr;
}

int Making::ages() const {
  int oldest = 14;
  for (const MadeStage& s : stages) oldest = std::max(oldest, s.is.entry_age + s.is.grades - 1);
  return oldest + 1;
}

std::string made_code(const std::string& prefix, std::size_t n, std::size_t total) {
  std::size_t digits = std::to_string(total).size();
  return fmt::format("{}{:0{}}", prefix, n, digits);
}

std::string toml_text(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += fmt::format("\\{}", c);
    else if (byte < 0x20 || byte == 0x7F)
      out += fmt::format("\\u{:04X}", byte);
    else
      out += c;
  }
  return out + "\"";
}

void settle_roles(Making& making) {
  for (SourceLayer& layer : making.layers) layer.used = layer.role != Role::None;
  for (SourceLayer& layer : making.layers)
    if (layer.used && layer.rows_read == 0 && layer.role != Role::Osm && layer.role != Role::Raster)
      leave_out(layer, "not used: has no rows");
  for (SourceLayer& layer : making.layers)
    if (layer.used && only_examples(layer))
      leave_out(layer, "not used: holds only the example row");
  for (SourceLayer& layer : making.layers) {
    const io::Encoding& text = layer.info.encoding;
    if (layer.used && text.certainty == io::Certainty::Ambiguous)
      making.ask({layer.shown + ".encoding", "text", text.name, 0.5, text.evidence, false},
                 fmt::format("is the text of {} in {}?", layer.shown, text.name));
  }
  people_among_areas(making);
  for (Role role : kSingle) choose_one(making, role_name(role), making.of(role));
  bool any = std::ranges::any_of(making.layers, [](const SourceLayer& l) { return l.used; });
  if (any) return;
  throw Error("nothing recognised", making.layers_taken(),
              "say what a file is with --confirm FILE.role=campuses, or name the fields with "
              "--fields; docs/data.md lists what is known");
}

void settle_year(Making& making) {
  std::string answer = making.answer("year");
  double value = 0.0;
  if (!answer.empty()) {
    if (!parse_number(answer, value) || value < 1900 || value > 2200)
      throw Error("\"" + answer + "\" is no year", "--confirm year", "write --confirm year=2024");
    making.base_year = static_cast<Year>(value);
    return;
  }
  auto take = [&](Year year, const std::string& reason) {
    making.base_year = year;
    making.assume("base_year", std::to_string(year), reason);
  };
  for (SourceLayer* layer : making.of(Role::History)) {
    Year last = 0;
    for (std::size_t r = 0; r < layer->table.rows(); ++r)
      if (auto year = year_in_text(layer->text(r, "year"))) last = std::max(last, *year);
    if (last > 0) return take(last, "the last year in " + layer->shown);
  }
  for (Role role : {Role::Campuses, Role::Homes, Role::Census})
    for (SourceLayer* layer : making.of(role)) {
      Year first = 0;
      for (const FieldGuess& f : layer->fields)
        if (f.year && (first == 0 || *f.year < first)) first = *f.year;
      if (first > 0) return take(first, "the first year in the field names of " + layer->shown);
      if (auto year = year_in_text(layer->shown)) return take(*year, "the name of " + layer->shown);
    }
  take(static_cast<Year>(making.dictionary.assumed().base_year), "no file names a year");
}

}  // namespace doorstep::intake
