# SPDX-License-Identifier: BSL-1.0
"""C++ programs of any size, for compile-time curves.

Every function returns the text of one translation unit. Names of tables, columns, steps and
structs are all different, as they are in a real history: a compiler that remembers an
instantiation by its arguments gains nothing from repetition here.
"""

TABLES = 50
COLUMNS = 15
MIGRATION = 10  # steps in one migration of a chain


def spread(i):
    """The i-th table to be touched: any few are spread over all, so that N of them cost what N
    others cost, wherever a linear search finds them."""
    return i * 21 % TABLES


ROW_INCLUDES = "#include <cstdint>\n#include <optional>\n#include <string>\n"
HEADER = "#include <dovetail/dovetail.hpp>\n"

# name, type of SQL, options, and the member of a row struct that fits it
PATTERN = [
    ("id", "bigint", "identity", "std::int64_t"),
    ("name", "text", "", "std::string"),
    ("email", "varchar<255>", "", "std::string"),
    ("amount", "integer", "", "std::int32_t"),
    ("active", "boolean", "", "bool"),
    ("score", "double_precision", "", "double"),
    ("total", "bigint", "", "std::int64_t"),
    ("parent", "bigint", "null", "std::optional<std::int64_t>"),
    ("note", "text", "null", "std::optional<std::string>"),
    ("rank", "integer", "default_value<0>", "std::int32_t"),
    ("state", "text", 'default_value<"new">', "std::string"),
    ("code", "varchar<40>", "null", "std::optional<std::string>"),
    ("weight", "double_precision", "null", "std::optional<double>"),
    ("shown", "boolean", "default_value<true>", "bool"),
    ("stock", "bigint", "null", "std::optional<std::int64_t>"),
]


def column(table, index):
    """The name, type, option and row type of a column; the primary key is `id` everywhere."""
    name, sql, option, cpp = PATTERN[index % len(PATTERN)]
    if index == 0:
        return name, sql, option, cpp
    if index >= len(PATTERN):
        name = f"{name}{index // len(PATTERN)}"
        if PATTERN[index % len(PATTERN)][0] == "id":
            option, cpp = "null", "std::optional<std::int64_t>"
    return f"{name}_{table}", sql, option, cpp


class program:
    """A translation unit, written once with dovetail and once as plain constexpr arrays."""

    def __init__(self, checks=True):
        self.checks = checks
        self.lines = []

    def add(self, text):
        self.lines.append(text)

    def assertion(self, text):
        if self.checks:
            self.add(f"static_assert({text});")

    def text(self, includes):
        return includes + "\n".join(self.lines) + "\n"


# ---- with dovetail ------------------------------------------------------------------------------


def table(out, t, columns, foreign):
    parts = []
    for c in range(columns):
        name, sql, option, _ = column(t, c)
        option = f", dt::{option}" if option else ""
        parts.append(f'dt::column<"{name}", dt::{sql}{option}>')
    parts.append('dt::primary_key<"id">')
    if foreign and t > 0 and columns > 7:
        parts.append(f'dt::foreign_key<"t{t}_parent_fkey", dt::columns<"parent_{t}">, '
                     f'dt::references<"t{(t - 1) // 2}", "id">>')
    out.add(f'struct t{t} : dt::table<"t{t}",\n    ' + ",\n    ".join(parts) + "> {};")


def schema(out, tables=TABLES, columns=COLUMNS, foreign=True):
    out.add("namespace dt = dovetail;")
    for t in range(tables):
        table(out, t, columns, foreign)
    names = ", ".join(f"t{t}" for t in range(tables))
    out.add(f'struct v1 : dt::schema<"1", {names}> {{}};')


def step(i):
    """The four kinds in turn on one table, then the next table: a column comes, an index on it
    comes and goes, the column goes. So N steps leave a schema as large as it was, and the cost of
    one step can be compared over all N."""
    group, kind = divmod(i, 4)
    t = spread(group)
    column = f'dt::column<"x{group}", dt::text, dt::null>'
    index = f'dt::index<"x{group}_idx", "x{group}">'
    add_column = f'dt::add_column<"t{t}", {column}>'
    drop_column = f'dt::drop_column<"t{t}", "x{group}">'
    add_index = f'dt::add_index<"t{t}", {index}>'
    drop_index = f'dt::drop_index<"t{t}", "x{group}_idx">'
    if kind == 0:
        return f"dt::step<{add_column}, {drop_column}>"
    if kind == 1:
        return f"dt::step<{add_index}, {drop_index}>"
    if kind == 2:
        return f"dt::step<{drop_index}, {add_index}>"
    return f'dt::lossy<"x{group} is not read", dt::step<{drop_column}, {add_column}>>'


