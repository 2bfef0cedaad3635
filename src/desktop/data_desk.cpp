#include "desktop/data_desk.h"

#include <cctype>

#include "base/error.h"
#include "base/platform.h"
#include "base/text.h"
#include "io/config.h"
#include "io/scenario/scenario_file.h"
#include "session/edit_words.h"
#include "session/place_pack.h"

namespace doorstep::desktop {

namespace fs = std::filesystem;
using session::SideJob;

namespace {

/// A name for the place from what was dropped: letters, digits, - and _ as they are.
std::string code_from(const std::vector<fs::path>& files) {
  const fs::path first = files.empty() ? fs::path("place") : files.front();
  const fs::path named = files.size() > 1 ? first.parent_path() : first;
  std::string out;
  for (char c : named.stem().string()) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_' ? c : '-';
  }
  return out.empty() ? "place" : out;
}

std::vector<std::string> forms_of(const session::OpenPlace& opened) {
  std::vector<std::string> out;
  for (const auto& [form, rates] : opened.forms) out.push_back(form);
  return out;
}

}  // namespace

void DataDesk::cancel() {
  if (busy()) {
    job_.cancel();
    if (sheet_ == Sheet::Import && import_.draft) return;  // back to the draft
    if (sheet_ == Sheet::Carry && carry_.to) return;
  } else if (sheet_ == Sheet::Campuses && table_.pending) {
    table_.pending.reset();
    return;
  }
  sheet_ = Sheet::None;
}

bool DataDesk::poll() {
  if (held_ || !job_.poll()) return false;
  const std::string failure = job_.take_error();
  if (failure.empty()) return true;
  say(failure, true);
  if (sheet_ == Sheet::Import && !import_.draft) sheet_ = Sheet::None;
  if (sheet_ == Sheet::Carry && !carry_.to) sheet_ = Sheet::None;
  return true;
}

std::pair<std::string, bool> DataDesk::take_word() { return std::exchange(word_, {}); }
std::optional<Opening> DataDesk::take_opening() { return std::exchange(opening_, {}); }

void DataDesk::import(std::vector<fs::path> files) {
  import_ = {};
  import_.request.code = code_from(files);
  import_.request.files = std::move(files);
  sheet_ = Sheet::Import;
  job_.start([this, request = import_.request](Progress& progress) -> SideJob::Done {
    auto draft = std::make_shared<intake::Draft>(intake::draft_place(request, progress));
    return [this, draft] {
      import_.draft = std::move(*draft);
      import_.answers.clear();
      for (const intake::Question& q : import_.draft->questions)
        import_.answers[q.guess.key] = q.guess.taken_as;
    };
  });
}

void DataDesk::make_place(const fs::path& folder) {
  if (import_.request.code.empty()) import_.request.code = code_from({folder});
  for (const auto& [key, value] : import_.answers)
    if (!value.empty()) import_.request.confirmed[key] = value;
  job_.start([this, folder, request = import_.request](Progress& progress) -> SideJob::Done {
    auto draft = std::make_shared<intake::Draft>(intake::draft_place(request, progress));
    if (draft->questions.empty()) intake::write_draft(*draft, folder, false);
    return [this, draft, folder] {
      import_.draft = std::move(*draft);
      for (const intake::Question& q : import_.draft->questions)
        import_.answers.emplace(q.guess.key, q.guess.taken_as);
      if (!import_.draft->questions.empty()) return;  // the dialogue asks them
      sheet_ = Sheet::None;
      opening_ = Opening{folder, {}, {}, {}, {}, true};
    };
  });
}

void DataDesk::pack(const fs::path& file) {
  // The plan as it stands, saved or not, goes along.
  job_.start([this, file, opened = document_.opened_place(),
              plan = document_.scenario()](Progress& progress) -> SideJob::Done {
    const fs::path aside =
        user_cache_folder() / ("pack-" + std::to_string(process_id())) / "scenario.toml";
    std::vector<fs::path> plans;
    if (!plan.edits.empty()) {
      fs::create_directories(aside.parent_path());
      io::write_scenario(plan, opened->place, aside);
      plans.push_back(aside);
    }
    session::pack_place(opened->given, plans, file, progress);
    std::error_code ignored;
    fs::remove_all(aside.parent_path(), ignored);
    return [this, file] { say(file.string(), false); };
  });
}

void DataDesk::show_foreign(std::string name, const Diagnostics& findings) {
  foreign_ = std::move(name);
  findings_ = session::findings_to_walk(findings, Place{});
  for (session::Finding& f : findings_) {
    f.pin = 0;  // the map is of another place
    f.what.spot.reset();
  }
  findings_open_ = true;
}

const std::vector<session::Finding>& DataDesk::findings() {
  if (!foreign_.empty()) return findings_;
  const auto current = document_.current();
  const void* of = current ? static_cast<const void*>(current.get()) : &document_.opened();
  if (of == findings_of_) return findings_;
  findings_of_ = of;
  findings_ =
      current ? session::findings_to_walk(current->findings, current->place)
              : session::findings_to_walk(document_.opened().findings, document_.opened().place);
  at_finding.reset();
  return findings_;
}

