// What ties the things of a place together: catchments, feeders, groups, observed numbers.

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"
#include "io/place/addresses.h"
#include "io/place/context.h"
#include "io/place/practices.h"
#include "place/feeding.h"

namespace doorstep::io {
namespace {

std::vector<std::string> split_codes(const std::string& text) {
  std::vector<std::string> out;
  std::size_t start = 0;
  while (start <= text.size()) {
    std::size_t end = std::min(text.find(';', start), text.size());
    std::string code = trimmed(text.substr(start, end - start));
    if (!code.empty()) out.push_back(code);
    start = end + 1;
  }
  return out;
}

std::vector<std::string> codes_of(const std::map<std::string, CampusId>& campuses) {
  std::vector<std::string> out;
  for (const auto& [code, id] : campuses) out.push_back(code);
  return out;
}

/// Reports a campus code that does not exist, with the nearest that does.
void report_unknown_campus(PlaceContext& context, const std::string& code, const InputRef& at,
                           Severity severity = Severity::Error) {
  std::string near = closest(code, codes_of(context.campuses));
  Diagnostic d{severity,
               "unknown-campus",
               fmt::format("unknown campus \"{}\"", code),
               at,
               near.empty() ? "use the code of a campus" : "did you mean \"" + near + "\"?",
               {},
               Done::Skipped};
  context.findings.add(std::move(d));
}

/// Collects the catchments of one section by code, so that rows of one code become one catchment.
class CatchmentGatherer {
 public:
  CatchmentGatherer(PlaceContext& context, Section& section)
      : context_(&context),
        stage_(context.stage(section, "stage")),
        from_(section.integer("from", Catchment{}.from)),
        until_(section.integer("until", Catchment{}.until)) {
    if (auto rename = section.section("rename"))
      for (const std::string& key : rename->keys()) rename_[key] = rename->required_text(key);
  }

  /// The catchment of a row's code, made on first use; null where the row has none.
  Catchment* of_code(const std::string& written, const InputRef& at) {
    std::string code = written;
    auto by_row = rename_.find(fmt::format("#{}", at.row));
    if (by_row != rename_.end()) code = by_row->second;
    if (auto by_name = rename_.find(code); by_name != rename_.end()) code = by_name->second;
    if (code.empty()) return nullptr;
    auto [place, added] = by_code_.emplace(code, catchments_.size());
    if (added) {
      Catchment c;
      c.code = code;
      c.name = {code, code};
      c.stage = stage_;
      c.from = from_;
      c.until = until_;
      c.source = at;
      catchments_.push_back(std::move(c));
    }
    return &catchments_[place->second];
  }

  /// The same without a place in the file to point to, null where it was not read yet.
  [[nodiscard]] Catchment* known(const std::string& written) {
    return rename_.empty() ? find(written) : nullptr;
  }
  [[nodiscard]] StageId stage() const { return stage_; }
  [[nodiscard]] std::vector<Catchment>& catchments() { return catchments_; }
  [[nodiscard]] Catchment* find(const std::string& code) {
    auto found = by_code_.find(code);
    return found == by_code_.end() ? nullptr : &catchments_[found->second];
  }

