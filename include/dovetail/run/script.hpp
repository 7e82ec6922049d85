// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>

#include <dovetail/ddl/statement.hpp>
#include <dovetail/run/connection.hpp>
#include <dovetail/run/error.hpp>

namespace dovetail::run {

/// How patient a script is. Between two tries it waits, each time twice as long, less a random part of up to half of
/// it, so that two scripts do not meet again and again.
struct patience {
  int tries = 10;  ///< of one transaction, or of one statement outside of them
  std::chrono::milliseconds first_wait{100};
  std::chrono::milliseconds longest_wait{5000};
  /// After a batch of rows it waits as long as that took, times this, so that others get their turn.
  double rest = 1;
};

/// What a script tells while it runs: a statement is done, a batch of rows is, or what failed will be tried again. `wait`
/// is how long it waits now.
struct script_event {
  std::size_t index;           ///< of the statement, from 0
  const statement* what;
  const database_error* why;   ///< of a retry, else null
  std::chrono::milliseconds wait{0};
  std::size_t rows = 0;        ///< that this statement has changed so far, of one that is done in batches
};

struct script_report {
  std::size_t statements = 0;  ///< that were run with success, those of retries included
  std::size_t retries = 0;
};

/// A script that has stopped. What it has done is done, and nothing of it is undone: the first `done()` statements
/// stand, and the others have changed nothing, but for an index that a concurrent build has left behind invalid, and for
/// the batches of rows that are done. The script can be begun again from there. When the connection was lost
/// (`cause().kind()`), whether the failed statement was done is not known.
class script_error : public std::runtime_error {
 public:
  script_error(std::size_t failed, std::size_t done, std::size_t size, const database_error& cause)
      : std::runtime_error("statement " + std::to_string(failed + 1) + " of " + std::to_string(size) + " failed, " +
                           (done == 0 ? std::string("and nothing has been done: ")
                                      : "statements 1 to " + std::to_string(done) + " are done: ") +
                           cause.what()),
        failed_(failed),
        done_(done),
        cause_(cause) {}

  std::size_t failed() const noexcept { return failed_; }  ///< the index of the statement
  std::size_t done() const noexcept { return done_; }      ///< how many statements stand
  const database_error& cause() const noexcept { return cause_; }

 private:
  std::size_t failed_;
  std::size_t done_;
  database_error cause_;
};

namespace detail {

/// The wait before try number `again`, from 1.
class backoff {
 public:
  explicit backoff(const patience& p) : patience_(p) {}

  std::chrono::milliseconds operator()(int again) {
    std::int64_t wait = patience_.first_wait.count();
    for (int i = 1; i < again && wait < patience_.longest_wait.count(); ++i) wait *= 2;
    wait = std::min<std::int64_t>(wait, patience_.longest_wait.count());
    random_ ^= random_ << 13;  // xorshift64
    random_ ^= random_ >> 7;
    random_ ^= random_ << 17;
    const std::uint64_t less = random_ % static_cast<std::uint64_t>(wait / 2 + 1);
    return std::chrono::milliseconds(wait - static_cast<std::int64_t>(less));
  }

 private:
  patience patience_;
  // Never zero, from which xorshift would not come back.
  std::uint64_t random_ = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count()) | 1U;
};

}  // namespace detail

namespace detail {

/// The batches of one statement, which are changed one after the other.
template <class Connection>
class batches {
 public:
  /// Changes the next one, by the statement behind `at`, which then is where `at` is; there is none left if it stays.
  /// What fails can be tried again.
  void next(Connection& on, const ddl_script& script, std::size_t& at, auto& in_client) {
    const auto begin = std::chrono::steady_clock::now();
    last_.resize(script[at].batch_key);
    auto found = on.query(script[at].text, last_);
    if (found.empty()) return;
    std::vector<std::optional<std::string>> range = last_;
    range.insert(range.end(), found[0].begin(), found[0].end());
    if (script[++at].in_client)
      rows_ += in_client(script, at, range);
    else
      rows_ += on.query(script[at].text, range).size();
    last_ = std::move(found[0]);
    took_ = std::chrono::steady_clock::now() - begin;
  }
  std::size_t rows() const { return rows_; }
  /// How long others get their turn after the last one.
  std::chrono::milliseconds rest(const patience& p) const {
    return std::chrono::milliseconds(static_cast<std::int64_t>(took_.count() * p.rest));
  }

