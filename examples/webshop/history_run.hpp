// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <cstddef>
#include <exception>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include <dovetail/run/script.hpp>

#include "catalogue.hpp"
#include "contents.hpp"
#include "history.hpp"
#include "load.hpp"
#include "seed.hpp"

namespace shop {

/// The life of the shop on one server: created, filled, migrated up under load, and down again, with an account of it.
/// A server has a `dialect`, a `connection`, a `name()`, `create(database)` and `connect(database)`: each database is
/// empty at first; `read_catalogue(connection&)` says what it holds.
template <class Server>
class history_run {
  using dialect = typename Server::dialect;
  using connection = typename Server::connection;

 public:
  explicit history_run(Server& server) : server_(&server), db_((server.create("live"), server.connect("live"))) {}

  /// Whether all is well.
  bool run() {
    fmt::print("webshop on {}\n", server_->name());
    try {
      create();
      migrate_under_load();
    } catch (const std::exception& e) {
      errors_.push_back(e.what());
    }
    return account();
  }

 private:
  void create() {
    const auto report = dovetail::run::run_script(db_, dt::ddl<dialect, v1>);
    seed::fill(db_);
    catalogues_["1"] = Server::read_catalogue(db_);
    seeded_ = read_contents(db_, v1::value);
    statements_ += report.statements;
    fmt::print("version 1 created: {} tables, {} statements; filled with {} rows\n\n", v1::value.tables.size(),
               report.statements, count_rows(seeded_));
    fmt::print("{:<8}{:<20}{:>5}  {:>10}  {:>7}  {:>6}  releases at work\n", "version", "migration", "steps",
               "statements", "retries", "ms");
  }

  void migrate_under_load() {
    {
      load<Server> at_work(*server_);
      at_work.template start<app_7>("up", seven_);
      at_work.template start<app_8>("up", eight_);
      up<remember_nicknames, v2>(at_work, "7 and 8");
      up<give_money_back, v3>(at_work, "7 and 8");
    }
    {
      load<Server> at_work(*server_);
      at_work.template start<app_8>("top", eight_);
      at_work.template start<app_9>("top", nine_);
      up<forget_phones, v4>(at_work, "8 and 9");
      up<count_stock, v5>(at_work, "8 and 9");
      down<count_stock, v5>(at_work, "8 and 9");
      down<forget_phones, v4>(at_work, "8 and 9");
    }
    {
      load<Server> at_work(*server_);
      at_work.template start<app_7>("down", seven_);
      at_work.template start<app_8>("down", eight_);
      down<give_money_back, v3>(at_work, "7 and 8");
      down<remember_nicknames, v2>(at_work, "7 and 8");
    }
  }

  template <class Migration, class After>
  void up(load<Server>& at_work, const char* releases) {
    for (const dt::model::step* s : Migration::steps) note_loss(s->forward, s->lossy ? std::string(s->reason) : "");
    migrate<Migration, After>(at_work, releases, dt::up<dialect, Migration>, true);
    for (const dt::model::step* s : Migration::steps)
      if (s->lossy) lost_.insert({std::string(s->forward.table.text()), std::string(s->forward.object.text())});
    // What the migrations have made is what a new database of this version has.
    const std::string version(After::value.version.text());
    server_->create("new_" + version);
    connection fresh = server_->connect("new_" + version);
    dovetail::run::run_script(fresh, dt::ddl<dialect, After>);
    catalogues_[version] = Server::read_catalogue(fresh);
    compare_with(version, "a new database of version " + version);
  }

  template <class Migration, class After>
  void down(load<Server>& at_work, const char* releases) {
    const std::string reason = fmt::format("came with {}, and goes with it", name_of<Migration>());
    for (const dt::model::step* s : Migration::steps) note_loss(s->inverse, reason);
    migrate<Migration, After>(at_work, releases, dt::down<dialect, Migration>, false);
    const std::string version(Migration::from::value.version.text());
    compare_with(version, "version " + version + " on the way up");
  }

  template <class Migration>
  static std::string name_of() {
    return std::string(dt::migrate<Migration>::value.migration);
  }

