"""Filing: an arrived letter is opened and put where it belongs: on its case, beside it, or aside for somebody to see.

Whoever is not proven to be the case's customer changes nothing: their letter is filed where only the marketplace's team
reads it (ADR 48).
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from tratativa.accounts import actors, text
from tratativa.cases import door, events
from tratativa.cases.core import audience, rulebook_versions
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.files import attachments
from tratativa.cases.models import Attachment, Case, Entry, Text
from tratativa.mail import tokens
from tratativa.mail.filing import (
    answering,
    aside,
    bouncing,
    kept_files,
    left_out,
    long_letters,
    offering,
    pace,
    participants,
    sender_proof,
    strangers,
    threading,
)
from tratativa.mail.filing.kept_files import Kept
from tratativa.mail.filing.sender_proof import Proof
from tratativa.mail.filing.threading import Thread
from tratativa.mail.models import Arrival, Letter
from tratativa.mail.outgoing import colleagues
from tratativa.mail.reading import guarded
from tratativa.mail.reading.letter import Letter as Read
from tratativa.mail.reading.mime.parts import Unreadable
from tratativa.mail.reading.senders import triage
from tratativa.mail.reading.senders.triage import Correspondence
from tratativa.rulebook.terms.parties import Party

_REMEMBERED = 5
_ANSWERABLE = 50


def open_letter(arrival_id: UUID, *, at: datetime) -> None:
    """Opens a waiting letter and files it at the moment it came. Opened before, it stays where it is."""
    arrival = Arrival.objects.select_related("mailbox", "case").get(pk=arrival_id)
    if arrival.state != "waiting":
        return
    try:
        opened = read(arrival)
    except (Unreadable, FileNotFoundError) as bound:
        aside.put(arrival, str(bound), at=at)
        return
    with rulebook_versions.letters_of(arrival.mailbox.marketplace_id):
        thread = threading.find(opened.fields, arrival.recipients, arrival.mailbox)
        proof = _proof(arrival, opened, thread)
        kept = _files(arrival, opened, thread, proof)
        with transaction.atomic():
            locked = (
                Arrival.objects.select_for_update(of=("self",)).select_related("mailbox", "case").get(pk=arrival_id)
            )
            if locked.state == "waiting":
                _file(locked, opened, thread, proof, kept)
                locked.opened_at = at
                # Its signed addresses have done their work: a copy of the database must not write as anybody.
                locked.recipients = [tokens.without(one) for one in locked.recipients]
                locked.save()


def read(arrival: Arrival) -> Read:
    """The letter, read with what is known of its writer. Raises Unreadable, and FileNotFoundError for a lost one."""
    return guarded.READER.read(_raw(arrival), _sent_before(arrival), _correspondence(arrival))


def _raw(arrival: Arrival) -> bytes:
    with default_storage.open(arrival.path) as stored:
        content: bytes = stored.read()
    return content


def _sent_before(arrival: Arrival) -> list[str]:
    """The texts of our last letters on the case, by which a history without marks is known."""
    if arrival.case_id is None:
        return []
    sent = Letter.objects.filter(case_id=arrival.case_id, state="sent", sent_at__lt=arrival.at).order_by("-sent_at")
    return list(sent.values_list("text", flat=True)[:_REMEMBERED])


def _correspondence(arrival: Arrival) -> Correspondence:
    """Whose letters are a person's by their address, and the subjects of what they were sent, where that is known."""
    case = arrival.case
    if case is None:
        return Correspondence()
    sent = Letter.objects.filter(case=case, state="sent").order_by("-sent_at").values_list("subject", flat=True)
    writer = arrival.sender if participants.writes(case, arrival.sender) else ""
    return Correspondence(writer, tuple(sent[:_ANSWERABLE]) or None)


def _proof(arrival: Arrival, read: Read, thread: Thread) -> Proof:
    """What says that the letter is its sender's; nobody is asked about who could say nothing here anyway."""
    case = thread.case
    if case and (participants.writes(case, arrival.sender) or participants.colleague(case, arrival.sender)):
        return sender_proof.of(_raw(arrival), read, arrival.mailbox, own_address=thread.own_address)
    return Proof(disowned=sender_proof.disowned(read, arrival.mailbox))


def _files(arrival: Arrival, read: Read, thread: Thread, proof: Proof) -> Kept:
    """What the letter brought for its case; a stranger's files and a machine's stay in the letter."""
    whole = long_letters.whole(read)
    if arrival.settled_at and arrival.case:
        by = actors.clock(arrival.case.marketplace)
        return kept_files.keep(arrival, read, arrival.case, by=by, at=arrival.settled_at, beside=whole)
    if _is_customers(arrival, read, thread, proof) and thread.case and thread.case.customer:
        by = actors.of_customer(thread.case.customer)
        return kept_files.keep(arrival, read, thread.case, by=by, at=arrival.at, beside=whole)
    return Kept()


def _is_customers(arrival: Arrival, read: Read, thread: Thread, proof: Proof) -> bool:
    """Whether the letter is the case's customer's own, proven, and no machine's."""
    case = thread.case
    if case is None or case.customer is None or read.sender is None or read.machine:
        return False
    if tokens.key_of(read.message_id) or not proof.enough or not participants.writes(case, read.sender.address):
        return False
    return not pace.of_customer(arrival, case) and (proof.twofold or not answering.delicate(case, read))


