"""docs/files.md lists every file that can be loaded, with its columns, as the code has them.

`PEELIAN_WRITE_DOCS=1 make test TESTS=tests/docs` writes it anew.
"""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path

from django.db import models

from peelian.intake.layouts import LAYOUTS, LONG, OPTIONAL
from peelian.intake.tables import column_name
from peelian.pages.tables import label
from peelian.promises import load as promises
from peelian.record.kinds import Kind, kinds
from peelian.record.models import ToRecord
from peelian.transparency import spending_file as spending

PAGE = Path(__file__).resolve().parents[2] / "docs/files.md"
HEAD = """\
# Files and their columns

<!-- Written from the code: PEELIAN_WRITE_DOCS=1 make test TESTS=tests/docs -->

A file is a CSV (UTF-8, commas) or the first sheet of an XLSX workbook, named as below. \
Its first row names the columns, by *column* or by *label*; order does not matter. \
[The first load](how-to/first-load.md) says how to begin. A reference may also be given as \
`kind/reference`, and where only one record has it, a title does as well. The column `parent` may \
be headed by the kind it names, such as `meeting`.

*Needed* says **yes** where a row without it is refused, and *made* where it is made up if left out.
"""
# `peelian load` wants the day and the source in every row; `peelian figures load` may be told them.
OBSERVED_COLUMNS = (*LONG, "as_at", "source")
OBSERVED_OPTIONAL = tuple(name for name in OPTIONAL if name not in OBSERVED_COLUMNS)
PLAIN: tuple[tuple[type[models.Field[object, object]], str], ...] = (
    (models.BooleanField, "yes or no"),
    (models.DateField, "a date like 2020-02-05"),
    (models.TimeField, "a time like 11:00"),
    (models.IntegerField, "a whole number"),
    (models.FloatField, "a number"),
    (models.DecimalField, "an amount in pounds like 1,234.50"),
)
# What the columns of the two tables that are more than one kind of record hold.
PLAN = {
    "objective": "the reference or title of an objective",
    "element": "policing, commissioner",
    "commitment_reference": "the commitment’s printed reference",
    "commitment": "its text; the same in each of its rows",
    "activity_reference": "the activity’s printed reference; may be empty or repeated",
    "activity": "its text; if empty, the commitment’s",
    "status": "a status: see `progress` under [activities](#activities)",
    "as_at": "the day the update was true",
    "update": "the update; if empty, none is kept",
    "oversight": "names of oversight mechanisms, with `;` between",
    "status_as_printed": "the status in the words it was printed in",
    "owner": "the reference or title of a role or body",
    "due": "a date like 2020-02-05",
    "made_by": "who made the commitment: see `made_by` under [commitments](#commitments)",
}
OBSERVED = {
    "measure": "the reference of a measure",
    "area": "the reference of an area",
    "period": "a month like 2019-12, or a financial quarter like 2019/20-Q3",
    "value": "a number",
    "as_at": "the day the value was known; a revision has its own",
    "source": "where the figure comes from",
    "illustrative": "yes if the value is made up",
    "provisional": "yes if the value is likely to be revised",
    "note": "text, at most 300 characters",
}
# Columns of the finance export go by other names as well: peelian/transparency/spending_file.py.
SPENT = {
    "recipient": "who was paid (also `supplier`, `payee`, `vendor`)",
    "amount": "an amount in pounds like 1,234.50 (also `net_amount`, `value`)",
    "date": "a day like 31/01/2026 or 2026-01-31 (also `payment_date`)",
    "purpose": "what it was for (also `description`, `narrative`)",
    "reasons": "why good value was expected; may be empty (also `value_for_money`)",
    "body": "PCC or commissioner, chief constable or force (also `paid_by`, `entity`)",
    "contract": "the reference of a contract",
}
PUBLISHED = """\
## Published files

Returns are loaded with `peelian figures load`, on screen or from a watched folder, and may also \
be \
laid out as others publish them. [Your first monthly return](how-to/first-return.md) says how. Of \
a national file an office gets what its register has; the rest is left out, and named. A measure \
is known by its reference or title; a force however it is spelt (“Devon & Cornwall Police”, “Devon \
and Cornwall”), or by its ONS code. A cell that is empty or says `..`, `-`, `*`, `:`, `[x]` and \
the like is a gap.
"""
LAYOUT_WORDS = {
    "met-boroughs": """\
Crimes by London borough (London Datastore): `MajorText`, `MinorText`, `BoroughName`, then a \
column \
for each month, `202311`. A measure is `Major: minor`. “Burglary - residential” of the file that \
begins in December 2023 is “Domestic burglary” of the one before; where a measure has figures on \
both sides, a phase with the cause *definition* begins there, unless anybody has decided on a \
phase \
within two months of it.""",
    "police-uk": """\
Street-level crime (data.police.uk): one CSV, a folder of them, or the zip archive, whose files \
are \
named like `2025-06/2025-06-west-mercia-street.csv`; outcomes and stops in it are not read. \
Measures are named by the crime type, such as `Robbery (police.uk)`.

- Every row counts, equal ones too: a crime's ID is blank or used again.
- A row counts for the force that reported it. It also counts for every area on the register that \
its LSOA's code names, or the authority its LSOA's name begins with, if that area lies within the \
force's area. Rows without a place, or elsewhere, are in the force's total only.
- A month or force without a file, or with an empty one, is left out and said.
- An area without a row of a type is a nought, where its force has some. A force without a row of \
a \
type has a nought only where its other files in the same archive hold some, under ten a month; \
else it is left out and said.
- Refused whole: what has a password, is damaged, unpacks to more than a hundred times its size, \
holds links or paths that lead out of it, or a month of a force twice.""",
    "force-table": """\
Tables by police force (Home Office, ONS and others): CSV, XLSX or ODS.

- The heading may stand under titles, up to row 60. It has a column for the force (`Police force`, \
`PFA`, `Area name` and the like, or no heading at all).
- The period stands at the head of each column, or in a column (`Year ending`, `Year`, `As at`, \
`Financial year` with `Financial quarter`), or in the title, if that names one and no more: `year \
ending March 2020`, `as at 30 September 2019`, `2018/19`. Without a period a table is refused.
- Periods: `Apr 2019 to Mar 2020`, `Year ending March 2020`, `2019/20`, `Oct to Dec 2019`, `Q2 \
2019/20`, `30 September 2019`, `31-03-2003`, `Mar-19`, `2019`. Twelve months are a rolling year. A \
`2011/12` among no others like it is refused: it may be a month. Under `Financial year` it is none.
- A measure is named by the columns of words (`Offence`), else by the heading of its figures, else \
by the title with its unit (`Police officers (FTE)`), else by the file.
- Regions, totals, notes, changes and percentages beside periods, and what is no force, are left \
out and said. “West Midlands” is a region and a force: the force is the row after West Mercia, or \
the one without a region's code. Where neither tells, the table is refused.
- Footnote marks, leading stars and surplus spaces are taken off; `[p]` makes a figure provisional.
- All sheets of such a kind are read; `--sheet` names one.
- Refused whole: a second table in a sheet, a table of areas within forces, a failed formula.""",
}


