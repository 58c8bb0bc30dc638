"""Told to people: what happens to a case as a whole: opened, closed, linked, given, marked, its turn passed."""

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.core import protocols
from tratativa.cases.sentences import labels
from tratativa.cases.sentences.reader import Reading, by_way, customer_name
from tratativa.cases.sentences.registry import OUTSIDERS, tells
from tratativa.rulebook.language.arguments import Close
from tratativa.rulebook.language.effects import Effect
from tratativa.rulebook.terms.parties import Party


@tells(events.Opened, icon="message-square-plus", writes_to=OUTSIDERS, rank=3)
def opened(on: Reading) -> str:
    if on.line.mine and on.reader is Party.CUSTOMER:
        return _("Você abriu o atendimento.") if not on.line.noted_by else by_way(on, _("Você abriu o atendimento"))
    if on.line.noted_by:
        return by_way(on, _("Aberto para %(who)s") % {"who": customer_name(on)})
    if on.reader is Party.CUSTOMER and on.data["to"] == Party.CUSTOMER:
        return _("%(who)s abriu este atendimento com você.") % {"who": on.who}
    gaps = {"who": on.who, "to": on.party(on.data["to"]), "channel": labels.channel(on.data["channel"])}
    return _("%(who)s abriu o atendimento com %(to)s · %(channel)s") % gaps


@tells(events.ActionDone, place="quiet")
def acted(on: Reading) -> str:
    action = on.book.action(on.data["action"])
    gaps = {"who": on.who, "action": action.label if action else on.data["action"]}
    return _("%(who)s: %(action)s") % gaps


@tells(events.Closed, icon="circle-check", tone="strong", writes_to=OUTSIDERS, rank=16)
def closed(on: Reading) -> str:
    why = _why_closed(on)
    return _("Atendimento encerrado: %(why)s.") % {"why": why.rstrip(".")} if why else _("Atendimento encerrado.")


@tells(events.Reopened, icon="rotate-ccw", tone="strong", writes_to=(Party.CUSTOMER, Party.SELLER), rank=17)
def reopened(on: Reading) -> str:
    return _("Atendimento reaberto por %(who)s.") % {"who": on.who}


@tells(events.Linked, icon="link")
def linked(on: Reading) -> str:
    older = protocols.show(on.case.parent.protocol) if on.case.parent else ""
    return _("Continua o atendimento %(older)s.") % {"older": older}


@tells(events.FieldFilled, place="quiet", news=False)
def field_filled(on: Reading) -> str:
    field = on.book.case_field(on.data["field"])
    gaps = {"who": on.line.who, "field": field.label if field else on.data["field"], "value": on.line.words or "–"}
    if on.data["empty"]:
        return _("%(who)s esvaziou «%(field)s».") % gaps
    return _("%(who)s preencheu «%(field)s»: %(value)s.") % gaps


@tells(events.Tied, icon="link", news=False)
def tied(on: Reading) -> str:
    return _("%(who)s ligou este atendimento ao %(other)s.") % _tie(on)


@tells(events.Untied, icon="unlink", news=False)
def untied(on: Reading) -> str:
    return _("%(who)s desligou este atendimento do %(other)s.") % _tie(on)


@tells(events.Revealed, icon="eye", writes_to=(Party.CUSTOMER,), rank=6)
def revealed(on: Reading) -> str:
    if on.reader is Party.CUSTOMER:
        return _("%(who)s abriu este atendimento sobre o seu cadastro ou pedido.") % {"who": on.who}
    return _("O cliente foi avisado deste atendimento e agora o vê.")


