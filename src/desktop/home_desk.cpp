#include "desktop/home_desk.h"

#include "base/error.h"

namespace doorstep::desktop {

struct HomeDesk::Job {
  Progress progress;
  std::optional<session::HomeAnswer> answer;
  std::string error;
  std::atomic<bool> done{false};
  std::thread thread;

  ~Job() {
    progress.cancel();
    if (thread.joinable()) thread.join();
  }
};

HomeDesk::HomeDesk() = default;
HomeDesk::~HomeDesk() = default;

void HomeDesk::ask(const std::shared_ptr<const session::Outcome>& outcome,
                   const std::shared_ptr<const session::Outcome>& before,
                   const session::HomeQuestion& question) {
  if (outcome_ == outcome && before_ == before && question_.home == question.home &&
      question_.stage == question.stage && question_.year == question.year)
    return;
  outcome_ = outcome;
  before_ = before;
  question_ = question;
  answer_.reset();
  error_.clear();
  job_ = std::make_unique<Job>();
  Job* job = job_.get();
  job->thread = std::thread([job, outcome, before, question] {
    try {
      job->answer = session::explain_home(*outcome, before.get(), question, job->progress);
    } catch (const Cancelled&) {
      // Another home is looked at by now.
    } catch (const Error& e) {
      job->error = e.message();
    } catch (const std::exception& e) {
      job->error = e.what();
    }
    job->done = true;
  });
}

void HomeDesk::put_down() {
  job_.reset();
  outcome_.reset();
  before_.reset();
  question_ = {};
  answer_.reset();
  error_.clear();
}

bool HomeDesk::poll() {
  if (!job_ || !job_->done) return false;
  answer_ = std::move(job_->answer);
  error_ = std::move(job_->error);
  job_.reset();
  return true;
}

}  // namespace doorstep::desktop
