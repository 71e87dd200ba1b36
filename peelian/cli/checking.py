"""`peelian check`: the record against itself, or documents before they go out."""

from __future__ import annotations

import atexit
import datetime as dt
import gc
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from peelian.cli.running import fail, set_up, set_up_without_record

if TYPE_CHECKING:
    from peelian.intake.document import Document
    from peelian.proofreading.dismissals import Dismissal
    from peelian.proofreading.findings import Confidence, Finding
    from peelian.proofreading.report import Report

UNREADABLE = 2  # the status where a document or an option cannot be used
FORMS = {".json": "json", ".html": "html", ".md": "md", ".pdf": "pdf", ".txt": "text"}
SURENESS = ("certain", "likely", "possible")


@click.command(epilog="Example:  peelian check pack.pdf --earlier november.pdf --out findings.html")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--as-at", "as_at", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge by.")
@click.option("--only", multiple=True, help="Run only this check; may be given again.")
@click.option("--public", is_flag=True, help="Of the record: look only at what is published.")
@click.option(
    "--earlier",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A document of before, such as the last minutes; may be given again.",
)
@click.option(
    "--format", "form", type=click.Choice([*FORMS.values()]), help="The report's form; else text."
)
@click.option("--out", type=click.Path(path_type=Path), help="Write the report here.")
@click.option("--fail-on", type=click.Choice(SURENESS), help="End with 1 if a finding is so sure.")
@click.option("--dismiss", multiple=True, help="The number of a finding that may stand.")
@click.option("--reason", default="", help="Why it may stand.")
def check(
    paths: tuple[Path, ...],
    as_at: dt.datetime | None,
    only: tuple[str, ...],
    public: bool,
    earlier: tuple[Path, ...],
    form: str | None,
    out: Path | None,
    fail_on: str | None,
    dismiss: tuple[str, ...],
    reason: str,
) -> None:
    """Check documents before they go out; or, without PATHS, the record against itself.

    Reads PDF, DOCX, XLSX, ODS, CSV and plain text, or folders of them, and says what is wrong with
    them, with page and line. Nothing is kept and nothing need be set up. Of documents the status is
    0; 1 with --fail-on where a finding is at least so sure; 2 where something cannot be read.

    Of the record the status is 1 where a finding of the severity “error” stands that nobody has
    acknowledged.
    """
    day = as_at.date() if as_at else None
    if not paths:
        _refuse_without_paths(earlier, form, out, fail_on, dismiss)
        _check_record(day, only, public=public)
    if public:
        raise click.UsageError("--public is for the record: leave out the documents.")
    if dismiss and not reason.strip():
        raise click.UsageError("--dismiss needs --reason: say why it may stand.")
    form = form or (FORMS.get(out.suffix.lower(), "text") if out else "text")
    if form == "pdf" and out is None:
        raise click.UsageError(
            "A PDF cannot be printed here: say where it goes, --out findings.pdf"
        )
    # A document is checked before any set-up: no key is kept for it.
    os.environ.setdefault("PEELIAN_SECRET_KEY", secrets.token_urlsafe(50))
    gc.disable()  # one document, then the end: looking for cycles takes a tenth of the time
    atexit.register(gc.freeze)  # nor are they looked for as the interpreter ends
    # Pages are made by the site's templates, words are not.
    set_up() if form in ("html", "pdf") else set_up_without_record()
    report = _check_documents(paths, earlier, day, only, dismiss, reason)
    _write(report, form, out)
    sys.exit(1 if fail_on and report.reaches(_confidence(fail_on)) else 0)


def _refuse_without_paths(*options: object) -> None:
    names = ("--earlier", "--format", "--out", "--fail-on", "--dismiss")
    if given := [name for name, value in zip(names, options, strict=True) if value]:
        raise click.UsageError(f"{', '.join(given)}: for documents. Name one, such as pack.pdf")


def _check_record(day: dt.date | None, only: tuple[str, ...], *, public: bool) -> NoReturn:
    set_up()
    from peelian.checks import findings as checks
    from peelian.record import clock
    from peelian.record.access import Command
    from peelian.record.scope import PUBLIC, Scope

    scope = PUBLIC if public else Scope(Command("peelian check"))
    if said := _unknown(only, [c.name for c in checks.checks()]):
        fail(said)
    findings = checks.run(scope, day or clock.today(), only=only or None)
    click.echo(checks.findings_text(findings))
    known_findings = checks.acknowledged(findings)
    errors = [f for f in findings if f.severity == "error"]
    sys.exit(1 if any(f.fingerprint not in known_findings for f in errors) else 0)