 private:
  PlaceContext* context_;
  StageId stage_;
  Year from_, until_;
  std::map<std::string, std::string> rename_;
  std::unordered_map<std::string, std::size_t> by_code_;  // asked, never listed
  std::vector<Catchment> catchments_;
};

void add_campus(Catchment& catchment, CampusId campus) {
  if (std::ranges::count(catchment.campuses, campus) == 0) catchment.campuses.push_back(campus);
}

void gather_areas(PlaceContext& context, Section& section, CatchmentGatherer& gather) {
  Table table = read_layer(context, section, "catchments");
  FieldOf code = required_field(table, section, "code");
  FieldOf zh = field_of(table, section, "name_zh");
  FieldOf en = field_of(table, section, "name_en");
  FieldOf campuses = field_of(table, section, "campuses");
  for (std::size_t r = 0; r < table.rows(); ++r) {
    Catchment* catchment = gather.of_code(code.text(r), table.at(r));
    if (catchment == nullptr) {
      context.findings.error(
          "no-code", "catchment has no code", table.at(r, code.name),
          fmt::format("name it with rename = {{ \"#{}\" = \"…\" }}", table.at(r).row));
      continue;
    }
    if (!zh.text(r).empty()) catchment->name.zh = zh.text(r);
    if (!en.text(r).empty()) catchment->name.en = en.text(r);
    if (!table.shapes.empty())
      std::ranges::copy(table.shapes[r].areas, std::back_inserter(catchment->area));
    for (const std::string& campus : split_codes(campuses.text(r))) {
      auto found = context.campuses.find(campus);
      if (found == context.campuses.end())
        report_unknown_campus(context, campus, table.at(r, campuses.name));
      else
        add_campus(*catchment, found->second);
    }
  }
}

void gather_homes(PlaceContext& context, const std::string& field, CatchmentGatherer& gather) {
  bool found = false;
  for (const auto& kept : context.home_rows) {
    if (!kept.table.has(field)) continue;
    found = true;
    std::size_t column = kept.table.column(field, "catchments.home_field");
    for (std::size_t r = 0; r < kept.table.rows(); ++r) {
      const std::string code(kept.table.cells[r][column]);
      if (!kept.ids[r].valid() || is_missing(code)) continue;
      Catchment* c = gather.known(code);
      if (c == nullptr) c = gather.of_code(code, kept.table.at(r, field));
      if (c != nullptr) c->homes.push_back(kept.ids[r]);
    }
  }
  if (!found)
    throw Error("no homes table has a field \"" + field + "\"",
                context.file + ", catchments.home_field", "name a field of the homes table");
}

void gather_serving_campuses(PlaceContext& context, const std::string& field,
                             CatchmentGatherer& gather) {
  for (const auto& kept : context.campus_rows) {
    if (!kept.table.has(field)) continue;
    std::size_t column = kept.table.column(field, "catchments.campus_field");
    for (std::size_t r = 0; r < kept.table.rows(); ++r) {
      const std::string cell(kept.table.cells[r][column]);
      CampusId campus = kept.ids[r];
      if (!campus.valid() || is_missing(cell)) continue;
      if (!context.place.campuses[campus].stages[gather.stage()]) continue;
      for (const std::string& code : split_codes(cell)) {
        if (Catchment* c = gather.find(code))
          add_campus(*c, campus);
        else
          context.findings
              .warning("unknown-catchment", fmt::format("unknown catchment \"{}\"", code),
                       kept.table.at(r, field), "no catchment of this code was read")
              .done = Done::Skipped;
      }
    }
  }
}

}  // namespace

void read_catchments(PlaceContext& context, Section section) {
  CatchmentGatherer gather(context, section);
  if (section.has("file")) gather_areas(context, section, gather);
  std::string home_field = section.text("home_field");
  if (!home_field.empty()) gather_homes(context, home_field, gather);
  if (auto addresses = section.section("addresses"))
    for (const AddressedHome& lives : homes_by_address(context, std::move(*addresses)))
      if (Catchment* c = gather.of_code(lives.catchment, lives.at)) c->homes.push_back(lives.home);
  if (!section.has("file") && home_field.empty() && !section.has("addresses"))
    section.refuse("file", "is missing", "give a file of areas, home_field, or addresses");
  std::string campus_field = section.text("campus_field");
  if (!campus_field.empty()) gather_serving_campuses(context, campus_field, gather);
  section.finish(context.findings);
  for (Catchment& c : gather.catchments()) context.place.catchments.push_back(std::move(c));
}

void read_feeders(PlaceContext& context, Section section) {
  Table table = read_layer(context, section, "feeders");
  FieldOf from = required_field(table, section, "from");
  FieldOf to = required_field(table, section, "to");
  FieldOf since = field_of(table, section, "since");
  section.finish(context.findings);
  for (std::size_t r = 0; r < table.rows(); ++r) {
    auto a = context.campuses.find(from.text(r));
    auto b = context.campuses.find(to.text(r));
    if (a == context.campuses.end())
      report_unknown_campus(context, from.text(r), table.at(r, from.name));
    if (b == context.campuses.end())
      report_unknown_campus(context, to.text(r), table.at(r, to.name));
    if (a == context.campuses.end() || b == context.campuses.end()) continue;
    if (!leads_on(context.place, a->second, b->second))
      context.findings
          .warning(
              "feeder-leads-nowhere",
              fmt::format("{} teaches no stage that follows one of {}: the feeder does nothing",
                          b->first, a->first),
              table.at(r, to.name), "a feeder leads from a school of one stage to one of the next")
          .done = Done::Kept;
    Feeder feeder{a->second, b->second};
    feeder.since = year_in_cell(context, since, r).value_or(feeder.since);
    context.place.feeders.push_back(feeder);
  }
}

void read_group(PlaceContext& context, Section section) {
  Group group;
  group.code = section.required_text("code");
  group.name = section.name("name");
  auto campus = [&](Section& in, const std::string& key) {
    std::string code = in.required_text(key);
    auto found = context.campuses.find(code);
    if (found != context.campuses.end()) return found->second;
    report_unknown_campus(context, code, in.at(key));
    return CampusId();
  };
  if (auto sponsor = section.section("sponsor")) {
    group.sponsor = {sponsor->name("name"), sponsor->number("quality", 1.0),
                     sponsor->number("brand", 0.0)};
    if (group.sponsor->quality <= 0) sponsor->refuse("quality", "must be above 0", "1 is the mean");
    sponsor->finish(context.findings);
  }
  // A university leads without a campus of its own (高校附属).
  if (section.has("core") || !group.sponsor) group.core = campus(section, "core");
  group.one_team = section.flag("one_team", false);
  group.courses = section.names("courses");
  for (Section& member : section.sections("members")) {
    Tie tie;
    tie.member = campus(member, "campus");
    tie.form = member.required_text("form");
    if (std::ranges::count(context.forms, tie.form) == 0) {
      std::string near = closest(tie.form, context.forms);
      member.refuse("form", "unknown group form \"" + tie.form + "\"",
                    near.empty() ? fmt::format("use one of {}", fmt::join(context.forms, ", "))
                                 : "did you mean \"" + near + "\"?");
    }
    tie.since = member.integer("since", tie.since);
    tie.until = member.integer("until", tie.until);
    tie.practices = practices_of(member, context.practices);
    tie.courses = member.names("courses");
    member.finish(context.findings);
    if (tie.member.valid()) group.ties.push_back(tie);
  }
  section.finish(context.findings);
  if (group.core.valid() || group.sponsor) context.place.groups.push_back(std::move(group));
}

namespace {

/// The catchment that each row of observed numbers is about: from = "field", its words brought to
/// catchment codes by rename_from.
class CatchmentsOfRows {
 public:
  CatchmentsOfRows(PlaceContext& context, const Table& table, Section& section,
                   const Observation& seen)
      : context_(context), table_(table), stage_(seen.stage) {
    field_ = field_of(table, section, "from");
    if (auto names = section.section("rename_from"))
      for (const std::string& key : names->keys()) {
        code_of_[key] = names->required_text(key);
        if (!find_catchment(context.place, stage_, code_of_[key]).valid())
          names->refuse(key, "\"" + code_of_[key] + "\" is no catchment of the stage",
                        "use a code of [[catchments]]");
      }
  }
  [[nodiscard]] CatchmentId of(std::size_t row) const {
    if (!field_.present() || field_.text(row).empty()) return {};
    auto named = code_of_.find(field_.text(row));
    const std::string& code = named == code_of_.end() ? field_.text(row) : named->second;
    const CatchmentId id = find_catchment(context_.place, stage_, code);
    if (!id.valid())
      context_.findings.warning("unknown-catchment",
                                fmt::format("\"{}\" is no catchment of the stage", code),
                                table_.at(row, field_.name), "name it in rename_from");
    return id;
  }

