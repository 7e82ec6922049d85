// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <vector>

#include <dovetail/vocabulary/text.hpp>

namespace dovetail::run {

/// What every connection offers beside its units (run/units.hpp), so that a program is written once for all servers.
/// `execute` runs a statement and ignores its rows; `query` gives them as text, for tools that look at the catalogue, also
/// of one statement with values for its parameters $1 and on, planned for these values.
/// `begin` opens a transaction that may write; `rollback` does nothing where none is open, and throws nothing.
/// `restore_session` undoes the settings that statements have made: they are as the constructor made them.
template <class C>
concept connection = requires(C& c, const C& k, text_view text, const std::vector<std::optional<std::string>>& values) {
  c.execute(text);
  { c.query(text) } -> std::same_as<std::vector<std::vector<std::optional<std::string>>>>;
  { c.query(text, values) } -> std::same_as<std::vector<std::vector<std::optional<std::string>>>>;
  c.begin();
  c.commit();
  { c.rollback() } noexcept;
  { k.in_transaction() } -> std::same_as<bool>;
  c.restore_session();
};

/// A transaction until the end of its block: rolled back unless it was committed.
template <connection Connection>
class transaction {
 public:
  explicit transaction(Connection& on) : on_(&on) { on.begin(); }
  transaction(const transaction&) = delete;
  transaction& operator=(const transaction&) = delete;
  ~transaction() {
    if (on_ != nullptr) on_->rollback();
  }
  /// Throws database_error; the transaction is rolled back then, or lost with its connection.
  void commit() {
    on_->commit();
    on_ = nullptr;
  }

 private:
  Connection* on_;
};

}  // namespace dovetail::run
