// Lists of pupils (学籍): counted by home, school and age while they are in memory. Names, identity
// numbers, telephone numbers and flats are read for nothing else and go nowhere: after counting the
// rows are wiped, and neither findings nor reports quote a cell of them.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "geo/polygon.h"
#include "intake/making.h"

namespace doorstep::intake {
namespace {

struct Day {
  int year = 0, month = 0, day = 0;
};

/// "2015-03-09", "20150309", "2015/3/9", "2015年3月9日", "201503" (the first of the month).
std::optional<Day> day_of(const std::string& text) {
  std::vector<int> parts;
  std::string digits;
  auto end_part = [&] {
    if (!digits.empty()) parts.push_back(std::stoi(digits));
    digits.clear();
  };
  for (char c : text) {
    if (std::isdigit(static_cast<unsigned char>(c)) && digits.size() < 8)
      digits += c;
    else
      end_part();
    if (c == 'T' || (c == ' ' && parts.size() >= 3)) break;
  }
  if (parts.empty() && (digits.size() == 8 || digits.size() == 6)) {
    Day d{std::stoi(digits.substr(0, 4)), std::stoi(digits.substr(4, 2)),
          digits.size() == 8 ? std::stoi(digits.substr(6, 2)) : 1};
    digits.clear();
    parts = {d.year, d.month, d.day};
  }
  end_part();
  if (parts.size() < 2 || parts[0] < 1900 || parts[0] > 2200) return std::nullopt;
  Day day{parts[0], parts[1], parts.size() > 2 ? parts[2] : 1};
  if (day.month < 1 || day.month > 12 || day.day < 1 || day.day > 31) return std::nullopt;
  return day;
}

/// The day of birth inside an identity number; only the age leaves this function's caller.
std::optional<Day> birth_in_id(const std::string& id) {
  if (!looks_like_id_number(id)) return std::nullopt;
  return day_of(trimmed(id).substr(6, 8));
}

int age_at_cut_off(const Making& making, Day born) {
  int age = making.base_year - born.year;
  bool after = std::pair(born.month, born.day) >
               std::pair(making.country->cut_off_month, making.country->cut_off_day);
  return after ? age - 1 : age;
}

std::optional<int> age_of_row(const Making& making, const SourceLayer& layer, std::size_t row) {
  if (layer.has("birth_date"))
    if (auto born = day_of(layer.text(row, "birth_date"))) return age_at_cut_off(making, *born);
  for (const FieldGuess& f : layer.fields)
    if (f.meaning == "id_number")
      if (auto born = birth_in_id(layer.cell(row, f.column))) return age_at_cut_off(making, *born);
  if (auto grade = grade_of(layer.text(row, "grade")))
    return *grade + making.country->grade_one_age - 1;
  return std::nullopt;
}

/// An address without what tells a household: "人民路12号" of "人民路12号3单元501". What has no
/// house number or name of a block is no address and may be anything: nothing is kept of it.
std::string building_of(const std::string& address) {
  for (const char* mark : {"号", "小区", "社区", "村", "苑", "花园", "公寓"}) {
    std::size_t at = address.find(mark);
    if (at != std::string::npos && at > 0)
      return address.substr(0, at + std::string_view(mark).size());
  }
  return "";
}

/// What a home is called in a row: its community, else the building.
std::string home_key(const SourceLayer& layer, std::size_t row) {
  for (const char* m : {"community_code", "community"})
    if (std::string text = layer.text(row, m); !text.empty() && text.size() < 90) return text;
  for (const char* m : {"home_address", "address"})
    if (std::string text = building_of(layer.text(row, m)); !text.empty()) return text;
  if (row < layer.at.size() && layer.at[row]) {  // a point, to 100 m
    Xy at = *layer.at[row];
    return fmt::format("{:.0f} {:.0f}", std::round(at.x / 100) * 100, std::round(at.y / 100) * 100);
  }
  return "";
}

std::string school_of(const SourceLayer& layer, std::size_t row) {
  for (const char* m : {"name_zh", "name", "school"})
    if (std::string text = layer.text(row, m); !text.empty()) return text;
  return "";
}

void count_row(Making& making, const SourceLayer& layer, std::size_t row,
               std::map<std::string, std::size_t>& left_out) {
  auto age = age_of_row(making, layer, row);
  if (!age) {
    ++left_out["neither a day of birth nor a grade"];
    return;
  }
  if (*age < 0 || *age > 18) {
    ++left_out["an age outside 0 to 18"];
    return;
  }
  std::string home = home_key(layer, row);
  if (home.empty()) {
    ++left_out["no community, house number or position"];
    return;
  }
  CountedHome& counted = making.counted_homes[home];
  counted.ages.resize(19, 0.0);
  counted.ages[static_cast<std::size_t>(*age)] += 1.0;
  if (row < layer.at.size() && layer.at[row]) {
    counted.sum = counted.sum + *layer.at[row];
    ++counted.located;
  }
  if (counted.area.empty()) counted.area = layer.text(row, "area");
  std::string school = school_of(layer, row);
  if (school.empty()) return;
  counted.schools[folded_name(school)] += 1.0;
  CountedSchool& at = making.counted_schools[folded_name(school)];
  at.name = school;
  at.ages.resize(19, 0.0);
  at.ages[static_cast<std::size_t>(*age)] += 1.0;
}

/// Forgets the rows: nothing after this can write what it does not have.
void wipe(SourceLayer& layer) {
  layer.table.cells.wipe();
  layer.table.shapes.clear();
  layer.table.row_of.clear();
  layer.at.clear();
}

const MadeCampus* campus_of(const Making& making, const std::string& key) {
  for (const MadeCampus& c : making.campuses)
    if (c.name_key == key) return &c;
  return nullptr;
}

/// Where a counted home lies: as its rows say, else the area or the schools it is named with.
std::optional<Xy> place_of(const Making& making, const std::string& key, const CountedHome& home,
                           std::string& how) {
  if (home.located > 0) {
    how = "by coordinates in the list";
    return home.sum * (1.0 / static_cast<double>(home.located));
  }
  for (const std::string& name : {key, home.area}) {
    std::string folded = folded_name(name);
    for (const MadeArea& a : making.areas)
      if (!name.empty() && !a.shape.empty() &&
          (a.code == name || folded_name(a.name.zh) == folded ||
           folded_name(a.name.en) == folded)) {
        how = "in the middle of the area of their name";
        return interior_point(a.shape);
      }
  }
  Xy sum;
  double pupils = 0.0;
  for (const auto& [school, n] : home.schools)
    if (const MadeCampus* c = campus_of(making, school); c != nullptr && c->located) {
      sum = sum + c->at * n;
      pupils += n;
    }
  if (pupils == 0.0) return std::nullopt;
  how = "at the school their pupils attend, as nothing else locates them";
  return sum * (1.0 / pupils);
}

/// Homes by what a list may call them, folded.
std::map<std::string, std::size_t> homes_by_name(const Making& making) {
  std::map<std::string, std::size_t> out;
  for (std::size_t i = 0; i < making.homes.size(); ++i) {
    const MadeHome& h = making.homes[i];
    for (const std::string& name :
         {h.code, h.name, h.community, h.street.empty() ? std::string() : h.street + h.number})
      if (std::string key = folded_name(name); !key.empty()) out.emplace(key, i);
  }
  return out;
}

}  // namespace

void count_pupils(Making& making) {
  for (SourceLayer* layer : making.of(Role::PupilList)) {
    std::map<std::string, std::size_t> left_out;
    std::size_t rows = layer->table.rows();
    std::size_t dropped = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      std::size_t before = dropped;
      std::map<std::string, std::size_t> why;
      count_row(making, *layer, r, why);
      for (const auto& [reason, n] : why) {
        left_out[reason] += n;
        ++dropped;
      }
      layer->rows_used += dropped == before ? 1 : 0;
    }
    wipe(*layer);
    making.draft.findings.info(
        "pupil-list",
        fmt::format("{} of {} rows were counted by home, school and age; names, numbers and "
                    "telephones were not kept, and the file is not copied",
                    layer->rows_used, rows),
        {layer->shown, 0, ""});
    for (const auto& [reason, n] : left_out)
      making.draft.findings.warning("rows-left-out", fmt::format("{} rows have {}", n, reason),
                                    {layer->shown, 0, ""}, "they are not counted");
  }
  bool none = making.campuses.empty();
  for (const auto& [key, counted] : making.counted_schools) {
    auto known = std::ranges::find(making.campuses, key, &MadeCampus::name_key);
    if (known == making.campuses.end()) {
      if (!none) {
        making.draft.findings.warning(
            "unknown-campus", fmt::format("\"{}\" is no school given here", counted.name),
            {"pupil list", 0, ""}, "write its name as the other table does");
        continue;
      }
      MadeCampus c;
      c.code = made_code("S", making.campuses.size() + 1, making.counted_schools.size());
      c.name.zh = counted.name;
      c.name_key = key;
      c.source = {"pupil list", 0, ""};
      making.campuses.push_back(std::move(c));
      known = making.campuses.end() - 1;
    }
    for (int a = 0; a < 19; ++a) {
      double n = counted.ages[static_cast<std::size_t>(a)];
      std::string kind = n > 0 ? kind_of_age(making, a) : "";
      if (!kind.empty() && (known->offers.empty() || known->offers.count(kind) > 0))
        known->offers[kind].counted += n;
    }
    if (none && known->offers.empty()) {
      for (int a = 0; a < 19; ++a)
        if (double n = counted.ages[static_cast<std::size_t>(a)]; n > 0)
          known->offers[kind_of_age(making, a)].counted += n;
    }
  }
  std::erase_if(making.campuses, [&](const MadeCampus& c) { return none && c.offers.empty(); });
}