def holds(kind: Kind, name: str) -> str:
    """Return what a column of a kind's table holds, in words."""
    if name in kind.links:
        return f"references of {_one_of(kind.links[name])}, with `;` between"
    field = kind.model._meta.get_field(name)
    assert isinstance(field, models.Field)
    if isinstance(field, ToRecord):
        return f"a reference of {_one_of(kind.parents if name == 'parent' else field.kinds)}"
    if field.choices:
        return ", ".join(str(code) for code, _label in field.flatchoices if code)
    for form, words in PLAIN:
        if isinstance(field, form):
            return words
    return f"text, at most {field.max_length:,} characters" if field.max_length else "text"


def needed(kind: Kind, name: str) -> str:
    """Return whether a row needs the column: yes, made, or nothing."""
    if name in kind.links:
        return ""
    given = {other: "x" for other in kind.fields if other not in ("reference", "title")}
    if name in ("reference", "title") and kind.model.complete(given).get(name):
        return "made"
    field = kind.model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return "" if field.blank or field.null or field.has_default() else "yes"


def _one_of(names: tuple[str, ...]) -> str:
    words = " or ".join(name.replace("-", " ") for name in names)
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def page() -> str:
    """Return the page as the code has it."""
    parts = [HEAD, "## Tables of their own\n"]
    parts.append(_special("delivery-plan", promises.COLUMNS, promises.OPTIONAL, PLAN))
    parts.append(_special("observations", OBSERVED_COLUMNS, OBSERVED_OPTIONAL, OBSERVED))
    parts.append(_special("spending", spending.REQUIRED, ("contract",), SPENT))
    parts += [PUBLISHED, *(f"### {name}\n\n{LAYOUT_WORDS[name]}\n" for name in LAYOUT_WORDS)]
    for area, some in groupby(sorted(kinds(), key=lambda k: k.area), key=lambda k: k.area):
        parts.append(f"## {area.capitalize()}\n")
        # A month of spending is loaded with its payments, as told above.
        parts += [_kind(kind) for kind in some if kind.name != "spending-month"]
    return "\n".join(parts)


def _kind(kind: Kind) -> str:
    rows = []
    for name in kind.fields:
        said = label(kind, name)
        other = "" if column_name(said) == name else said
        rows.append(f"| `{name}` | {other} | {holds(kind, name)} | {needed(kind, name)} |")
    head = f"### {kind.slug}\n\n{kind.plural}: `{kind.slug}.csv`.\n"
    return "\n".join([head, "| Column | Label | Holds | Needed |", "|---|---|---|---|", *rows, ""])


def _special(
    prefix: str, columns: tuple[str, ...], optional: tuple[str, ...], words: dict[str, str]
) -> str:
    rows = [
        f"| `{name}` | {words[name]} | {'' if name in optional else 'yes'} |"
        for name in (*columns, *optional)
    ]
    head = f"### {prefix}\n\nAny file whose name begins so: `{prefix}.csv`, `{prefix}-2020.csv`.\n"
    return "\n".join([head, "| Column | Holds | Column needed |", "|---|---|---|", *rows, ""])


def test_the_page_lists_every_file_and_column() -> None:
    made = page()
    if os.environ.get("PEELIAN_WRITE_DOCS"):
        PAGE.write_text(made, encoding="utf-8")
    printed = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    assert printed == made, "PEELIAN_WRITE_DOCS=1 make test TESTS=tests/docs writes it anew"


def test_every_layout_that_others_publish_is_described() -> None:
    assert {*LAYOUT_WORDS, "long", "wide"} == set(LAYOUTS)


def test_the_words_for_the_two_special_tables_cover_their_columns() -> None:
    assert set(PLAN) == {*promises.COLUMNS, *promises.OPTIONAL}
    assert set(OBSERVED) == {*LONG, *OPTIONAL}