Place DataDesk::planned() const {
  const auto current = document_.current();
  if (current && document_.up_to_date()) return current->place;
  const session::OpenPlace& opened = document_.opened();
  return doorstep::apply(opened.place, document_.scenario(), forms_of(opened)).value;
}

void DataDesk::open_table(const std::string& stage, Year year) {
  const Place place = planned();
  table_ = {};
  table_.stage = stage;
  table_.year = year;
  table_.rows = session::campus_sheet(place, find_stage(place, stage), year);
  sheet_ = Sheet::Campuses;
  filter_table();
}

void DataDesk::filter_table() {
  table_.complaint.clear();
  try {
    table_.shown = session::filtered_rows(table_.rows, table_.filter);
  } catch (const Error& e) {
    table_.complaint = e.message();
  }
  if (table_.at_row >= table_.shown.size()) table_.at_row = 0;
}

void DataDesk::paste(const std::string& text) {
  const auto block = session::cells_of_tsv(text);
  if (block.empty()) return;
  table_.pending =
      session::paste(table_.rows, table_.shown, table_.at_row, table_.at_column, block);
}

void DataDesk::set_column() {
  std::vector<std::size_t> rows;
  for (const std::size_t r : table_.shown)
    if (table_.chosen.empty() || table_.chosen.contains(r)) rows.push_back(r);
  table_.pending = session::set_column(table_.rows, rows, table_.at_column, table_.value);
}

void DataDesk::apply_pending() {
  if (!table_.pending) return;
  const auto edits = session::edits_of(table_.rows, *table_.pending, table_.stage, table_.year);
  const std::string cells = std::to_string(table_.pending->changes.size());
  if (edits.empty()) {
    table_.pending.reset();
    return;
  }
  try {
    document_.add_edits(edits, {"表格修改 " + cells + " 格", "Table: " + cells + " cells"});
  } catch (const Error& e) {
    return say(e.message(), true);
  }
  sheet_ = Sheet::None;
}

void DataDesk::carry_to(const fs::path& place) {
  carry_ = {};
  sheet_ = Sheet::Carry;
  job_.start([this, place](Progress& progress) -> SideJob::Done {
    auto to = session::open_place(place, progress);
    to->findings.throw_first_error();
    return [this, to] {
      carry_.to = to;
      carry_again();
    };
  });
}

void DataDesk::carry_again() {
  carry_.carried = session::carry(document_.scenario(), &document_.opened().place, carry_.to->place,
                                  forms_of(*carry_.to), carry_.recoded);
}

void DataDesk::recode(const session::Orphan& orphan) {
  if (orphan.nearest.empty() || orphan.code.empty()) return;
  carry_.recoded[orphan.code] = orphan.nearest;
  carry_again();
}

void DataDesk::open_carried() {
  opening_ = Opening{carry_.to->given, {}, {}, carry_.to, carry_.carried.scenario, false};
  sheet_ = Sheet::None;
}

const PlanCost& DataDesk::costs() {
  if (!standards_) standards_ = io::load_costs();
  if (costs_revision_ != document_.revision()) {
    costs_revision_ = document_.revision();
    costs_ = plan_cost(document_.opened().place, document_.scenario(), *standards_);
    edit_names_ = session::edit_names_of(document_.opened().place, document_.scenario());
    cost_edit.reset();
    budget_text = costs_.budget ? grouped(*costs_.budget) : "";
  }
  return costs_;
}

const EditNames& DataDesk::edit_names() {
  (void)costs();  // both are of the plan as it stands
  return edit_names_;
}

namespace {

/// An amount as people write it; nothing for an empty field. Throws: Error where it is none.
std::optional<double> amount_in(std::string text) {
  std::erase(text, ',');
  std::erase(text, ' ');
  if (text.empty()) return std::nullopt;
  double factor = 1.0;
  for (const auto& [unit, times] : {std::pair{"亿", 1e8}, std::pair{"万", 1e4}})
    if (text.ends_with(unit)) {
      text.erase(text.size() - std::string(unit).size());
      factor = times;
    }
  double value = 0.0;
  if (!parse_number(text, value) || value < 0)
    throw Error("\"" + text + "\" is no amount", "cost", "write 60000000 or 6000万");
  return value * factor;
}

}  // namespace

void DataDesk::set_cost(std::size_t edit, const std::string& text) {
  cost_edit.reset();
  if (edit >= document_.scenario().edits.size()) return;
  try {
    const double cost = amount_in(text).value_or(kNoCost);
    const Edit& old = document_.scenario().edits[edit];
    if (stated_cost(old) != cost) document_.replace_edit(edit, with_cost(old, cost));
  } catch (const Error& e) {
    say(e.message(), true);
  }
}

void DataDesk::set_budget(const std::string& text) {
  try {
    Scenario next = document_.scenario();
    next.budget = amount_in(text).value_or(kNoCost);
    if (next.budget == document_.scenario().budget) return;
    const std::string amount = next.budget < 0 ? "–" : grouped(next.budget);
    document_.set_scenario(std::move(next), {"预算 " + amount, "Budget " + amount});
  } catch (const Error& e) {
    say(e.message(), true);
  }
}

}  // namespace doorstep::desktop