void home_counted_pupils(Making& making) {
  std::map<std::string, std::size_t> how_many;
  std::size_t lost = 0;
  double lost_pupils = 0.0;
  std::size_t n = 0;
  std::map<std::string, std::size_t> known = homes_by_name(making);
  for (auto& [key, counted] : making.counted_homes) {
    counted.ages.resize(static_cast<std::size_t>(std::max(making.ages(), 19)), 0.0);
    auto found = known.find(folded_name(key));
    MadeHome* home = found == known.end() ? nullptr : &making.homes[found->second];
    if (home == nullptr) {
      std::string how;
      auto at = place_of(making, key, counted, how);
      if (!at) {
        ++lost;
        for (double a : counted.ages) lost_pupils += a;
        continue;
      }
      ++how_many[how];
      MadeHome made;
      made.code = made_code("H", ++n, making.counted_homes.size());
      made.name = made.community = key;
      made.at = *at;
      made.area = counted.area;
      made.source = {"pupil list", 0, ""};
      making.homes.push_back(std::move(made));
      home = &making.homes.back();
    }
    if (home->ages.empty()) home->ages.assign(counted.ages.size(), 0.0);
    for (std::size_t a = 0; a < std::min(home->ages.size(), counted.ages.size()); ++a)
      home->ages[a] += counted.ages[a];
  }
  for (const auto& [how, count] : how_many)
    making.assume("homes.positions", fmt::format("{} homes {}", count, how), "from the pupil list");
  if (lost > 0)
    making.draft.findings.warning(
        "home-without-position",
        fmt::format("{} homes with {:.0f} pupils have no position and are left out", lost,
                    lost_pupils),
        {"pupil list", 0, ""}, "give a table of communities with coordinates");
  for (MadeHome& h : making.homes)  // a layer of homes and a list: homes without pupils have none
    if (!making.counted_homes.empty() && h.ages.empty())
      h.ages.assign(static_cast<std::size_t>(making.ages()), 0.0);
}

}  // namespace doorstep::intake
