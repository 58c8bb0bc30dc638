"""Told to people: what is said and shown: messages, texts told, notes, letters, calls, files."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tratativa.cases import events
from tratativa.cases.sentences.reader import Reading, by_way
from tratativa.cases.sentences.registry import OUTSIDERS, tells
from tratativa.rulebook.terms.parties import Party


@tells(events.Posted, place="message", writes_to=OUTSIDERS, rank=5)
def posted(on: Reading) -> str:
    if on.line.noted_by:
        return by_way(on, _("disse"))
    if on.data["to"] == on.reader and on.reader is Party.CUSTOMER:
        return _("para você")
    return _("para %(to)s") % {"to": on.party(on.data["to"])}


@tells(events.NotSent, place="message", icon="triangle-alert", tone="urgent", news=False)
def not_sent(on: Reading) -> str:
    return _("mensagem que não foi enviada; as palavras voltaram ao rascunho de quem escreveu")


@tells(
    events.Told,
    place="message",
    writes_to=OUTSIDERS,
    rank=4,
    by_desk=True,
    to_its_cause=True,
)
def told(on: Reading) -> str:
    return _("aviso automático para %(to)s") % {"to": on.party(on.data["to"])}


@tells(events.Noted, place="message")
def noted(on: Reading) -> str:
    return _("anotação da equipe")


@tells(events.CallLogged, place="message")
def called(on: Reading) -> str:
    return _("ligação registrada")


@tells(events.LetterFiled, place="message")
def filed(on: Reading) -> str:
    if on.data["why"] == "machine":
        return _("e-mail automático; só a equipe o lê")
    if on.data["why"] == "refused":
        return _("e-mail do cliente que as regras não deixam entrar na conversa")
    if on.data["why"] == "brought":
        return _("e-mail que levou a este atendimento; o cliente não o lê aqui")
    if on.data["why"] == "colleague":
        return _("e-mail de alguém das equipes; não entrou na conversa")
    if on.data["why"] == "unproven":
        return _("e-mail com o endereço do cliente, mas nada prova que é dele; o cliente não o lê")
    if on.data["why"] == "delicate":
        return _("e-mail do cliente enquanto ele deve dados ou documentos: falta uma segunda prova de que é dele")
    if on.data["why"] == "loop":
        return _("um de muitos e-mails seguidos do cliente; não entrou na conversa")
    return _("e-mail de remetente não verificado; o cliente não o lê")


@tells(events.LetterAdopted)
def adopted(on: Reading) -> str:
    return _("%(who)s confirmou que um e-mail é do cliente; ele vale desde que chegou.") % {"who": on.line.who}


@tells(events.FilesLeftOut, place="message", writes_to=(Party.CUSTOMER,), rank=19, by_desk=True)
def left_out(on: Reading) -> str:
    return ngettext(
        "Um arquivo do e-mail ficou de fora.", "%(count)d arquivos do e-mail ficaram de fora.", on.data["count"]
    ) % {"count": on.data["count"]}


@tells(events.AnswerKept, place="message")
def kept(on: Reading) -> str:
    return _("por que a resposta da fila não foi repassada")


@tells(events.DocumentOpened)
def document_opened(on: Reading) -> str:
    return _("%(who)s abriu um documento.") % {"who": on.who}
