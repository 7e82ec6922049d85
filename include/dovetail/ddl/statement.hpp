// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/vocabulary/lock_mode.hpp>
#include <dovetail/vocabulary/text.hpp>

namespace dovetail {

/// Where a statement stands towards transactions.
enum class transaction_mode : unsigned char {
  inside,   ///< between a begin and a commit of the script
  outside,  ///< must not be in a transaction
  begin,
  commit,
};

/// A statement of a script, and what a reviewer has to know of it.
struct statement {
  text_view text;
  text_view table;      ///< the table that it locks
  text_view also;       ///< a second one, such as the target of a foreign key
  lock_mode lock = lock_mode::none;
  lock_mode also_lock = lock_mode::none;  ///< on the second one
  bool rewrites = false;      ///< writes the whole table anew
  bool scans = false;         ///< reads the whole table under its lock
  bool builds_index = false;
  bool idempotent = false;    ///< may be run again after it has been done
  bool must_be_empty = false; ///< a query that proves something by returning no row
  transaction_mode transaction = transaction_mode::inside;
  std::size_t restart = 0;    ///< how many statements earlier a retry begins
  /// Of a query that says where the next batch of rows ends: how many columns the key has that orders them. Its
  /// parameters, $1 and on, are the key that the last batch ended with, at first all NULL; its one row is the next such
  /// key, and no row says that all is done. The statement behind it changes the rows of one batch, and returns a row for
  /// each; its parameters are both keys. The two are repeated (`run_script`).
  std::size_t batch_key = 0;
  /// No server can run it: two statements behind a query of batches, of which the first reads the rows of one, and the
  /// second writes one of them back, which functions of C++ have transformed meanwhile. `run_up` and `run_down` do it.
  bool in_client = false;
};

/// Statements in their order, transactions included: each is run by itself, and one that fails inside of a transaction
/// is retried from its begin.
class ddl_script : public array_view<statement> {
 public:
  using array_view<statement>::array_view;
};

namespace detail {

/// What a dialect does otherwise where a version has partitions (ddl/partitions.hpp). Who declares some has included it.
template <class Dialect>
struct partition_ddl;

/// The facts of a statement that changes no table: BEGIN, COMMIT, a setting.
constexpr statement control(transaction_mode mode) {
  statement s;
  s.transaction = mode;
  s.idempotent = true;
  return s;
}

/// A script under composition.
class script_builder {
 public:
  /// A statement with these facts, whose text `write(text_buffer&)` composes.
  template <class Write>
    requires requires(Write write, text_buffer& out) { write(out); }
  constexpr void add(statement facts, Write write) {
    write(text_);
    ends_.push_back(text_.size());
    facts_.push_back(facts);
  }
  constexpr void add(statement facts, text_view text) {
    add(facts, [&](text_buffer& out) { out << text; });
  }

  /// The operation that is rendered now shares a transaction with the next one.
  constexpr void join(bool with_next) { with_next_ = with_next; }
  /// A transaction begins here, and is not open already.
  constexpr bool opens() {
    const bool first = !open_;
    open_ = true;
    return first;
  }
  /// The transaction ends here, and does not go on.
  constexpr bool closes() { return !(open_ = with_next_); }

  constexpr std::size_t size() const { return facts_.size(); }
  constexpr const text_buffer& text() const { return text_; }
  constexpr const list<std::size_t>& ends() const { return ends_; }
  constexpr const list<statement>& facts() const { return facts_; }

 private:
  text_buffer text_;
  list<std::size_t> ends_;
  list<statement> facts_;
  bool open_ = false;
  bool with_next_ = false;
};

/// The part of a script that `Render::into(script_builder&)` composes, in static storage.
template <class Render>
struct script_part {
  struct extent {
    std::size_t statements = 0;
    std::size_t characters = 0;
  };
  static constexpr extent size = [] {
    script_builder b;
    Render::into(b);
    return extent{b.size(), b.text().size()};
  }();

  struct flat {
    char text[size.characters + 1]{};
    std::size_t ends[size.statements + 1]{};
    statement facts[size.statements + 1]{};
  };
  static constexpr flat composed = [] {
    flat result;
    script_builder b;
    Render::into(b);
    for (std::size_t i = 0; i != size.characters; ++i) result.text[i] = b.text().all()[i];
    for (std::size_t i = 0; i != size.statements; ++i) {
      result.ends[i] = b.ends()[i];
      result.facts[i] = b.facts()[i];
    }
    return result;
  }();

  struct statements {
    statement array[size.statements + 1]{};
  };
  static constexpr statements kept = [] {
    statements result;
    std::size_t begin = 0;
    for (std::size_t i = 0; i != size.statements; ++i) {
      result.array[i] = composed.facts[i];
      result.array[i].text = {composed.text + begin, composed.ends[i] - begin};
      begin = composed.ends[i];
    }
    return result;
  }();
  static constexpr array_view<statement> value{kept.array, size.statements};
};

/// Parts in their order, as one script.
template <class... Parts>
struct script_of {
  // A loop, since clang nests fold expressions no deeper than 256.
  static constexpr array_view<statement> parts[sizeof...(Parts) + 1]{Parts::value..., {}};
  static constexpr std::size_t count = [] {
    std::size_t sum = 0;
    for (const array_view<statement>& part : parts) sum += part.size();
    return sum;
  }();
  struct statements {
    statement array[count + 1]{};
  };
  static constexpr statements all = [] {
    statements result;
    std::size_t i = 0;
    for (const array_view<statement>& part : parts)
      for (const statement& s : part) result.array[i++] = s;
    return result;
  }();
  static constexpr ddl_script value{all.array, count};
};

}  // namespace detail
}  // namespace dovetail
