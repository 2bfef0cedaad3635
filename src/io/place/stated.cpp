// What a place.toml says of the place as a whole: totals, counties, privacy, the picture below.

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "io/place/context.h"
#include "io/raster/raster.h"
#include "place/area_codes.h"

namespace doorstep::io {
namespace {

StatedTotal::Count count_from(Section& section) {
  using Count = StatedTotal::Count;
  static const std::vector<std::pair<std::string, Count>> kWords{
      {"schools", Count::Schools}, {"campuses", Count::Campuses}, {"pupils", Count::Enrolled},
      {"seats", Count::Seats},     {"classes", Count::Classes},   {"children", Count::Children},
      {"homes", Count::Homes},     {"", Count::Nothing}};
  std::string word = section.text("count");
  for (const auto& [name, count] : kWords)
    if (name == word) return count;
  section.refuse("count", "unknown word \"" + word + "\"",
                 "use schools, campuses, pupils, seats, classes, children or homes");
}

bool six_digits(const std::string& code) {
  return code.size() == 6 && std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void read_totals(PlaceContext& context, Section section) {
  StatedTotal total;
  total.at = section.at("");
  total.what = section.required_text("what");
  total.count = count_from(section);
  if (section.has("stage")) total.stage = context.stage(section, "stage");
  if (section.has("value")) total.value = section.required_number("value");
  if (auto parts = section.section("parts"))
    for (const std::string& name : parts->keys())
      total.parts.emplace_back(name, parts->required_number(name));
  if (!total.value && total.parts.empty())
    section.refuse("value", "is missing", "give the total, its parts, or both");
  total.within = section.number("within", 0.0);
  if (total.within < 0 || total.within > 1) section.refuse("within", "must lie in [0, 1]", "");
  total.source = section.text("source");
  section.finish(context.findings);
  if (total.source.empty())
    context.findings.info("no-source", "a total without its source", section.at("source"),
                          "write where the figure stands");
  context.place.totals.push_back(std::move(total));
}

void read_privacy(PlaceContext& context, Section section) {
  Privacy& privacy = context.place.privacy;
  privacy.min_count = section.number("min_count", privacy.min_count);
  if (privacy.min_count < 1 || privacy.min_count > 1000)
    section.refuse("min_count", "must be 1 to 1000", "10 withholds counts from 1 to 9");
  privacy.source = section.text("source", "place.toml");
  section.finish(context.findings);
}

void read_basemap(PlaceContext& context, Section section) {
  ResolvedFile file = resolve_file(context.folder, section, "file");
  Basemap basemap{file.path, file.shown, section.text("attribution"),
                  section.number("opacity", 1.0)};
  if (basemap.attribution.empty())
    section.refuse("attribution", "is missing", "it is drawn in the corner of every map");
  if (basemap.opacity <= 0 || basemap.opacity > 1)
    section.refuse("opacity", "must lie in (0, 1]", "1 hides nothing, 0.5 fades");
  record_source(context, section, file, "basemap");
  if (Raster(file.path, file.shown).grid().crs.empty())
    throw Error("does not say its coordinate system", file.shown,
                "export it again with its system");
  section.finish(context.findings);
  context.place.basemap = std::move(basemap);
}

void read_counties(PlaceContext& context, Section& top) {
  context.place.counties = top.texts("counties");
  for (const std::string& code : context.place.counties)
    if (!six_digits(code))
      top.refuse("counties", "\"" + code + "\" is no code of a county",
                 "write six digits, for example \"371602\"");
}

void report_area_codes(PlaceContext& context) {
  const std::string name = "config/area_codes.toml";
  toml::table parsed = parse_toml(read_file(resource_path(name)), name);
  Section top(parsed, name, "");
  std::vector<AreaCodeChange> changes;
  for (Section& s : top.sections("change"))
    changes.push_back({s.required_text("from"), s.required_text("to"), s.text("name_from"),
                       s.text("name_to"), s.required_integer("year"), s.required_text("source")});
  check_area_codes(context.place, changes, context.findings);
}

void default_privacy(PlaceContext& context) {
  const std::string name = "config/privacy.toml";
  toml::table parsed = parse_toml(read_file(resource_path(name)), name);
  Section top(parsed, name, "");
  if (auto entry = top.section("min_count"))
    context.place.privacy = {entry->required_number("value"), entry->text("source")};
}

}  // namespace doorstep::io
