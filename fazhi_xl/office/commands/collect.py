"""Collecting: returned files to a ranking. One bad file never stops the rest, and every file is accounted for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_xl.form.identity import Edition, round_id
from fazhi_xl.form.model import Form
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.appeals.take import WithAppeals, with_appeals
from fazhi_xl.office.commands.next_step import next_step
from fazhi_xl.office.commands.standing import Asked, Done, Heard, Standing
from fazhi_xl.office.commands.summary import in_brief, round_summary
from fazhi_xl.office.history.earlier_ranks import earlier_round
from fazhi_xl.office.history.lost_returns import lost_returns
from fazhi_xl.office.history.switched_returns import switched_returns
from fazhi_xl.office.outputs.originals import keep_originals, with_copies
from fazhi_xl.office.outputs.receipt_register import write_register
from fazhi_xl.office.outputs.results import drawn_results, write_report, write_results
from fazhi_xl.office.ranking.alternatives import ScoredRound, alternative_rankings
from fazhi_xl.office.ranking.score_units import score_units
from fazhi_xl.office.returns.clock import clock_doubts
from fazhi_xl.office.returns.pipeline import ReadReturns, read_returns
from fazhi_xl.office.returns.receipt_register import ReceiptRegister
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.review.display import claimed, claims, penalties, rulings
from fazhi_xl.office.review.grown import refuse_changed
from fazhi_xl.office.review.replies import settled_by_office, with_replies
from fazhi_xl.office.review.session import Review, ReviewContext, ReviewOrders, review_round
from fazhi_xl.office.review.vanished import restore_records
from fazhi_xl.office.review.write_books import (
    begin_books,
    sections_named,
    sections_recorded,
    tell_findings,
    write_books,
)
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.issued_round import IssuedRound, issued_round
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.shared_forms import SharedForms
from fazhi_xl.office.workspace.store import Kept, Store, stored
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import EarlierRound, Round

if TYPE_CHECKING:
    from fazhi_xl.office.sealing.beside import Sealing


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectOrder:
    """What to collect, what is ordered of the review, and an earlier round's folder, to compare with.

    `restore` puts a record of decisions back that has vanished. With `report_only` nothing is written but report.json. `shared` is what
    rounds of the same notice have in common, where many are collected.
    """

    sources: Sources = field(default_factory=Sources)
    review: ReviewOrders = field(default_factory=ReviewOrders)
    previous: Path | None = None
    restore: bool = False
    report_only: bool = False
    shared: SharedForms | None = None

    @property
    def repeats(self) -> bool:
        """Say whether the same order may come again: nothing is entered by it."""
        return not (self.restore or self.review.accept or self.review.entered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """A round that was collected, what was decided in it, its forms, and the files that came."""

    round_: Round
    review: Review
    forms: tuple[Form, ...]
    arrivals: tuple[Arrival, ...]


def collect(notice: Notice, space: Workspace, order: CollectOrder, progress: Progress, *, now: datetime) -> Round:
    """Collect, and give the round; see `collected`."""
    return collected(notice, space, order, progress, now=now)[0]


def collected(
    notice: Notice, space: Workspace, order: CollectOrder, progress: Progress, *, now: datetime
) -> tuple[Round, Review]:
    """Collect, and give the round and what was decided in it; see `collected_whole`."""
    whole = collected_whole(notice, space, order, progress, now=now)
    return whole.round_, whole.review


def collected_whole(
    notice: Notice, space: Workspace, order: CollectOrder, progress: Progress, *, now: datetime
) -> Collected:
    """Read the returns, check and score them, and write 存档/, 审核/, 结果/ and 收到登记.xlsx. Raises WrongUseError only for wrong use.

    If only the timestamp differs from the run before, the round keeps that run's, and the files stay as they are.
    """
    issued, asked = issued_round(notice, space, order.shared), _asked(notice, space, order, now)
    with locked(space, "收表", progress) as alive, stored(space, alive) as store:
        before = asked.seen() if order.repeats else None
        done, review, arrivals = _collected(issued, asked, order, alive, store)
        after = asked.seen() if before else None
        if before and after and done.settled(before, after):
            alone = order.report_only
            told = (
                *done.said.lines,
                *round_summary(done.round_, space, report_only=alone),
                next_step(done.round_, space, report_only=alone),
            )
            standing = Standing(lines=told, brief=in_brief(done.round_), attention=done.round_.needs_attention)
            store.put(Kept.STANDING, after.key, standing.data)
        return Collected(round_=done.round_, review=review, forms=tuple(issued.forms), arrivals=arrivals)


def standing(
    notice: Notice, space: Workspace, order: CollectOrder, progress: Progress, *, now: datetime
) -> Standing | None:
    """Give how a round stands where a collect would change nothing of it; None where it has to be collected. Raises WrongUseError."""
    if not (order.repeats and space.campaign_file.exists()):
        return None
    asked = _asked(notice, space, order, now)
    with locked(space, "收表", progress) as alive, stored(space, alive) as store:
        return asked.standing(store)


def _asked(notice: Notice, space: Workspace, order: CollectOrder, now: datetime) -> Asked:
    sections, earlier = sections_named(notice, order.review.sections), None
    if order.previous:
        rehearsal = Edition.of_record(space.issued_campaign()).rehearsal
        earlier = earlier_round(notice, order.previous, rehearsal=rehearsal)
    return Asked(
        notice=notice,
        space=space,
        sources=order.sources,
        earlier=earlier,
        sections=sections,
        report_only=order.report_only,
        now=now,
    )


def _collected(
    issued: IssuedRound, asked: Asked, order: CollectOrder, progress: Progress, store: Store
) -> tuple[Done, Review, tuple[Arrival, ...]]:
    space, sections, said, once = issued.space, asked.sections, Heard(to=progress), Heard(to=progress)
    if order.restore and restore_records(space, once):
        sections = (*sections, *sections_recorded(issued.notice, space))
    sealing = _sealing(space, said)
    read = read_returns(issued, order.sources, said, store, sealing.before if sealing else None)
    at_register = tuple(said.lines)
    files = with_copies(space, read.files)
    for line in clock_doubts(issued, files, asked.now.date()):
        said.say(line)
    context = ReviewContext(
        notice=issued.notice, space=space, forms=issued.forms, edition=issued.edition, now=asked.now
    )
    reviewed = _reviewed(context, files, order.review, read.register)
    review, files = reviewed.review, reviewed.files
    if order.report_only:
        round_ = _round(reviewed, read.register, asked.earlier, alternatives=False)
        round_ = _beside(round_, sealing, read, review)
        for line in (*lost_returns(space, round_), *switched_returns(space, round_)):
            once.say(line)
        tell_findings(review, said)
        return Done(space=space, round_=write_report(space, round_), said=said, once=once), review, read.arrivals
    begun = begin_books(review, sections, order.sources.jobs, store)
    round_ = _beside(_round(reviewed, read.register, asked.earlier), sealing, read, review)
    for line in (*lost_returns(space, round_), *switched_returns(space, round_)):
        once.say(line)
    space.make(space.results, space.archive)
    keep_originals(space, read.arrivals, files, once)
    register = write_register(space, round_, read.register, once)
    tell_findings(review, said)
    try:
        results = drawn_results(space, round_)
    finally:
        books = write_books(begun, once)
    kept = write_results(space, results, issued.forms, order.sources.jobs, store)
    if sealing:
        sealing.remember(space)
    _update_contacts(asked, read, files, said=said, once=once)
    _note_returned(space, files, once)
    same = register == read.register.data or not (read.register.known or at_register)
    done = Done(space=space, round_=kept, books=books, register=register, same_register=same, said=said, once=once)
    return done, review, read.arrivals


def _reviewed(
    context: ReviewContext, files: Iterable[FileResult], orders: ReviewOrders, register: ReceiptRegister
) -> WithAppeals:
    """Record what units reply and ask for and what the office decides, and give the files with what is settled by that."""
    refuse_changed(context.space)
    told, queries = with_replies(context.notice, context.space, files, context.stamp, register.set_aside)
    done = with_appeals(context, review_round(context, told, orders, queries), told, register.set_aside)
    return replace(done, files=settled_by_office(done.files, queries, done.review.decided))


def _sealing(space: Workspace, said: Heard) -> Sealing | None:
    """Read the sealed editions, where there may be any, and say what of them, or of the records, is not as it was sealed."""
    if not (space.sealed.exists() or (space.archive / space.sealed.name).exists()):
        return None
    from fazhi_xl.office.sealing.beside import Sealing  # noqa: PLC0415 - few rounds have any

    sealing = Sealing.of(space)
    for line in sealing.faults:
        said.say(line)
    return sealing


def _beside(round_: Round, sealing: Sealing | None, read: ReadReturns, review: Review) -> Round:
    """Give the round with what differs from its newest sealed edition."""
    return sealing.beside(round_, review.record.decisions, read.register.adopted) if sealing else round_


def _note_returned(space: Workspace, files: Iterable[FileResult], once: Heard) -> None:
    """Note the mails that came back, where the office has sent any."""
    if not space.mail.exists():
        return
    from fazhi_xl.office.post.returned import note_returned  # noqa: PLC0415 - as below

    note_returned(space, files, once)


def _update_contacts(asked: Asked, read: ReadReturns, files: Iterable[FileResult], *, said: Heard, once: Heard) -> None:
    """Bring the office's contacts up to date, where it keeps any."""
    if not asked.space.contacts_file.exists():
        return
    from fazhi_xl.office.contacts.update import update  # noqa: PLC0415 - few rounds need its library

    senders = {arrival.path: arrival.sender for arrival in read.arrivals if arrival.sender}
    updated = update(asked.space, asked.notice, files, senders, asked.now.date())
    for line in updated.told:
        said.say(line)
    for line in updated.once:
        once.say(line)