 private:
  std::vector<std::optional<std::string>> last_;  ///< the key that the last one ended with
  std::chrono::duration<double, std::milli> took_{0};
  std::size_t rows_ = 0;
};

}  // namespace detail

namespace detail {

/// `in_client(script, statement, keys)` transforms the rows of a batch, which no statement does, and gives their number.
template <connection Connection, class Log, class Client>
script_report run_statements(Connection& on, const ddl_script& script, Log log, const patience& patience,
                             Client in_client) {
  if (on.in_transaction()) throw std::logic_error("dovetail: a script begins and ends its transactions itself");
  // Also where the log throws.
  struct close_transaction {
    Connection& of;
    ~close_transaction() { of.rollback(); }
  } at_end{on};
  script_report report;
  backoff wait_before(patience);
  std::size_t restart = 0;  // where a retry begins, and how much stands: all before it
  std::size_t tried = 0;    // the restart that `tries` counts
  int tries = 1;
  detail::batches<Connection> batches;
  for (std::size_t i = 0; i != script.size();) {
    const statement& s = script[i];
    const bool inside = on.in_transaction();
    if (!inside) restart = i - std::min(s.restart, i);
    std::size_t at = i;
    try {
      if (s.batch_key != 0) {
        batches.next(on, script, at, in_client);
      } else if (s.must_be_empty) {
        if (const std::size_t rows = on.query(s.text).size(); rows != 0)
          throw database_error(failure::permanent, "",
                               "it finds " + std::to_string(rows) + " rows, and should find none", s.text);
      } else if (s.transaction == transaction_mode::commit) {
        on.commit();
      } else {
        on.execute(s.text);
      }
    } catch (const database_error& e) {
      on.rollback();
      if (restart != tried) {
        tried = restart;
        tries = 1;
      }
      if (e.kind() != failure::passing || tries == patience.tries) {
        // What stands: inside of a transaction, all before its BEGIN; outside, all before this statement.
        const script_error error(at, inside ? restart : i, script.size(), e);
        try {
          on.restore_session();
        } catch (const database_error&) {
          // A session that cannot be restored is a lost one, and the first error is the one to tell.
        }
        throw error;
      }
      const std::chrono::milliseconds wait = wait_before(tries++);
      ++report.retries;
      log(script_event{at, &script[at], &e, wait, batches.rows()});
      std::this_thread::sleep_for(wait);
      i = restart;
      continue;
    }
    report.statements += at - i + 1;
    const bool more = at != i;
    const std::chrono::milliseconds wait = more ? batches.rest(patience) : std::chrono::milliseconds(0);
    log(script_event{at, &script[at], nullptr, wait, batches.rows()});
    std::this_thread::sleep_for(wait);
    if (more) {
      tries = 1;
      continue;
    }
    batches = {};
    i += s.batch_key == 0 ? 1 : script[i + 1].in_client ? 3 : 2;
  }
  return report;
}

/// The first statement that functions of C++ do, or the number of all.
inline std::size_t find_in_client(const ddl_script& script) {
  std::size_t i = 0;
  while (i != script.size() && !script[i].in_client) ++i;
  return i;
}

}  // namespace detail

/// Runs a script, statement by statement. Where a lock was not to be had (failure::passing), a transaction is rolled
/// back and tried again from its BEGIN, and a statement outside of transactions from where the script says. Any other
/// failure, or one try too many, throws script_error: no transaction is open then, and the session has its settings
/// again. Rows that are changed in batches (`statement::batch_key`) go on from the last batch that is done. `log(const
/// script_event&)` is called for each statement done, for each batch, and for each retry. Precondition: no transaction is
/// open, and no functions of C++ transform rows, which run_up and run_down do (std::logic_error; nothing is done then).
template <connection Connection, class Log>
script_report run_script(Connection& on, const ddl_script& script, Log log, const patience& patience = {}) {
  if (const std::size_t i = detail::find_in_client(script); i != script.size())
    throw std::logic_error("dovetail: functions of C++ transform rows of " + readable<std::string>(script[i].table) + " in statement " +
                           std::to_string(i + 1) + ": run_up and run_down run this script");
  return detail::run_statements(on, script, log, patience,
                                [](const auto&...) -> std::size_t { return 0; });
}

/// The same without a log.
template <connection Connection>
script_report run_script(Connection& on, const ddl_script& script, const patience& patience = {}) {
  return run_script(on, script, [](const script_event&) {}, patience);
}

}  // namespace dovetail::run