def history(out, steps, per_migration):
    """Migrations after v1; returns the name of the last version."""
    version, done = 1, 0
    while done < steps:
        count = min(per_migration, steps - done)
        body = ",\n    ".join(step(i) for i in range(done, done + count))
        out.add(f"struct m{version} : dt::migration<v{version},\n    {body}> {{}};")
        out.add(f'struct v{version + 1} : dt::after<"{version + 1}", m{version}> {{}};')
        version, done = version + 1, done + count
    return version


def reversible(out, last):
    for m in range(1, last):
        out.assertion(f"dt::reversible<m{m}>")


READ = [0, 1, 2, 3, 4, 5, 6, 8]    # what a reader selects
INSERT = [1, 2, 3, 4, 5, 6, 7, 8]  # the required columns, and two that may be null


def row(out, u):
    """One struct of eight fields; every other one is read, every other one inserted."""
    t = spread(u // 2)
    fields = []
    for c in READ if u % 2 == 0 else INSERT:
        name, _, _, cpp = column(t, c)
        fields.append(f"{cpp} {name};")
    out.add(f"struct row{u} {{ {' '.join(fields)} }};")


def unit(u):
    t = spread(u // 2)
    return f'dt::{"reads" if u % 2 == 0 else "inserts"}<"t{t}", row{u}>'


def release(out, name, units):
    out.add(f'struct app_{name} : dt::release<"{name}",\n    '
            + ",\n    ".join(unit(u) for u in units) + "> {};")


# ---- the same data as plain arrays, the lower bound ---------------------------------------------

PLAIN = """\
struct plain_column { const char* name; const char* type; const char* option; };
struct plain_table { const char* name; const plain_column* columns; int count; int parent; };
struct plain_step { const char* kind; const char* table; plain_column column; const char* index; };
struct plain_field { const char* name; const char* type; };
struct plain_unit { const char* kind; const char* table; const plain_field* fields; int count; };
"""


def quoted(text):
    return '"' + text.replace('"', '\\"') + '"'


def plain(tables=TABLES, columns=COLUMNS, steps=0, units=0):
    out = program()
    out.add(PLAIN)
    for t in range(tables):
        body = ", ".join("{" + ", ".join(quoted(x) for x in column(t, c)[:3]) + "}"
                         for c in range(columns))
        out.add(f"constexpr plain_column t{t}_columns[] = {{{body}}};")
    body = ", ".join(f'{{"t{t}", t{t}_columns, {columns}, {(t - 1) // 2}}}' for t in range(tables))
    out.add(f"constexpr plain_table tables[] = {{{body}}};")
    if steps:
        kinds = ["add_column", "add_index", "drop_index", "drop_column"]
        body = []
        for i in range(steps):
            group, kind = divmod(i, 4)
            body.append(f'{{"{kinds[kind]}", "t{spread(group)}", '
                        f'{{"x{group}", "text", "null"}}, "x{group}_idx"}}')
        # and the inverse of each
        out.add("constexpr plain_step up[] = {\n    " + ",\n    ".join(body) + "};")
        out.add("constexpr plain_step down[] = {\n    " + ",\n    ".join(reversed(body)) + "};")
    for u in range(units):
        row(out, u)
        body = []
        for c in READ if u % 2 == 0 else INSERT:
            name, _, _, cpp = column(spread(u // 2), c)
            body.append(f'{{"{name}", "{cpp}"}}')
        out.add(f"constexpr plain_field row{u}_fields[] = {{{', '.join(body)}}};")
    if units:
        body = ", ".join(f'{{"{"reads" if u % 2 == 0 else "inserts"}", "t{spread(u // 2)}", '
                         f"row{u}_fields, 8}}" for u in range(units))
        out.add(f"constexpr plain_unit units[] = {{{body}}};")
    return out.text(ROW_INCLUDES if units else "")


# ---- programs -----------------------------------------------------------------------------------


def empty():
    return ""


def include(header):
    return f"#include <dovetail/{header}>\n"


def rows_only():
    return ROW_INCLUDES


def sqlite_orm():
    """50 tables of 15 columns, declared with sqlite_orm and nothing else: what the budget is set by."""
    fields = (("std::int64_t", "id"), ("std::string", "name"), ("std::string", "email"),
              ("int", "amount"), ("bool", "active"), ("double", "score"), ("std::int64_t", "total"),
              ("std::optional<std::int64_t>", "parent"), ("std::optional<std::string>", "note"),
              ("int", "rank"), ("std::string", "state"), ("std::optional<std::string>", "code"),
              ("std::optional<double>", "weight"), ("bool", "shown"),
              ("std::optional<std::int64_t>", "stock"))
    structs = "".join(f"struct t{i} {{ " + " ".join(f"{t} {n};" for t, n in fields) + " };\n"
                      for i in range(TABLES))
    declared = ",\n".join(
        f'sqlite_orm::make_table("t{i}", ' + ", ".join(
            f'sqlite_orm::make_column("{n}", &t{i}::{n}'
            + (", sqlite_orm::primary_key())" if n == "id" else ")") for _, n in fields) + ")"
        for i in range(TABLES))
    return ("#include <sqlite_orm/sqlite_orm.h>\n" + ROW_INCLUDES + structs
            + f'inline auto make() {{ return sqlite_orm::make_storage("x.db",\n{declared}); }}\n')


def tables(n):
    out = program()
    if n:
        schema(out, tables=n)
        out.assertion("dt::valid<v1>")
    return out.text(HEADER)


def columns_wide(n):
    out = program()
    if n:
        schema(out, tables=1, columns=n)
        out.assertion("dt::valid<v1>")
    return out.text(HEADER)


def columns_many(n):
    """N columns beside the primary keys of 50 tables."""
    out = program()
    schema(out, columns=1 + n // TABLES, foreign=False)
    out.assertion("dt::valid<v1>")
    return out.text(HEADER)


def steps(n, per_migration):
    out = program()
    schema(out)
    last = history(out, n, per_migration)
    reversible(out, last)
    out.assertion(f"dt::valid<v{last}>")
    return out.text(HEADER)


def steps_one(n):
    return steps(n, max(n, 1))


def steps_chain(n):
    return steps(n, MIGRATION)


def versions(n):
    """N migrations of one step, and only the last version asked for: the whole history is lowered
    from within one question."""
    out = program()
    schema(out)
    last = history(out, n, 1)
    out.assertion(f"dt::valid<v{last}>")
    return out.text(HEADER)


def units(n):
    """One release with N units, each with a struct of its own, against two versions."""
    out = program()
    schema(out)
    last = history(out, MIGRATION, MIGRATION)
    for u in range(n):
        row(out, u)
    if n:
        release(out, "1", range(n))
        out.assertion(f"dt::compatible<app_1, v1, v{last}>")
    return out.text(HEADER + ROW_INCLUDES)


POOL = 40


def releases(n):
    """N releases of four units each, which share the structs, against two versions."""
    out = program()
    schema(out)
    last = history(out, MIGRATION, MIGRATION)
    for u in range(POOL):
        row(out, u)
    for r in range(n):
        release(out, str(r), [(4 * r + k) % POOL for k in range(4)])
    for r in range(n):
        out.assertion(f"dt::compatible<app_{r}, v1, v{last}>")
    return out.text(HEADER + ROW_INCLUDES)


KNOWN = 200


def further(n):
    """N other units of structs that have one each already, in a release of their own, against two versions."""
    out = program()
    schema(out)
    last = history(out, MIGRATION, MIGRATION)
    for u in range(KNOWN):
        row(out, u)
    release(out, "0", range(KNOWN))
    out.assertion(f"dt::compatible<app_0, v1, v{last}>")
    if n:
        out.add('struct app_1 : dt::release<"1",\n    ' + ",\n    ".join(other(u) for u in range(n)) + "> {};")
        out.assertion(f"dt::compatible<app_1, v1, v{last}>")
    return out.text(HEADER + ROW_INCLUDES)


def other(u):
    t = spread(u // 2)
    if u % 2 == 0:
        return f'dt::reads<"t{t}", row{u}, dt::single<"id">>'
    return f'dt::updates<"t{t}", row{u}, dt::key<"{column(t, INSERT[0])[0]}">>'


def rollout(n):
    """N migrations of one step, each with a release that follows it, in one rollout."""
    out = program()
    schema(out)
    history(out, n, 1)
    for u in range(POOL):
        row(out, u)
    if n:
        for r in range(n + 1):
            release(out, str(r), [(4 * r + k) % POOL for k in range(4)])
        events = ["dt::live<v1, app_0>"]
        for r in range(1, n + 1):
            events += [f"dt::migrate<m{r}>", f"dt::start<app_{r}>", f"dt::stop<app_{r - 1}>"]
        out.add("struct plan : dt::rollout<\n    " + ",\n    ".join(events) + "> {};")
        out.assertion("dt::safe<plan>")
    return out.text(HEADER + ROW_INCLUDES)


def both(change, inverse):
    return f"dt::step<{change}, {inverse}>"


def view(t):
    return f'dt::view<"v{t}", dt::query<"SELECT id FROM t{t}">, dt::column<"id", dt::bigint>>'


# One step of each kind on table t. Of two that are each other's inverses one is enough.
KINDS = {
    "add_column": lambda t: both(f'dt::add_column<"t{t}", dt::column<"x", dt::text, dt::null>>',
                                 f'dt::drop_column<"t{t}", "x">'),
    "drop_column": lambda t: 'dt::lossy<"not read", ' + both(
        f'dt::drop_column<"t{t}", "note_{t}">',
        f'dt::add_column<"t{t}", dt::column<"note_{t}", dt::text, dt::null>>') + ">",
    "rename_column": lambda t: both(f'dt::rename_column<"t{t}", "note_{t}", "remark_{t}">',
                                    f'dt::rename_column<"t{t}", "remark_{t}", "note_{t}">'),
    "set_type": lambda t: both(f'dt::set_type<"t{t}", "amount_{t}", dt::bigint>',
                               f'dt::set_type<"t{t}", "amount_{t}", dt::integer>'),
    "set_column_default": lambda t: both(
        f'dt::set_column_default<"t{t}", "rank_{t}", dt::default_value<1>>',
        f'dt::set_column_default<"t{t}", "rank_{t}", dt::default_value<0>>'),
    "set_not_null": lambda t: both(f'dt::set_not_null<"t{t}", "note_{t}">',
                                   f'dt::drop_not_null<"t{t}", "note_{t}">'),
    "add_constraint, a check": lambda t: both(
        f'dt::add_constraint<"t{t}", dt::check<"t{t}_rank_check", "rank_{t} >= 0">>',
        f'dt::drop_constraint<"t{t}", "t{t}_rank_check">'),
    "add_constraint, a foreign key": lambda t: both(
        f'dt::add_constraint<"t{t}", dt::foreign_key<"t{t}_stock_fkey", '
        f'dt::columns<"stock_{t}">, dt::references<"t{(t + 1) % TABLES}", "id">>>',
        f'dt::drop_constraint<"t{t}", "t{t}_stock_fkey">'),
    "add_index": lambda t: both(f'dt::add_index<"t{t}", dt::index<"t{t}_idx", "email_{t}">>',
                                f'dt::drop_index<"t{t}", "t{t}_idx">'),
    "create_table": lambda t: both(
        f'dt::create_table<dt::table<"n{t}", dt::column<"id", dt::bigint>, '
        f'dt::column<"name", dt::text>, dt::primary_key<"id">>>', f'dt::drop_table<"n{t}">'),
    "rename_table": lambda t: both(f'dt::rename_table<"t{t}", "n{t}">',
                                   f'dt::rename_table<"n{t}", "t{t}">'),
    "set_column_comment": lambda t: both(f'dt::set_column_comment<"t{t}", "note_{t}", "said">',
                                         f'dt::set_column_comment<"t{t}", "note_{t}", "">'),
    "create_sequence": lambda t: both(f'dt::create_sequence<dt::sequence<"s{t}", dt::bigint>>',
                                      f'dt::drop_sequence<"s{t}">'),
    "create_schema": lambda t: both(f'dt::create_schema<"s{t}">', f'dt::drop_schema<"s{t}">'),
    "create_view": lambda t: both(f"dt::create_view<{view(t)}>", f'dt::drop_view<"v{t}">'),
    "backfill": lambda t: both(f'dt::backfill<"t{t}", "note_{t}", "\'none\'">',
                               f'dt::clear_column<"t{t}", "note_{t}">'),
}
KIND_STEPS = 50


def kind(key):
    """Steps of one kind, each on a table of its own, ten to a migration; none of them is what N = 0
    of the curve steps_chain has."""
    out = program()
    schema(out)
    for m in range(1, KIND_STEPS // MIGRATION + 1):
        body = ",\n    ".join(KINDS[key](t) for t in range((m - 1) * MIGRATION, m * MIGRATION))
        out.add(f"struct m{m} : dt::migration<v{m},\n    {body}> {{}};")
        out.add(f'struct v{m + 1} : dt::after<"{m + 1}", m{m}> {{}};')
    reversible(out, KIND_STEPS // MIGRATION + 1)
    out.assertion(f"dt::valid<v{KIND_STEPS // MIGRATION + 1}>")
    return out.text(HEADER)


PHASES = ("expand", "fill", "contract")
RECIPES = {
    "gradual_rename_column": lambda t: f'"t{t}", "note_{t}", "remark_{t}"',
    "gradual_retype_column": lambda t: f'"t{t}", dt::synced<"stock_{t}", "left_{t}">, '
                                       f'dt::twin<dt::column<"left_{t}", dt::numeric<20>, dt::null>, "stock_{t}">',
    "gradual_widen_column": lambda t: f'"t{t}", "amount_{t}", dt::bigint',
    "gradual_extract_table": lambda t: f'"t{t}", "part{t}", "note_{t}", "code_{t}"',
    "gradual_extract_rows": lambda t: f'"t{t}", "part{t}", dt::column<"kind", dt::text>, dt::columns<"value">, '
                                      f'dt::row_of<"note", "note_{t}">',
}
GRADUAL = 4  # tables that change so


def gradual(recipe, phase):
    """Some tables that change gradually, up to this phase; -1 is before the first. Every phase is a migration of its own."""
    out = program()
    schema(out)
    version = 1
    for t in range(1, GRADUAL + 1):
        out.add(f"using r{t} = dt::{recipe}<{RECIPES[recipe](t)}>;")
    for name in PHASES[:phase + 1]:
        for t in range(1, GRADUAL + 1):
            out.add(f"struct m{version} : dt::{name}<v{version}, r{t}> {{}};")
            out.add(f'struct v{version + 1} : dt::after<"{version + 1}", m{version}> {{}};')
            version += 1
    reversible(out, version)
    out.assertion(f"dt::valid<v{version}>")
    return out.text(HEADER + '#include <dovetail/extract.hpp>\n')


BUDGET_STEPS = 200
BUDGET_UNITS = 100


def budget(per_migration=MIGRATION, checks=True):
    """50 tables of 15 columns, 200 steps with inverses, 100 structs of 8 fields."""
    out = program(checks)
    schema(out)
    last = history(out, BUDGET_STEPS, per_migration)
    for u in range(BUDGET_UNITS):
        row(out, u)
    release(out, "1", range(BUDGET_UNITS))
    reversible(out, last)
    out.assertion(f"dt::compatible<app_1, v1, v{last}>")
    return out.text(HEADER + ROW_INCLUDES)


def budget_plain():
    return plain(steps=BUDGET_STEPS, units=BUDGET_UNITS)


class curve:
    def __init__(self, key, title, unit, points, make, linear=True, plain=None):
        self.key, self.title, self.unit = key, title, unit
        self.points, self.make, self.linear, self.plain = points, make, linear, plain


# The first point of each curve is what is there before the first of the N.
CURVES = [
    curve("tables", "tables of 15 columns", "tables", [0, 25, 50, 100, 200, 400], tables,
          plain=lambda n: plain(tables=n)),
    curve("columns_wide", "columns of one table", "columns", [0, 50, 100, 200, 400, 800],
          columns_wide, plain=lambda n: plain(tables=1, columns=n)),
    curve("columns_many", "columns over 50 tables", "columns", [0, 250, 500, 1000, 2000],
          columns_many, plain=lambda n: plain(columns=1 + n // TABLES)),
    curve("steps_one", "steps of one migration", "steps", [0, 125, 250, 500, 1000], steps_one,
          plain=lambda n: plain(steps=n)),
    curve("steps_chain", "steps, ten to a migration", "steps", [0, 125, 250, 500, 1000],
          steps_chain, plain=lambda n: plain(steps=n)),
    curve("versions", "versions, only the last asked", "versions", [0, 25, 50, 100, 200], versions,
          plain=lambda n: plain(steps=n)),
    curve("releases", "releases of 4 units", "releases", [0, 25, 50, 100, 200], releases,
          plain=lambda n: plain(steps=MIGRATION, units=POOL)),
    curve("further", "further units of known structs", "units", [0, 25, 50, 100, 200], further,
          plain=lambda n: plain(steps=MIGRATION, units=KNOWN)),
    curve("units", "structs of 8 fields", "structs", [0, 10, 25, 50, 100, 200, 400, 1000], units,
          plain=lambda n: plain(steps=MIGRATION, units=n)),
    curve("rollout", "releases of one rollout", "releases", [0, 10, 20, 40, 80], rollout,
          plain=lambda n: plain(steps=n, units=POOL)),
]
