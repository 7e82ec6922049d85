// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <dovetail/compat/transform.hpp>
#include <dovetail/diagnose/ddl.hpp>
#include <dovetail/run/script.hpp>
#include <dovetail/run/units.hpp>

/// Runs migrations in which functions of C++ transform rows (`transform`): the statements of their scripts, and the functions
/// between them.
namespace dovetail::run {

namespace detail {

/// A row, and where the server finds it again.
template <class Row>
struct located {
  std::string place;
  Row row;
};
template <fixed_string Table, class Row>
using located_unit = reads<Table, located<Row>, prefix<&located<Row>::row, "">>;

template <class Step>
concept transforms = requires {
  Step::rows::go_up;
  Step::rows::go_down;
};

/// Transforms the rows of one batch, in one transaction: they are locked where others may write meanwhile, and those that
/// somebody else has transformed are left out. What the function throws comes through, and the batch has changed nothing.
template <class Connection>
using batch_work = std::size_t (*)(Connection& on, text_view select, text_view update,
                                   const std::vector<std::optional<std::string>>& keys);
template <class Connection, class From, class To, auto Table, auto Function>
std::size_t transform_batch(Connection& on, text_view select, text_view update,
                            const std::vector<std::optional<std::string>>& keys) {
  transaction<Connection> all(on);
  const auto rows = on.template query_rows<located_unit<Table, From>>(select, keys);
  std::size_t changed = 0;
  for (const located<From>& each : rows)
    changed += static_cast<std::size_t>(
        on.template send<located_unit<Table, To>>(update, {each.place, Function(each.row)}));
  all.commit();
  return changed;
}
template <class Connection, class Step, bool Back>
constexpr batch_work<Connection> work_of() {
  if constexpr (!transforms<Step>) {
    return nullptr;
  } else {
    using rows = typename Step::rows;
    using from = typename rows::from;
    using to = typename rows::to;
    if constexpr (Back)
      return &transform_batch<Connection, to, from, rows::table, rows::go_down>;
    else
      return &transform_batch<Connection, from, to, rows::table, rows::go_up>;
  }
}

/// The functions of a migration's steps, null where a step has none. A migration whose steps are made has none at all.
template <class Connection, bool Back>
std::vector<batch_work<Connection>> all_work(const void*) {
  return {};
}
template <class Connection, bool Back, class From, class... Steps>
std::vector<batch_work<Connection>> all_work(const migration<From, Steps...>*) {
  return {work_of<Connection, Steps, Back>()...};
}

/// Runs one way of a migration.
template <bool Back, class Migration, class Connection, class Log>
script_report run_way(Connection& on, const ddl_script& script, Log log, const patience& patience) {
  std::vector<batch_work<Connection>> work;
  for (const batch_work<Connection> each : all_work<Connection, Back>(static_cast<const Migration*>(nullptr)))
    if (each != nullptr) work.insert(Back ? work.begin() : work.end(), each);
  const auto transform = [&](const ddl_script& all, std::size_t at, const std::vector<std::optional<std::string>>& keys) {
    std::size_t before = 0;  // each transformation has two statements
    for (std::size_t i = 0; i != at; ++i) before += all[i].in_client;
    return work.at(before / 2)(on, all[at].text, all[at + 1].text, keys);
  };
  try {
    return run_statements(on, script, log, patience, transform);
  } catch (const script_error&) {
    throw;
  } catch (...) {
    // No statement has failed, and so nothing has restored it yet; a session for which that fails is a lost one.
    try {
      on.restore_session();
    } catch (const database_error&) {
    }
    throw;
  }
}

}  // namespace detail

/// Runs a migration, the functions of its transformations included: `run_up<postgresql<15>, split_names>(db)`, as
/// `run_script` runs `up<postgresql<15>, split_names>`. Rows are transformed in batches, each in a transaction of its own, in
/// which they are locked: what others write meanwhile is not overwritten. Stopped, it is begun again. At the end of each
/// transformation a query proves that no row is left. What a function throws comes through: the batches before stand.
template <class Dialect, class Migration, connection Connection, class Log>
script_report run_up(Connection& on, Log log, const patience& patience = {}) {
  return detail::run_way<false, Migration>(on, up<Dialect, Migration>, log, patience);
}
template <class Dialect, class Migration, connection Connection>
script_report run_up(Connection& on, const patience& patience = {}) {
  return run_up<Dialect, Migration>(on, [](const script_event&) {}, patience);
}

/// Undoes a migration in the same way.
template <class Dialect, class Migration, connection Connection, class Log>
script_report run_down(Connection& on, Log log, const patience& patience = {}) {
  return detail::run_way<true, Migration>(on, down<Dialect, Migration>, log, patience);
}
template <class Dialect, class Migration, connection Connection>
script_report run_down(Connection& on, const patience& patience = {}) {
  return run_down<Dialect, Migration>(on, [](const script_event&) {}, patience);
}

}  // namespace dovetail::run
