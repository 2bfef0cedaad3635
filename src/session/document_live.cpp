// The document while an edit follows the mouse: which live engine it needs, and what it shows.

#include "session/document.h"

namespace doorstep::session {

namespace {

/// What a frame may cost before it is shown unfinished; the first of a gesture may take longer.
constexpr std::chrono::milliseconds kLiveBudget{12};
constexpr std::chrono::milliseconds kFirstBudget{120};

std::string stage_of(const Edit& edit, const std::string& otherwise) {
  if (const auto* open = std::get_if<OpenCampus>(&edit)) return open->stage;
  if (const auto* seats = std::get_if<SetSeats>(&edit)) return seats->stage;
  return otherwise;
}

bool may_be_live(const Edit& edit) {
  return std::holds_alternative<OpenCampus>(edit) || std::holds_alternative<SetSeats>(edit) ||
         std::holds_alternative<CloseCampus>(edit);
}

}  // namespace

Year Document::first_year() const {
  const Year first = state_.scenario.first_year;
  return first > 0 ? first : opened_->place.base_year;
}

Document::LiveKey Document::preview_key() const {
  if (!preview_edit_ || !may_be_live(*preview_edit_)) return {};
  return {state_.revision, stage_of(*preview_edit_, prepared_stage_),
          std::max(preview_year_, first_year())};
}

Document::LiveKey Document::prepared_key() const {
  if (prepared_stage_.empty()) return {};
  return {state_.revision, prepared_stage_, std::max(prepared_year_, first_year())};
}

/// Whether an engine has to be made before anything can be shown live.
bool Document::asks_live(const LiveKey& key) const {
  if (key.stage.empty() || key == live_key_ || key == unfit_key_) return false;
  const bool known = current_ && current_revision_ == state_.revision;
  const Rule rule = known ? current_->place.policy.rule : opened_->place.policy.rule;
  if (rule != Rule::LeastTravel && rule != Rule::Nearest && rule != Rule::Choice) return false;
  return preview_edit_ || up_to_date();
}

bool Document::showing_live() const {
  return preview_edit_ && live_stage_ && live_stage_->showing() && live_key_ == preview_key();
}

std::shared_ptr<const Outcome> Document::preview() const {
  return showing_live() ? live_stage_->picture() : preview_;
}

const LiveStatus* Document::live() const {
  return showing_live() ? &live_stage_->status() : nullptr;
}

const LiveFrame& Document::live_entry() const { return live_stage_->entry(); }

void Document::prepare_live(const std::string& stage, Year year) {
  prepared_stage_ = stage;
  prepared_year_ = year;
}

void Document::follow_live() {
  if (!live_stage_ || !(live_key_ == preview_key())) return end_live();
  const auto budget = live_stage_->showing() ? kLiveBudget : kFirstBudget;
  if (live_stage_->show(*preview_edit_, preview_replaces_, budget)) preview_.reset();
}

void Document::end_live() {
  if (live_stage_) live_stage_->clear();
}

bool Document::go_on_live() {
  if (live_stage_ && live_key_.revision != state_.revision) {
    live_stage_.reset();  // of a plan that the document has left
    live_key_ = {};
  }
  if (!showing_live()) return false;
  if (!live_stage_->status().exact) return live_stage_->go_on(kLiveBudget);
  live_stage_->upkeep();
  return false;
}

}  // namespace doorstep::session