def _file(arrival: Arrival, read: Read, thread: Thread, proof: Proof, kept: Kept) -> None:
    arrival.machine, arrival.folded = read.machine, long_letters.folded(read)
    arrival.pictures = kept_files.pictures(read)
    brought = arrival.case if arrival.settled_at else None
    arrival.case = thread.case
    key = tokens.key_of(read.message_id)
    if key and Letter.objects.filter(pk=key).exists():
        arrival.state = "own"
    elif read.machine == triage.BOUNCE and bouncing.note(arrival, read) and arrival.case:
        arrival.state = "filed"
        arrival.entry = _beside(arrival, arrival.case, read, "machine")
    elif brought is not None:
        arrival.case, arrival.state = brought, "filed"
        arrival.entry = _beside(arrival, brought, read, "brought", at=arrival.settled_at, files=kept.files)
        arrival.left_out = kept.left_out
        _tell_left_out(arrival, brought, arrival.entry, read)
    elif thread.case is None:
        arrival.state, arrival.offered = "unmatched", offering.case_of(arrival, read)
    elif _is_customers(arrival, read, thread, proof):
        arrival.state, arrival.verified = "filed", True
        _take(arrival, thread.case, thread, read, kept)
    else:
        arrival.state = "filed"
        _file_beside(arrival, thread.case, read, proof)


def _file_beside(arrival: Arrival, case: Case, read: Read, proof: Proof) -> None:
    """A letter that is not the customer's, as far as anybody knows yet."""
    vouched = proof.authenticated and not read.machine
    known = participants.colleague(case, arrival.sender) if vouched else None
    if known:
        arrival.entry = _beside(arrival, case, read, "colleague")
        if not pace.of_all(arrival, case):
            colleagues.tell(arrival.entry, *known)
        return
    arrival.entry = _beside(arrival, case, read, _why(arrival, case, read, proof))
    if (task := _task(arrival, case, read, disowned=proof.disowned)) and not pace.of_all(arrival, case):
        with door.judging(case.pk, by=actors.clock(case.marketplace), at=arrival.at) as change:
            task(change, arrival)


def _why(arrival: Arrival, case: Case, read: Read, proof: Proof) -> str:
    """Why a letter lies beside the conversation: whose it seems to be, and what is missing."""
    if read.machine:
        return "machine"
    if proof.disowned or not participants.writes(case, arrival.sender):
        return "stranger"
    if not proof.enough:
        return "unproven"
    return "delicate" if answering.delicate(case, read) and not proof.twofold else "loop"


def _task(arrival: Arrival, case: Case, read: Read, *, disowned: bool) -> Callable[[Change, Arrival], None] | None:
    """What the letter leaves to do. One header a program adds must not make a customer's words nobody's."""
    if not read.machine:
        return strangers.ask
    if disowned or not participants.writes(case, arrival.sender):
        return None
    return {triage.NOTICE: strangers.look, triage.ABSENCE: strangers.absent}.get(read.machine)


def _take(arrival: Arrival, case: Case, thread: Thread, read: Read, kept: Kept) -> None:
    try:
        with transaction.atomic():
            take(arrival, case, read, kept, to=thread.letter)
    except (Invalid, NotAllowed) as no:
        arrival.trouble = text.line(str(no))[:200]
        arrival.entry = _beside(arrival, case, read, "refused")


def take(arrival: Arrival, case: Case, read: Read, kept: Kept, *, to: Letter | None) -> Case:
    """The letter acts as the customer's word on the page would have at the moment it came; the case it landed in.

    Raises Invalid and NotAllowed, where the rulebook does not let it in.
    """
    landed = answering.answer(case, read, kept.files, to=to, at=arrival.at)
    arrival.case = landed
    said = [events.Posted.name, events.Answered.name, events.HoldBegan.name]
    mine = Entry.objects.filter(case=landed, event__in=said, party=str(Party.CUSTOMER), at=arrival.at)
    arrival.entry = mine.filter(arrival=None).order_by("-number").first()
    arrival.left_out = kept.left_out
    _tell_left_out(arrival, landed, arrival.entry, read)
    return landed


def _tell_left_out(arrival: Arrival, case: Case, entry: Entry | None, read: Read) -> None:
    if arrival.left_out and entry is not None:
        left_out.tell(arrival, case, entry, answerable=not read.quiet)


def _opens(case: Case, said: str) -> bool:
    """Whether the case begins with these words already: whoever opened it left them as the letter says them."""
    first = Text.objects.filter(case=case).order_by("entry__number").values_list("body", flat=True).first()
    return first is not None and first.split() == said.split()


def _beside(
    arrival: Arrival,
    case: Case,
    read: Read,
    why: str,
    *,
    at: datetime | None = None,
    files: Sequence[Attachment] = (),
) -> Entry:
    """Records a letter for the team alone, as of when it came unless said; nothing else about the case changes."""
    said = long_letters.shown(read, attached=bool(files)) or _("(sem texto)")
    if why == "brought" and _opens(case, said):
        said = _("(O texto deste e-mail é o que abre o atendimento.)")
    words = f"{arrival.sender} · {arrival.subject}\n\n{said}"
    with door.judging(case.pk, by=actors.clock(case.marketplace), at=at or arrival.at) as change:
        filed = events.LetterFiled(arrival=str(arrival.pk), why=why)
        return attachments.record(change, filed, files, to=audience.TEAM, words=words)
