"""Writing: what a letter says, from the case as it stands and what its reader may read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tratativa.accounts import signing_in
from tratativa.accounts.models import Customer
from tratativa.cases import audience, books, facts, protocols
from tratativa.cases.models import Case, Deadline, Entry
from tratativa.mail.models import Letter
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.parties import Party

SUBJECT_LIMIT = 120


@dataclass(frozen=True)
class Content:
    """What a letter says: plain sentences, the words quoted from the case, and one button."""

    subject: str
    marketplace: str
    greeting: str
    sentences: tuple[str, ...]
    quote: str = ""
    quoted: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    button: str = ""
    link: str = ""
    code: str = ""
    footer: str = ""


def write(letter: Letter, *, at: datetime) -> Content:
    """The content of a letter about a case. A customer's link is made here and lives thirty days."""
    case = Case.objects.select_related("marketplace", "seller", "customer", "order__seller").get(pk=letter.case_id)
    entry = Entry.objects.select_related("words").get(pk=letter.entry_id)
    party = Party(letter.party)
    subject, sentence = _SENTENCES[letter.kind](case, entry, party)
    quote = _quote(case, entry, party)
    return Content(
        subject=f"{subject} · {protocols.show(case.protocol)}"[:SUBJECT_LIMIT],
        marketplace=case.marketplace.name,
        greeting=_greeting(case, party),
        sentences=(sentence, *_next(case, party)),
        quote=quote,
        quoted=_quoted(case, entry) if quote else "",
        facts=_facts(case, party),
        button=_("Ver atendimento") if letter.kind != "survey.sent" else _("Avaliar o atendimento"),
        link=_link(case, party, at),
        footer=_footer(case, party),
    )


def write_code(customer: Customer, code: str) -> Content:
    """The letter with the code that opens a customer's pages for fifteen minutes."""
    return Content(
        subject=_("%(code)s é o seu código de acesso") % {"code": code},
        marketplace=customer.marketplace.name,
        greeting=_("Olá, %(name)s.") % {"name": customer.name.split()[0]},
        sentences=(
            _("Use este código para ver os seus atendimentos. Ele vale por 15 minutos."),
            _("Não pediu um código? Ignore este e-mail: sem ele ninguém entra."),
        ),
        code=code,
        footer=_("Nunca pedimos este código por telefone ou mensagem."),
    )


Sentence = Callable[[Case, Entry, Party], tuple[str, str]]


def _opened(case: Case, entry: Entry, party: Party) -> tuple[str, str]:
    gaps = {"reason": _reason(case), "order": case.order_number}
    if party is Party.SELLER:
        return (
            _("Novo atendimento: %(reason)s") % gaps,
            _("Chegou um novo atendimento sobre o pedido %(order)s: %(reason)s.") % gaps,
        )
    if entry.party == Party.CUSTOMER:
        return (
            _("Recebemos o seu atendimento"),
            _("Recebemos o seu atendimento sobre o pedido %(order)s: %(reason)s.") % gaps,
        )
    return (
        _("Há uma mensagem sobre o seu pedido %(order)s") % gaps,
        _("Abrimos um atendimento sobre o seu pedido %(order)s: %(reason)s.") % gaps,
    )


def _posted(case: Case, entry: Entry, _party: Party) -> tuple[str, str]:
    who = _author(case, entry)
    return (
        _("Nova resposta de %(who)s") % {"who": who},
        _("%(who)s respondeu no atendimento sobre o pedido %(order)s.") % {"who": who, "order": case.order_number},
    )


def _offered(case: Case, entry: Entry, _party: Party) -> tuple[str, str]:
    action = books.of(case).action(str(entry.data.get("action", "")))
    gaps = {"seller": _seller(case), "action": action.label if action else ""}
    return (
        _("Agora você pode chamar o marketplace"),
        _("%(seller)s não respondeu no prazo. Se quiser, use «%(action)s»: nossa equipe entra na conversa.") % gaps,
    )


