#include "place/area_codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace doorstep {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// A code of the place with where it stands.
struct Coded {
  std::string code;
  InputRef at;
  std::optional<MapSpot> spot;
};

/// Codes of one kind of thing, as far as they begin with a digit: no other is in question.
struct CodeList {
  const char* what;
  std::vector<Coded> items;
  std::size_t all = 0;
};

/// One finding for many codes of the same fault: the first stands for all.
class Fault {
 public:
  void add(const Coded& item) {
    if (count_++ == 0) first_ = item;
  }
  [[nodiscard]] int count() const { return count_; }
  [[nodiscard]] const Coded& first() const { return first_; }
  void say(Diagnostics& out, const char* code, const std::string& what, std::string hint) const {
    if (count_ == 0) return;
    std::string more = count_ > 1 ? fmt::format(", first of {}", count_) : "";
    out.add({Severity::Warning, code, fmt::format("code {} {}{}", first_.code, what, more),
             first_.at, std::move(hint), first_.spot});
  }

 private:
  int count_ = 0;
  Coded first_;
};

std::vector<CodeList> lists_of(const Place& place) {
  auto list = [](const char* what, const auto& things, auto&& spot_of) {
    CodeList out{what, {}, things.size()};
    for (const auto& thing : things) {
      if (thing.code.empty() || thing.code[0] < '0' || thing.code[0] > '9') continue;
      InputRef at = thing.source;
      at.field = "code";
      out.items.push_back({thing.code, at, spot_of(thing)});
    }
    return out;
  };
  auto at_point = [](const auto& thing) { return std::optional(MapSpot{thing.at.x, thing.at.y}); };
  auto in_shape = [](const Area& area) -> std::optional<MapSpot> {
    if (area.shape.empty()) return std::nullopt;
    Xy middle = bounds(area.shape).centre();
    return MapSpot{middle.x, middle.y};
  };
  return {list("area", place.areas, in_shape), list("home", place.homes, at_point),
          list("campus", place.campuses, at_point)};
}

void check_changes(const CodeList& list, std::span<const AreaCodeChange> changes,
                   Diagnostics& out) {
  for (const AreaCodeChange& change : changes) {
    Fault fault;
    for (const Coded& item : list.items)
      if (looks_like_area_code(item.code) && item.code.starts_with(change.from)) fault.add(item);
    if (fault.count() == 0) continue;
    fault.say(out, "code-of-another-year",
              fmt::format("({}) is of {} {}, which is {} {} since {}", list.what, change.name_from,
                          change.from, change.name_to, change.to, change.year),
              fmt::format("use {}{}, or bring the other tables to the same year ({})", change.to,
                          fault.first().code.substr(6), change.source));
  }
}

/// The counties that codes may begin with: as the place says, else the one that most begin with.
std::vector<std::string> known_counties(const Place& place, const CodeList& list) {
  if (!place.counties.empty()) return place.counties;
  std::map<std::string, int> begins;
  int all = 0;
  for (const Coded& item : list.items)
    if (looks_like_area_code(item.code)) {
      ++begins[item.code.substr(0, 6)];
      ++all;
    }
  // Only where nearly all are of one county is another a doubt; a city has several by right.
  for (const auto& [county, count] : begins)
    if (count < all && count >= 0.9 * all) return {county};
  return {};
}

void check_counties(const Place& place, const CodeList& list,
                    std::span<const AreaCodeChange> changes, Diagnostics& out) {
  std::vector<std::string> counties = known_counties(place, list);
  if (counties.empty()) return;
  auto changed = [&](const std::string& code) {  // said already, with its remedy
    return std::ranges::any_of(changes,
                               [&](const AreaCodeChange& c) { return code.starts_with(c.from); });
  };
  Fault fault;
  for (const Coded& item : list.items)
    if (looks_like_area_code(item.code) && !changed(item.code) &&
        std::ranges::count(counties, item.code.substr(0, 6)) == 0)
      fault.add(item);
  fault.say(out, "code-of-another-county",
            fmt::format("({}) does not begin with {}", list.what, counties.front()),
            "check the row, or name its county in counties = [ … ]");
}

/// Where most codes are administrative ones, one of another form is a doubt.
void check_length(const CodeList& list, Diagnostics& out) {
  std::map<std::size_t, std::size_t> by_length;
  for (const Coded& item : list.items)
    if (looks_like_area_code(item.code)) ++by_length[item.code.size()];
  auto most = std::ranges::max_element(by_length, {}, [](const auto& l) { return l.second; });
  if (most == by_length.end() || most->first < 9) return;
  if (static_cast<double>(most->second) < 0.8 * static_cast<double>(list.all)) return;
  Fault fault;
  for (const Coded& item : list.items)
    if (all_digits(item.code) && item.code.size() != most->first) fault.add(item);
  fault.say(out, "code-length",
            fmt::format("({}) has {} digits, the others {}", list.what,
                        fault.count() > 0 ? fault.first().code.size() : 0, most->first),
            "a zero may be lost in front, or the row is of another level");
}

void check_spreadsheet(const CodeList& list, Diagnostics& out) {
  Fault fault;
  for (const Coded& item : list.items)
    if (looks_broken_by_spreadsheet(item.code)) fault.add(item);
  fault.say(out, "code-broken", fmt::format("({}) was made a number by a spreadsheet", list.what),
            "export the table again with this column as text: its last digits are lost");
}

}  // namespace

bool looks_like_area_code(std::string_view code) {
  bool length = code.size() == 6 || code.size() == 9 || code.size() == 12;
  // The first digit is one of eight regions, the first two a province.
  return length && all_digits(code) && code[0] >= '1' && code[0] <= '8' && code[1] != '0';
}

bool looks_broken_by_spreadsheet(std::string_view code) {
  std::size_t e = code.find_first_of("eE");
  if (e != std::string_view::npos) {
    std::string_view mantissa = code.substr(0, e);
    std::string_view exponent = code.substr(e + 1);
    std::size_t dot = mantissa.find('.');
    return exponent.size() > 1 && exponent[0] == '+' && all_digits(exponent.substr(1)) &&
           dot == 1 && all_digits(mantissa.substr(0, 1)) && all_digits(mantissa.substr(2));
  }
  return code.size() > 7 && code.ends_with(".0") && all_digits(code.substr(0, code.size() - 2));
}

void check_area_codes(const Place& place, std::span<const AreaCodeChange> changes,
                      Diagnostics& out) {
  for (const CodeList& list : lists_of(place)) {
    check_spreadsheet(list, out);
    check_changes(list, changes, out);
    check_counties(place, list, changes, out);
    check_length(list, out);
  }
}

}  // namespace doorstep