@tells(
    events.Withdrawn, icon="undo-2", tone="strong", writes_to=(Party.CUSTOMER, Party.SELLER), rank=2, to_its_cause=True
)
def withdrawn(on: Reading) -> str:
    rule = on.book.withdrawal
    gaps = {"who": on.who, "source": rule.source if rule else ""}
    if on.reader is Party.CUSTOMER:
        if on.data["arrived"]:
            return _("Você desistiu da compra dentro do prazo, sem precisar dizer por quê (%(source)s).") % gaps
        return _("Você cancelou a compra antes de receber, sem precisar dizer por quê (%(source)s).") % gaps
    if on.data["arrived"]:
        return _("%(who)s desistiu da compra dentro do prazo, sem precisar dizer por quê (%(source)s).") % gaps
    return _("%(who)s cancelou a compra antes de receber, sem precisar dizer por quê (%(source)s).") % gaps


@tells(events.TurnPassed, place="quiet")
def turn(on: Reading) -> str:
    if on.data["to"] == "nobody":
        return _("Ninguém precisa responder agora.")
    if on.data["to"] == on.reader:
        return _("Agora é a sua vez.")
    return _("Quem responde agora: %(who)s.") % {"who": on.party(on.data["to"])}


@tells(events.MarkedCritical, icon="flame", tone="urgent", writes_to=(Party.SELLER,), rank=13)
def critical(on: Reading) -> str:
    return _("Marcado como crítico.")


@tells(events.Assigned, place="quiet", shared=True)
def assigned(on: Reading) -> str:
    assignee = on.case.assignee_for(on.reader)  # only their own team reads whom it made responsible
    if assignee and str(assignee.pk) == on.data["person"]:
        return _("Responsável: %(name)s.") % {"name": assignee.name}
    return _("O responsável mudou.")


@tells(events.Thanked, icon="hand-heart", news=False)
def thanked(on: Reading) -> str:
    return _("%(who)s: foi só um agradecimento, que não conta como reabertura.") % {"who": on.who}


@tells(events.TagAdded, place="quiet", news=False)
def tagged(on: Reading) -> str:
    return _("%(who)s pôs a etiqueta «%(tag)s».") % {"who": on.line.who, "tag": on.line.words or "–"}


@tells(events.TagRemoved, place="quiet", news=False)
def untagged(on: Reading) -> str:
    return _("%(who)s tirou a etiqueta «%(tag)s».") % {"who": on.line.who, "tag": on.line.words or "–"}


@tells(events.HandedOver, place="message", shared=True)
def handed_over(on: Reading) -> str:
    return _("passou o atendimento a um colega, com este resumo")


@tells(events.OrderAttached)
def order(on: Reading) -> str:
    return _("Este atendimento é sobre o pedido %(number)s.") % {"number": on.data["number"]}


@tells(events.SellerNamed)
def seller(on: Reading) -> str:
    seller = on.case.asked_seller
    if seller and str(seller.pk) == on.data["seller"]:
        return _("As perguntas ao vendedor vão para %(name)s.") % {"name": seller.name}
    return _("As perguntas ao vendedor vão para outro.")


@tells(events.AddressConfirmed)
def address(on: Reading) -> str:
    return _("As cartas deste atendimento vão agora para outro e-mail, confirmado com o cliente.")


@tells(events.CustomerShutOut, icon="link-2-off", news=False)
def shut_out(on: Reading) -> str:
    return _("Os acessos do cliente foram encerrados: sessões abertas e links dos e-mails já não abrem nada.")


def _tie(on: Reading) -> dict[str, str]:
    return {"who": on.line.who, "other": protocols.show(on.data["other"])}


def _why_closed(on: Reading) -> str:
    kind, _colon, name = on.data["because"].partition(":")
    if kind == "deadline" and on.reader is Party.CUSTOMER:
        return ""  # what seller and marketplace owe each other is not theirs to know
    done: tuple[Effect, ...] = ()
    if kind == "deadline":
        rule = on.book.deadline(name)
        done = rule.missed if rule else ()
    elif kind == "answer":
        asked, _colon, answer = name.partition(":")
        form, _action = on.book.asks_out(asked)
        done = form.then.get(answer, ()) if form else ()
    elif action := on.book.action(name):
        done = action.do
    return next((effect.argument.why for effect in done if isinstance(effect.argument, Close)), "")
