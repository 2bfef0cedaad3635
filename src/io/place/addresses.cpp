#include "io/place/addresses.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/error.h"
#include "base/text.h"

namespace doorstep::io {
namespace {

/// Full-width digits, letters and signs (U+FF01 … U+FF5E) as their plain ones, the wide space as
/// one.
std::string half_width(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto byte = [&](std::size_t k) {
      return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U;
    };
    if (byte(0) == 0xEF && (byte(1) == 0xBC || byte(1) == 0xBD)) {
      unsigned code = ((byte(0) & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
      if (code >= 0xFF01 && code <= 0xFF5E) {
        out += static_cast<char>(code - 0xFEE0);
        i += 3;
        continue;
      }
    }
    if (byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) {
      out += ' ';
      i += 3;
      continue;
    }
    out += text[i++];
  }
  return out;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The number that starts at `at`, which moves past it; 0 where it is none or beyond reason.
int take_number(const std::string& text, std::size_t& at) {
  long value = 0;
  while (at < text.size() && is_digit(text[at])) {
    value = std::min(value * 10 + (text[at] - '0'), 10'000'000L);
    ++at;
  }
  return value < 10'000'000L ? static_cast<int>(value) : 0;
}

/// Takes words of odd and even out of a piece and says which it was.
Parity take_parity(std::string& piece) {
  Parity parity = Parity::All;
  static const std::array<std::pair<const char*, Parity>, 12> kWords{{{"单号", Parity::Odd},
                                                                      {"奇数", Parity::Odd},
                                                                      {"奇号", Parity::Odd},
                                                                      {"单侧", Parity::Odd},
                                                                      {"(odd)", Parity::Odd},
                                                                      {" odd", Parity::Odd},
                                                                      {"双号", Parity::Even},
                                                                      {"偶数", Parity::Even},
                                                                      {"偶号", Parity::Even},
                                                                      {"双侧", Parity::Even},
                                                                      {"(even)", Parity::Even},
                                                                      {" even", Parity::Even}}};
  for (const auto& [word, meaning] : kWords) {
    std::size_t at = piece.find(word);
    if (at == std::string::npos) continue;
    piece.erase(at, std::string_view(word).size());
    parity = meaning;
  }
  replace_all(piece, "()", "");
  return parity;
}

bool names_street(const std::string& text) {
  static const std::array<std::string_view, 15> kEnds{"路",     "街",   "巷",   "大道",   "道",
                                                      "胡同",   "弄",   "里弄", "street", "road",
                                                      "avenue", "lane", "st",   "rd",     "ave"};
  std::string lower = lower_ascii(trimmed(text));
  return std::ranges::any_of(kEnds, [&](std::string_view end) { return lower.ends_with(end); });
}

std::vector<std::string> pieces_of(std::string text) {
  for (const char* mark : {"；", "、", "，", "。", "\n", "\r", ","}) replace_all(text, mark, ";");
  std::vector<std::string> out;
  std::size_t start = 0;
  while (start <= text.size()) {
    std::size_t end = std::min(text.find(';', start), text.size());
    if (std::string piece = trimmed(text.substr(start, end - start)); !piece.empty())
      out.push_back(piece);
    start = end + 1;
  }
  return out;
}

/// "1-99", "2号至100号", "100号以上", "12号" from the first digit on; what follows stays in `rest`.
bool take_range(const std::string& text, AddressRange& range, std::string& rest) {
  std::string plain = text;
  for (const char* sign : {"至", "到", "~", "—", "–", "－", "～"}) replace_all(plain, sign, "-");
  replace_all(plain, "号", "");
  replace_all(plain, "--", "-");
  std::size_t at = 0;
  range.from = take_number(plain, at);
  while (at < plain.size() && plain[at] == ' ') ++at;
  range.to = range.from;
  if (at < plain.size() && plain[at] == '-') {
    ++at;
    while (at < plain.size() && plain[at] == ' ') ++at;
    range.to = take_number(plain, at);
  }
  rest = trimmed(plain.substr(at));
  for (const char* word : {"以上", "以后", "及以上", "起"})
    if (rest.rfind(word, 0) == 0) {
      range.to = INT_MAX;
      rest = trimmed(rest.substr(std::string_view(word).size()));
    }
  for (const char* word : {"以下", "以前"})
    if (rest.rfind(word, 0) == 0) {
      range.to = range.from;
      range.from = 1;
      rest = trimmed(rest.substr(std::string_view(word).size()));
    }
  return range.from > 0 && range.to >= range.from;
}

bool share_parity(Parity a, Parity b) { return a == Parity::All || b == Parity::All || a == b; }

bool has_parity(Parity parity, int number) {
  return parity == Parity::All || (number % 2 == 1) == (parity == Parity::Odd);
}

const char* parity_word(Parity parity) {
  return parity == Parity::Odd ? " odd" : parity == Parity::Even ? " even" : "";
}

std::string range_text(const AddressRange& range) {
  std::string to = range.to == INT_MAX ? "…" : std::to_string(range.to);
  return fmt::format("{}-{}{}", range.from, to, parity_word(range.parity));
}

/// One side of a street, its ranges in order of number.
void report_side(std::vector<const CatchmentRange*> side, Parity parity, Diagnostics& findings) {
  std::ranges::stable_sort(side, [](const CatchmentRange* a, const CatchmentRange* b) {
    return a->range.from < b->range.from;
  });
  int reached = 0;
  for (const CatchmentRange* r : side) {
    int first = r->range.from;
    while (!has_parity(parity, first)) ++first;
    int next = reached + 1;
    while (!has_parity(parity, next)) ++next;
    if (reached > 0 && reached < INT_MAX && first > next) {
      int last = first - 1;
      while (!has_parity(parity, last)) --last;
      findings.warning("address-gap",
                       fmt::format("{} {} to {}{} are in no catchment", r->written, next, last,
                                   parity_word(parity)),
                       r->at, "widen a range, if there are homes");
    }
    reached = std::max(reached, r->range.to);
    if (reached == INT_MAX) return;
  }
}

/// Whether a home's street is the one meant: 滨城区人民路 is 人民路.
bool is_same_street(const std::string& meant, const std::string& written) {
  if (meant == written) return true;
  if (meant.empty() || !written.ends_with(meant)) return false;
  std::string before = written.substr(0, written.size() - meant.size());
  return std::ranges::any_of(std::array{"省", "市", "区", "县", "镇", "乡", "街道", ","},
                             [&](const char* end) { return before.ends_with(end); });
}

AddressRange range_of_fields(const std::string& community, const std::string& street,
                             const std::string& from, const std::string& to, Parity parity) {
  AddressRange range;
  range.parity = parity;
  if (street.empty()) {
    range.community = folded_address(community);
    return range;
  }
  range.street = folded_address(street);
  std::size_t at = 0;
  std::string plain = half_width(from);
  if (!plain.empty()) range.from = take_number(plain, at);
  at = 0;
  plain = half_width(to);
  if (!plain.empty()) range.to = take_number(plain, at);
  return range;
}

/// The rows of the address table as ranges.
std::vector<CatchmentRange> read_ranges(PlaceContext& context, const Table& table,
                                        Section& section) {
  FieldOf catchment = required_field(table, section, "catchment");
  FieldOf text = field_of(table, section, "text");
  FieldOf community = field_of(table, section, "community");
  FieldOf street = field_of(table, section, "street");
  FieldOf from = field_of(table, section, "from");
  FieldOf to = field_of(table, section, "to");
  FieldOf parity = field_of(table, section, "parity");
  if (!text.present() && !community.present() && !street.present())
    section.refuse("street", "is missing", "name the field of streets, of communities, or of text");
  std::vector<CatchmentRange> out;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    if (catchment.text(r).empty()) {
      context.findings.error("no-code", "address without a catchment", table.at(r, catchment.name),
                             "write the code of its catchment");
      continue;
    }
    std::vector<std::string> lost;
    for (AddressRange& range : parse_addresses(text.text(r), lost)) {
      std::string written = range.street;
      out.push_back({catchment.text(r), std::move(range), written, table.at(r, text.name)});
    }
    for (const std::string& piece : lost)
      context.findings.warning("address-unclear", fmt::format("\"{}\" is no address", piece),
                               table.at(r, text.name), "write 街路 1-99号单号, or a community");
    if (community.text(r).empty() && street.text(r).empty()) continue;
    auto side = parity_of(parity.text(r));
    if (!side)
      context.findings.error("address-parity",
                             fmt::format("\"{}\" is neither odd nor even", parity.text(r)),
                             table.at(r, parity.name), "write 单号, 双号 or nothing");
    AddressRange range = range_of_fields(community.text(r), street.text(r), from.text(r),
                                         to.text(r), side.value_or(Parity::All));
    if (range.from < 1 || range.to < range.from) {
      context.findings.error(
          "address-range",
          fmt::format("\"{}\" to \"{}\" is no range of numbers", from.text(r), to.text(r)),
          table.at(r, from.name), "write whole numbers, the smaller first");
      continue;
    }
    out.push_back({catchment.text(r), std::move(range), street.text(r), table.at(r, street.name)});
  }
  return out;
}

/// The address of a row of the homes table.
HomeAddress address_of_row(const FieldOf& community, const FieldOf& street, const FieldOf& number,
                           const FieldOf& address, std::size_t row) {
  HomeAddress home;
  if (!address.text(row).empty()) home = parse_home_address(address.text(row));
  if (!street.text(row).empty()) {
    HomeAddress written = parse_home_address(street.text(row));
    home.street = written.number > 0 ? written.street : folded_address(street.text(row));
    if (written.number > 0) home.number = written.number;
  }
  std::string plain = half_width(number.text(row));
  std::size_t at = static_cast<std::size_t>(std::ranges::find_if(plain, is_digit) - plain.begin());
  if (at < plain.size()) home.number = take_number(plain, at);
  home.community = folded_address(community.text(row));
  return home;
}

}  // namespace

std::string folded_address(const std::string& text) {
  std::string out;
  for (char c : lower_ascii(half_width(text)))
    if (c != ' ' && c != '\t' && c != '.') out += c;
  return out;
}

std::optional<Parity> parity_of(const std::string& word) {
  std::string plain = folded_address(word);
  if (plain.empty() || plain == "全部" || plain == "all" || plain == "单双" || plain == "单双号")
    return Parity::All;
  for (const char* odd : {"单", "单号", "奇", "奇数", "奇号", "odd"})
    if (plain == odd) return Parity::Odd;
  for (const char* even : {"双", "双号", "偶", "偶数", "偶号", "even"})
    if (plain == even) return Parity::Even;
  return std::nullopt;
}

std::vector<AddressRange> parse_addresses(const std::string& text,
                                          std::vector<std::string>& not_understood) {
  std::vector<AddressRange> out;
  std::string street;
  for (const std::string& written : pieces_of(half_width(text))) {
    std::string piece = written;
    AddressRange range;
    range.parity = take_parity(piece);
    piece = trimmed(piece);
    auto digit = static_cast<std::size_t>(std::ranges::find_if(piece, is_digit) - piece.begin());
    if (digit == piece.size()) {
      if (names_street(piece) || range.parity != Parity::All) {
        if (!piece.empty()) street = folded_address(piece);
        range.street = street;
      } else {
        range.community = folded_address(piece);
      }
      if (range.street.empty() && range.community.empty()) {
        not_understood.push_back(written);
        continue;
      }
      out.push_back(range);
      continue;
    }
    std::string rest;
    bool good = take_range(piece.substr(digit), range, rest);
    std::string before = trimmed(piece.substr(0, digit));
    if (before.empty() && !rest.empty()) before = rest;  // "1-99 Main Street"
    if (!before.empty()) street = folded_address(before);
    range.street = street;
    if (good && !range.street.empty())
      out.push_back(range);
    else
      not_understood.push_back(written);
  }
  return out;
}

HomeAddress parse_home_address(const std::string& text) {
  std::string plain = half_width(text);
  HomeAddress home;
  auto digit = static_cast<std::size_t>(std::ranges::find_if(plain, is_digit) - plain.begin());
  if (digit == plain.size()) {
    home.street = folded_address(plain);
    return home;
  }
  std::size_t at = digit;
  home.number = take_number(plain, at);
  std::string before = plain.substr(0, digit);
  std::string after = trimmed(plain.substr(at));
  home.street = folded_address(trimmed(before).empty() ? after : before);
  return home;
}

bool covers(const AddressRange& range, const HomeAddress& home) {
  if (!range.community.empty()) return range.community == home.community;
  if (!is_same_street(range.street, home.street)) return false;
  if (home.number == 0)
    return range.from <= 1 && range.to == INT_MAX && range.parity == Parity::All;
  return home.number >= range.from && home.number <= range.to &&
         has_parity(range.parity, home.number);
}

void report_ranges(const std::vector<CatchmentRange>& ranges, Diagnostics& findings) {
  std::map<std::string, std::vector<const CatchmentRange*>> by_street;
  std::map<std::string, const CatchmentRange*> by_community;
  for (const CatchmentRange& r : ranges) {
    if (r.range.community.empty()) {
      by_street[r.range.street].push_back(&r);
      continue;
    }
    auto [at, first] = by_community.emplace(r.range.community, &r);
    if (!first && at->second->catchment != r.catchment)
      findings.warning("address-overlap",
                       fmt::format("{} is in catchment {} and in {}", r.range.community,
                                   at->second->catchment, r.catchment),
                       r.at, "leave it in one of them; the first is used");
  }
  for (const auto& [street, all] : by_street) {
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) {
        const AddressRange& a = all[j]->range;
        const AddressRange& b = all[i]->range;
        bool both = a.from <= b.to && b.from <= a.to && share_parity(a.parity, b.parity);
        if (both && all[i]->catchment != all[j]->catchment)
          findings.warning(
              "address-overlap",
              fmt::format("{} {} of catchment {} overlaps {} of {}", all[i]->written, range_text(b),
                          all[i]->catchment, range_text(a), all[j]->catchment),
              all[i]->at, "leave each number in one catchment; the first is used");
      }
    for (Parity parity : {Parity::Odd, Parity::Even}) {
      std::vector<const CatchmentRange*> side;
      for (const CatchmentRange* r : all)
        if (share_parity(r->range.parity, parity)) side.push_back(r);
      report_side(std::move(side), parity, findings);
    }
  }
}

std::vector<AddressedHome> homes_by_address(PlaceContext& context, Section section) {
  Table table = read_layer(context, section, "addresses");
  std::vector<CatchmentRange> ranges = read_ranges(context, table, section);
  report_ranges(ranges, context.findings);
  std::vector<AddressedHome> out;
  std::size_t outside = 0;
  for (const auto& kept : context.home_rows) {
    FieldOf community = field_of(kept.table, section, "home_community");
    FieldOf street = field_of(kept.table, section, "home_street");
    FieldOf number = field_of(kept.table, section, "home_number");
    FieldOf address = field_of(kept.table, section, "home_address");
    if (!community.present() && !street.present() && !address.present())
      section.refuse("home_address", "is missing",
                     "name the homes' field of addresses, of streets, or of communities");
    for (std::size_t r = 0; r < kept.table.rows(); ++r) {
      if (!kept.ids[r].valid()) continue;
      HomeAddress home = address_of_row(community, street, number, address, r);
      auto found = std::ranges::find_if(
          ranges, [&](const CatchmentRange& range) { return covers(range.range, home); });
      if (found == ranges.end())
        ++outside;
      else
        out.push_back({kept.ids[r], found->catchment, kept.table.at(r)});
    }
  }
  section.finish(context.findings);
  if (outside > 0)
    context.findings.info("address-outside",
                          fmt::format("{} homes have an address in no catchment", outside),
                          {table.file, 0, ""}, "add their community or their street's numbers");
  return out;
}

}  // namespace doorstep::io