def _mediated(case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    return (
        _("O cliente pediu a nossa mediação"),
        _("O cliente chamou %(marketplace)s para decidir sobre o pedido %(order)s. Conte o seu lado no atendimento.")
        % {"marketplace": case.marketplace.name, "order": case.order_number},
    )


def _ruled(case: Case, entry: Entry, _party: Party) -> tuple[str, str]:
    cancelled = entry.data.get("cancels_order")
    sentence = (
        _("%(marketplace)s decidiu a mediação. O pedido %(order)s será cancelado.")
        if cancelled
        else _("%(marketplace)s decidiu a mediação sobre o pedido %(order)s.")
    )
    return (
        _("Mediação decidida"),
        sentence % {"marketplace": case.marketplace.name, "order": case.order_number},
    )


def _warned(case: Case, entry: Entry, _party: Party) -> tuple[str, str]:
    rule = books.of(case).deadline(str(entry.data.get("rule", "")))
    gaps = {"rule": rule.label if rule else "", "due": _moment(str(entry.data.get("due", "")))}
    return (
        _("O prazo está acabando"),
        _("O prazo «%(rule)s» termina em %(due)s.") % gaps,
    )


def _closed(case: Case, entry: Entry, party: Party) -> tuple[str, str]:
    if str(entry.data.get("because", "")).startswith("deadline:"):
        return (
            _("Atendimento encerrado por falta de resposta"),
            _("O prazo passou sem resposta e o atendimento foi encerrado.")
            if party is Party.SELLER
            else _("O atendimento foi encerrado."),
        )
    return _("Atendimento encerrado"), _("O atendimento foi encerrado.")


def _reopened(_case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    return _("Atendimento reaberto"), _("O atendimento foi reaberto, com o mesmo número e o mesmo histórico.")


def _asked(case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    return (
        _("Precisamos de uma resposta sua"),
        _("Para seguir com o pedido %(order)s falta uma resposta sua.") % {"order": case.order_number},
    )


def _answered(case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    return (
        _("O cliente respondeu ao que você pediu"),
        _("Chegou a resposta que você pediu sobre o pedido %(order)s.") % {"order": case.order_number},
    )


def _surveyed(case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    return (
        _("Como foi o atendimento?"),
        _("O atendimento sobre o pedido %(order)s foi encerrado. Conte em um toque como foi.")
        % {"order": case.order_number},
    )


def _told(case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    return _("Novidade no seu atendimento"), _("Há uma novidade sobre o pedido %(order)s.") % {
        "order": case.order_number
    }


_SENTENCES: Mapping[str, Sentence] = {
    "case.opened": _opened,
    "message.posted": _posted,
    "message.told": _told,
    "request.asked": _asked,
    "request.answered": _answered,
    "action.offered": _offered,
    "mediation.opened": _mediated,
    "mediation.ruled": _ruled,
    "deadline.warned": _warned,
    "case.closed": _closed,
    "case.reopened": _reopened,
    "survey.sent": _surveyed,
}


def _quote(case: Case, entry: Entry, party: Party) -> str:
    """The words of the entry, or of the message that came with it, where this reader may read them."""
    if entry.event == "case.opened":
        first = (
            Entry.objects.filter(case=case, event="message.posted").select_related("words").order_by("number").first()
        )
        entry = first or entry
    words = getattr(entry, "words", None)
    return words.body if words and audience.holds(entry.audience, party) else ""


def _quoted(case: Case, entry: Entry) -> str:
    return _("%(who)s escreveu:") % {"who": _author(case, entry)}


def _author(case: Case, entry: Entry) -> str:
    if entry.party == Party.SELLER:
        return _seller(case)
    if entry.party == Party.CUSTOMER:
        return case.customer.name if case.customer else ""
    return case.marketplace.name


def _next(case: Case, party: Party) -> tuple[str, ...]:
    """Whose turn it is and until when, in a sentence for this reader."""
    turn = case.turn_for(party)
    if turn == "nobody":
        return ()
    clocks = Deadline.objects.filter(case=case, state="running", party=turn)
    # A customer hears of what is owed to them, not of what seller and marketplace owe each other.
    clock = (
        (clocks.filter(to=party) if party is Party.CUSTOMER and turn != party else clocks).order_by("due_at").first()
    )
    if turn == party:
        if clock:
            return (_("É a sua vez: responda até %(due)s.") % {"due": _moment(clock.due_at)},)
        return (_("É a sua vez de responder."),)
    who = books.of(case).parties.get(Party(turn), turn)
    if clock:
        return (_("Agora é a vez de %(who)s, até %(due)s.") % {"who": who, "due": _moment(clock.due_at)},)
    return (_("Agora é a vez de %(who)s.") % {"who": who},)


def _facts(case: Case, party: Party) -> tuple[tuple[str, str], ...]:
    status, _tone = verdicts.status_label(books.of(case), facts.of_case(case), party)
    return (
        (_("Protocolo"), protocols.show(case.protocol)),
        (_("Pedido"), case.order_number),
        (_("Assunto"), _reason(case)),
        (_("Situação"), status),
    )


def _link(case: Case, party: Party, at: datetime) -> str:
    if party is Party.CUSTOMER and case.customer:
        path = reverse("my_case", args=[case.protocol])
        secret = signing_in.make_link(case.customer, case.pk, at=at)
        return f"{settings.SITE_URL}{reverse('customer_link', args=[secret])}?{urlencode({'next': path})}"
    return settings.SITE_URL + reverse("case", args=[case.protocol])


def _greeting(case: Case, party: Party) -> str:
    if party is Party.CUSTOMER and case.customer:
        return _("Olá, %(name)s.") % {"name": case.customer.name.split()[0]}
    return _("Olá, %(name)s.") % {"name": _seller(case)}


def _footer(case: Case, party: Party) -> str:
    if party is Party.SELLER:
        return _("Responda pelo portal: é lá que tudo fica registrado e comprovado. Este e-mail não recebe respostas.")
    return _("Você recebeu este e-mail porque tem um atendimento em %(marketplace)s sobre um pedido seu.") % {
        "marketplace": case.marketplace.name
    }


def _reason(case: Case) -> str:
    return books.subject(case)


def _seller(case: Case) -> str:
    return case.seller.name if case.seller else ""


def _moment(value: datetime | str) -> str:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return date_format(localtime(moment), "d/m/Y H:i")