  template <class Migration, class After>
  void migrate(load<Server>& at_work, const char* releases, const dt::ddl_script& script, bool forward) {
    at_work.wait_for_all();
    std::this_thread::sleep_for(pause);
    const auto begin = std::chrono::steady_clock::now();
    const auto report = dovetail::run::run_script(db_, script);
    const auto took = std::chrono::steady_clock::now() - begin;
    std::this_thread::sleep_for(pause);
    at_work.wait_for_all();
    statements_ += report.statements;
    retries_ += report.retries;
    steps_ += Migration::steps.size();
    const std::string low(Migration::from::value.version.text());
    const std::string high(After::value.version.text());
    fmt::print("{:<8}{:<20}{:>5}  {:>10}  {:>7}  {:>6}  {}\n", forward ? low + " > " + high : high + " > " + low,
               name_of<Migration>(), Migration::steps.size(), report.statements, report.retries,
               std::chrono::duration_cast<std::chrono::milliseconds>(took).count(), releases);
  }

  /// Compares the live database with the catalogue that it should have, and its rows with those that were seeded.
  void compare_with(const std::string& version, const std::string& like) {
    const catalogue& wanted = catalogues_.at(version);
    for (const std::string& line : differences(wanted, Server::read_catalogue(db_)))
      differences_.push_back("catalogue of version " + version + ": " + line);
    compared_.push_back(fmt::format("catalogue of version {}, {} facts, with {}", version, wanted.size(), like));
    const comparison rows = compare(seeded_, read_contents(db_, tables_of(version)), lost_);
    rows_ = rows;
    for (const std::string& each : rows.differences)
      differences_.push_back("rows under version " + version + ": " + each);
  }

  static const dt::model::schema& tables_of(const std::string& version) {
    for (const dt::model::schema* each : {&v1::value, &v2::value, &v3::value, &v4::value, &v5::value})
      if (std::string(each->version.text()) == version) return *each;
    throw std::logic_error("no such version");
  }

  /// Counts what a change is about to destroy.
  void note_loss(const dt::model::change& c, const std::string& reason) {
    if (!(c.kind->name == "drop_column" || c.kind->name == "drop_table")) return;
    const std::string table(c.table.text());
    const std::string column(c.object.text());
    const std::string count = column.empty() ? "count(*)" : "count(" + detail::quoted(column) + ')';
    const auto found = db_.query(("SELECT " + count + " FROM " + detail::quoted(table)).c_str());
    const std::string values = found.at(0).at(0).value();
    losses_.push_back(column.empty() ? fmt::format("{}: {} rows: {}", table, values, reason)
                                     : fmt::format("{}.{}: {} values: {}", table, column, values, reason));
  }

  bool account() {
    fmt::print("\nrelease  rows written  rows read  transactions run again\n");
    const auto print_tally = [&](const char* name, tally& done) {
      fmt::print("{:<7}  {:>12}  {:>9}  {:>22}\n", name, done.written, done.read, done.retries);
      for (const std::string& each : done.errors) errors_.push_back(fmt::format("release {}: {}", name, each));
    };
    print_tally("7", seven_);
    print_tally("8", eight_);
    print_tally("9", nine_);

    fmt::print("\ncompared after each migration, with the releases at work:\n");
    for (const std::string& each : compared_) fmt::print("  {}\n", each);
    fmt::print("  {} rows of the first hour, column by column, {} values\n", rows_.rows, rows_.values);
    fmt::print("lost on purpose:\n");
    for (const std::string& each : losses_) fmt::print("  {}\n", each);
    if (rows_.lost_on_purpose != 0)
      fmt::print("  of the rows of the first hour, {} values: NULL since then\n", rows_.lost_on_purpose);

    fmt::print("\n5 versions, {} steps, {} statements, {} retries\n", steps_, statements_, retries_);
    fmt::print("differences: {}\n", differences_.empty() ? "none" : std::to_string(differences_.size()));
    for (std::size_t i = 0; i != differences_.size() && i != most_shown; ++i) fmt::print("  {}\n", differences_[i]);
    fmt::print("errors: {}\n", errors_.empty() ? "none" : std::to_string(errors_.size()));
    for (std::size_t i = 0; i != errors_.size() && i != most_shown; ++i) fmt::print("  {}\n", errors_[i]);
    return differences_.empty() && errors_.empty();
  }

  static constexpr std::chrono::milliseconds pause{250};
  static constexpr std::size_t most_shown = 20;

  Server* server_;
  connection db_;
  tally seven_;
  tally eight_;
  tally nine_;
  std::map<std::string, catalogue> catalogues_;  ///< by version
  contents seeded_;
  std::set<std::pair<std::string, std::string>> lost_;  ///< columns whose values are gone for good
  std::size_t steps_ = 0;
  std::size_t statements_ = 0;
  std::size_t retries_ = 0;
  comparison rows_;
  std::vector<std::string> compared_;
  std::vector<std::string> losses_;
  std::vector<std::string> differences_;
  std::vector<std::string> errors_;
};

}  // namespace shop