def _round(
    reviewed: WithAppeals, register: ReceiptRegister, earlier: EarlierRound | None, *, alternatives: bool = True
) -> Round:
    review, kept = reviewed.review, reviewed.files
    context, decided, dossier, every = review.context, review.decided, review.dossier, review.open
    open_ = tuple(each for each in every if not each.for_sealing)
    standing = score_units(context.notice, context.forms, kept, decided, undecided=bool(open_))
    basis = standing.basis
    scored = ScoredRound(forms=context.forms, files=kept, decided=decided, standing=standing)
    return Round(
        notice=context.notice,
        generated=context.now,
        basis=basis,
        files=kept,
        units=standing.units,
        reviewed=standing.reviewed,
        open=open_,
        unsealed=tuple(each for each in every if each.for_sealing),
        second=review.second,
        version=context.edition.text,
        mark=context.mark,
        review=review.findings,
        rulings=rulings(decided, dossier),
        claims=tuple(claims(decided, dossier, basis, claimed(kept))),
        penalties=tuple(penalties(decided, dossier)),
        on_self=standing.first,
        unasked=frozenset(form.unit for form in context.forms if not form.shape.fields),
        alternatives=tuple(alternative_rankings(scored)) if alternatives else (),
        earlier=earlier,
        identity=round_id(context.space.key()),
        extensions=register.extensions.granted,
        unread=register.unread,
        appeals=reviewed.appeals,
    )