 private:
  PlaceContext& context_;
  const Table& table_;
  StageId stage_;
  FieldOf field_;
  std::map<std::string, std::string> code_of_;
};

}  // namespace

void read_observed(PlaceContext& context, Section section) {
  Observation seen;
  seen.label = section.required_text("label");
  seen.year = section.required_integer("year");
  seen.stage = context.stage(section, "stage");
  Table table = read_layer(context, section, "observed");
  FieldOf campus = required_field(table, section, "campus");
  FieldOf pupils = required_field(table, section, "pupils");
  std::string key_field = section.text("campus_key");
  auto by_key = campuses_by(context, key_field, section.at("campus_key").text());
  const CatchmentsOfRows from(context, table, section, seen);
  section.finish(context.findings);
  std::map<CampusId, double> sums;
  std::map<std::pair<CatchmentId, CampusId>, double> flows;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    auto found = by_key.find(campus.text(r));
    if (found == by_key.end()) {
      report_unknown_campus(context, campus.text(r), table.at(r, campus.name), Severity::Warning);
      continue;
    }
    const double count = amount_in_cell(context, pupils, r, "pupils").value_or(0.0);
    sums[found->second] += count;
    if (CatchmentId lives = from.of(r); lives.valid()) flows[{lives, found->second}] += count;
  }
  seen.pupils.assign(sums.begin(), sums.end());
  for (const auto& [at, count] : flows) seen.flows.push_back({at.first, at.second, count});
  context.place.observations.push_back(std::move(seen));
}

}  // namespace doorstep::io
