"""Letter words: what each thing worth a letter says in its subject and in its first line."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.core import rulebook_versions
from tratativa.cases.events import Event
from tratativa.cases.models import Case, Entry
from tratativa.mail.outgoing import letter_phrases as phrases
from tratativa.rulebook.terms.parties import Party

Words = Callable[[Case, Entry, Party], tuple[str, str]]
WORDS: dict[str, Words] = {}  # subject and first line, by the event's name in the ledger


def says(event: type[Event]) -> Callable[[Words], Words]:
    """Makes a function what a letter about this event says."""

    def register(words: Words) -> Words:
        WORDS[event.name] = words
        return words

    return register


@says(events.Opened)
def _opened(case: Case, entry: Entry, party: Party) -> tuple[str, str]:
    gaps = {"reason": rulebook_versions.subject(case), "order": case.order_number}
    if party is Party.PARTNER:
        return (
            _("Uma pergunta para você: %(reason)s") % gaps,
            _("%(marketplace)s precisa de uma resposta sua: %(reason)s.")
            % {**gaps, "marketplace": case.marketplace.name},
        )
    if party is Party.SELLER:
        sentence = (
            _("Chegou um novo atendimento sobre o pedido %(order)s: %(reason)s.")
            if case.order_number
            else _("Chegou um novo atendimento: %(reason)s.")
        )
        return _("Novo atendimento: %(reason)s") % gaps, sentence % gaps
    if not case.order_number:
        return _opened_alone(entry, gaps)
    if entry.party == Party.CUSTOMER:
        return (
            _("Recebemos o seu atendimento"),
            _("Recebemos o seu atendimento sobre o pedido %(order)s: %(reason)s.") % gaps,
        )
    return (
        _("Há uma mensagem sobre o seu pedido %(order)s") % gaps,
        _("Abrimos um atendimento sobre o seu pedido %(order)s: %(reason)s.") % gaps,
    )


def _opened_alone(entry: Entry, gaps: Mapping[str, str]) -> tuple[str, str]:
    """To the customer of a case about no order."""
    if entry.party == Party.CUSTOMER:
        return _("Recebemos o seu atendimento"), _("Recebemos o seu atendimento: %(reason)s.") % gaps
    return _("Há uma mensagem para você"), _("Abrimos um atendimento para você: %(reason)s.") % gaps


@says(events.Withdrawn)
def _withdrawn(case: Case, entry: Entry, party: Party) -> tuple[str, str]:
    rule = rulebook_versions.of(case).withdrawal
    source = rule.source if rule else ""
    gaps = {"order": case.order_number, "when": phrases.moment(entry.at), "source": source}
    if party is Party.SELLER:
        sentence = (
            _("O cliente desistiu da compra do pedido %(order)s: vale desde %(when)s e não se recusa (%(source)s).")
            if entry.data.get("arrived")
            else _("O cliente cancelou o pedido %(order)s: vale desde %(when)s e não se recusa (%(source)s).")
        )
        return _("O cliente desistiu: pedido %(order)s") % gaps, sentence % gaps
    sentence = (
        _("Recebemos em %(when)s a sua desistência do pedido %(order)s: vale desde esse momento (%(source)s).")
        if entry.data.get("arrived")
        else _("Recebemos em %(when)s o cancelamento do pedido %(order)s: vale desde esse momento (%(source)s).")
    )
    return _("Comprovante: pedido %(order)s") % gaps, sentence % gaps


@says(events.Posted)
def _posted(case: Case, entry: Entry, party: Party) -> tuple[str, str]:
    who = phrases.author(case, entry)
    if party is Party.PARTNER:
        return _("Nova mensagem de %(who)s") % {"who": who}, _("%(who)s escreveu no chamado.") % {"who": who}
    return (
        _("Nova resposta de %(who)s") % {"who": who},
        _("%(who)s respondeu no atendimento sobre %(topic)s.") % {"who": who, "topic": phrases.topic(case)},
    )


@says(events.Offered)
def _offered(case: Case, entry: Entry, _party: Party) -> tuple[str, str]:
    action = rulebook_versions.of(case).action(str(entry.data.get("action", "")))
    gaps = {"seller": phrases.seller_name(case) or _("O vendedor"), "action": action.label if action else ""}
    sentence = (
        _("%(seller)s não respondeu no prazo. Se quiser, use «%(action)s»: nossa equipe entra na conversa.")
        if action
        else _("%(seller)s não respondeu no prazo. Se quiser, nossa equipe entra na conversa.")
    )
    return _("Agora você pode chamar o marketplace"), sentence % gaps


@says(events.MediationAsked)
def _mediated(case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    return (
        _("O cliente pediu a nossa mediação"),
        _("O cliente chamou %(marketplace)s para decidir sobre %(topic)s. Conte o seu lado no atendimento.")
        % {"marketplace": case.marketplace.name, "topic": phrases.topic(case)},
    )


@says(events.Ruled)
def _ruled(case: Case, entry: Entry, _party: Party) -> tuple[str, str]:
    cancelled = entry.data.get("cancels_order") and case.order_number
    sentence = (
        _("%(marketplace)s decidiu a mediação. O pedido %(order)s será cancelado.")
        if cancelled
        else _("%(marketplace)s decidiu a mediação sobre %(topic)s.")
    )
    return (
        _("Mediação decidida"),
        sentence % {"marketplace": case.marketplace.name, "order": case.order_number, "topic": phrases.topic(case)},
    )


@says(events.DeadlineWarned)
def _warned(case: Case, entry: Entry, _party: Party) -> tuple[str, str]:
    rule = rulebook_versions.of(case).deadline(str(entry.data.get("rule", "")))
    gaps = {
        "rule": rule.label if rule else _("Resposta ao chamado"),
        "due": phrases.moment(str(entry.data.get("due", ""))),
    }
    return (
        _("O prazo está acabando"),
        _("O prazo «%(rule)s» termina em %(due)s.") % gaps,
    )


@says(events.Closed)
def _closed(_case: Case, entry: Entry, party: Party) -> tuple[str, str]:
    # What seller and marketplace owe each other is not the customer's to know, not even in a subject.
    if party is Party.SELLER and str(entry.data.get("because", "")).startswith("deadline:"):
        return (
            _("Atendimento encerrado por falta de resposta"),
            _("O prazo passou sem resposta e o atendimento foi encerrado."),
        )
    return _("Atendimento encerrado"), _("O atendimento foi encerrado.")


@says(events.Reopened)
def _reopened(_case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    return _("Atendimento reaberto"), _("O atendimento foi reaberto, com o mesmo número e o mesmo histórico.")


@says(events.Asked)
@says(events.RequestResent)
def _asked(case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    return (
        _("Precisamos de uma resposta sua"),
        _("Para seguir com %(topic)s falta uma resposta sua.") % {"topic": phrases.topic(case)},
    )


@says(events.RequestReminded)
def _reminded(case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    return (
        _("Ainda esperamos a sua resposta"),
        _("Para seguir com %(topic)s ainda falta a sua resposta.") % {"topic": phrases.topic(case)},
    )


@says(events.Answered)
def _answered(case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    return (
        _("O cliente respondeu ao que você pediu"),
        _("Chegou a resposta que você pediu sobre %(topic)s.") % {"topic": phrases.topic(case)},
    )


@says(events.SurveySent)
def _surveyed(case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    return (
        _("Como foi o atendimento?"),
        _("O atendimento sobre %(topic)s foi encerrado. Toque na sua nota e confirme-a na página que se abre.")
        % {"topic": phrases.topic(case)},
    )


@says(events.FilesLeftOut)
def _left_out(case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    return (
        _("Nem todos os seus arquivos chegaram"),
        _("Recebemos o seu e-mail sobre %(topic)s, mas não tudo o que veio com ele.") % {"topic": phrases.topic(case)},
    )


@says(events.LetterFiled)
def _by_mail(case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    """To whoever of the teams answered a letter: said once, for each case."""
    return (
        _("Sua resposta por e-mail não entrou no atendimento"),
        _("O que você escreveu por e-mail sobre %(topic)s não chegou a ninguém da conversa. Responda pelo portal.")
        % {"topic": phrases.topic(case)},
    )


@says(events.Told)
def _told(case: Case, entry: Entry, party: Party) -> tuple[str, str]:
    if told_to_the_customer(entry, party):
        return _("O cliente foi avisado"), _("O cliente foi avisado sobre %(topic)s.") % {"topic": phrases.topic(case)}
    return _("Novidade no seu atendimento"), _("Há uma novidade sobre %(topic)s.") % {"topic": phrases.topic(case)}


@says(events.HandedOver)
def _handed_over(case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    gaps = {"reason": rulebook_versions.subject(case)}
    return (
        _("Agora é seu: %(reason)s") % gaps,
        _("Um colega passou este atendimento a você: %(reason)s. O resumo está abaixo.") % gaps,
    )


@says(events.Revealed)
def _revealed(case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    gaps = {"reason": rulebook_versions.subject(case)}
    return _("Há um atendimento sobre você"), _("Abrimos um atendimento sobre você: %(reason)s.") % gaps


@says(events.FollowUpDue)
def _task_due(case: Case, _entry: Entry, _party: Party) -> tuple[str, str]:
    return (
        _("Lembrete de um atendimento"),
        _("Chegou a hora de algo que ficou para depois no atendimento sobre %(topic)s.")
        % {"topic": phrases.topic(case)},
    )


@says(events.MarkedCritical)
def _critical(case: Case, entry: Entry, party: Party) -> tuple[str, str]:
    return _("Atendimento crítico"), _told_critical(case, entry, party)


def _told_critical(case: Case, entry: Entry, party: Party) -> str:
    """When the seller's nearest answer is due now that the case is critical; told as passed where it has passed."""
    owed = case.deadlines.filter(party=str(party), answered_at=None, state__in=["running", "missed"])
    nearest = owed.order_by("due_at").first()
    topic = _("O atendimento sobre %(topic)s foi marcado como crítico.") % {"topic": phrases.topic(case)}
    if nearest is None:
        return topic
    late = nearest.state == "missed" or nearest.due_at < entry.at
    sentence = (
        _("%(topic)s O prazo da resposta passou em %(due)s: responda já.")
        if late
        else _("%(topic)s O prazo da resposta agora termina em %(due)s.")
    )
    return sentence % {"topic": topic, "due": phrases.moment(nearest.due_at)}


def told_to_the_customer(entry: Entry, party: Party) -> bool:
    """Whether the entry is a text the desk told the customer, and this reader is another: it addresses not them."""
    told = entry.event == events.Told.name and entry.data.get("to", str(Party.CUSTOMER)) == Party.CUSTOMER
    return told and party is not Party.CUSTOMER