def _unknown(only: Sequence[str], known: Sequence[str]) -> str:
    """Return what to say of names that are no check's; nothing where there are none."""
    unknown = sorted(set(only) - set(known))
    names = ", ".join(sorted(known))
    return f"There is no check called {', '.join(unknown)}. There are: {names}." if unknown else ""


def _check_documents(
    paths: Sequence[Path],
    earlier: Sequence[Path],
    day: dt.date | None,
    only: Sequence[str],
    dismiss: Sequence[str],
    reason: str,
) -> Report:
    """Read, check and report; what is newly dismissed is written beside its document first."""
    from peelian.intake.tables import Rejected
    from peelian.proofreading import every as every
    from peelian.proofreading.findings import checks, run
    from peelian.proofreading.halves import run_in_halves
    from peelian.proofreading.proof import Proof
    from peelian.proofreading.report import report

    if said := _unknown(only, [c.name for c in checks()]):
        _stop(said)
    try:
        read, before = _read(paths), _read(earlier)
        proof = Proof([document for _path, document in read], [d for _path, d in before], day)
        findings = run(proof, only) if only else run_in_halves(proof)
        where = {document.file: path for path, document in read}
        _dismiss(findings, where, dismiss, reason)
        return report(proof, findings, _dismissals(where.values()))
    except Rejected as error:
        _stop("\n".join(map(str, error.problems[:50])))


def _read(paths: Sequence[Path]) -> list[tuple[Path, Document]]:
    """Read files and folders. What a folder holds beside is told; a file that is named must do."""
    from peelian.intake.documents import files_in, read_document
    from peelian.intake.tables import Rejected

    refused: list[Rejected] = []
    read: list[tuple[Path, Document]] = []
    for path in files_in(paths, refused):
        try:
            read.append((path, _with_bar(path, read_document)))
        except Rejected as error:
            if path in paths:
                raise
            refused.append(error)
    for left_out in refused:
        click.echo(str(left_out), err=True)
    if paths and not read:
        _stop("There is nothing to read.")
    return read


def _with_bar(path: Path, read: Callable[..., Document]) -> Document:
    """Read with a progress bar, which shows where there is somebody to see it."""
    with click.progressbar(
        length=100, label=path.name, file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:

        def progress(done: int, whole: int) -> None:
            bar.update(int(100 * done / max(whole, 1)) - bar.pos)

        return read(path, progress)


def _dismiss(
    findings: Sequence[Finding], where: dict[str, Path], wanted: Sequence[str], reason: str
) -> None:
    from peelian.proofreading.dismissals import dismiss

    by_number = {finding.fingerprint: finding for finding in findings}
    if unknown := [number for number in wanted if number not in by_number]:
        _stop(f"There is no finding {', '.join(unknown)}. Nothing was dismissed.")
    for number in wanted:
        finding = by_number[number]
        today = dt.datetime.now().astimezone().date()
        dismiss(where[finding.place.origin.file], finding, reason.strip(), today)


def _dismissals(paths: Iterable[Path]) -> dict[str, Dismissal]:
    from peelian.proofreading.dismissals import read_dismissals

    return {number: one for path in paths for number, one in read_dismissals(path).items()}


def _write(report: Report, form: str, out: Path | None) -> None:
    from peelian.proofreading import output

    day = dt.datetime.now().astimezone().date()
    if form == "pdf":
        assert out is not None  # noqa: S101 — asked for above
        out.write_bytes(output.as_pdf(report, day))
    else:
        text = {
            "text": output.as_text,
            "md": output.as_markdown,
            "json": output.as_json,
            "html": lambda r: output.as_html(r, day),
        }[form](report)
        if out is None:
            click.echo(text, nl=False)
            return
        out.write_text(text, encoding="utf-8")
    click.echo(f"{out}: {len(report.findings):,} findings.", err=True)


def _confidence(name: str) -> Confidence:
    from peelian.proofreading.findings import Confidence

    return Confidence(name)


def _stop(message: str) -> NoReturn:
    click.secho(message, fg="red", err=True)
    sys.exit(UNREADABLE)
