"""Writing: what a letter says, from the case as it stands and what its reader may read."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tratativa.accounts import formatting, signing_in, text
from tratativa.accounts.models import Customer, Marketplace, Person
from tratativa.cases import events
from tratativa.cases.core import audience, facts, protocols, rulebook_versions
from tratativa.cases.models import Case, Deadline, Entry
from tratativa.cases.queues import links
from tratativa.cases.sentences import labels, registry
from tratativa.mail.models import Letter
from tratativa.mail.outgoing import accents, colleagues, letter_phrases, letter_words, reply_addresses
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.terms.parties import Party

SUBJECT_LIMIT = 120


@dataclass(frozen=True)
class Content:
    """What a letter says: plain sentences, the words quoted from the case (`rich` with their marks), one button, which
    wears the marketplace's `accent`; where `scores` are offered, each with its address, they stand in its place."""

    subject: str
    marketplace: str
    greeting: str
    sentences: tuple[str, ...]
    quote: str = ""
    rich: str = ""
    quoted: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    button: str = ""
    link: str = ""
    code: str = ""
    footer: str = ""
    border: str = ""
    accent: str = ""
    scores: tuple[tuple[str, str], ...] = ()

    @property
    def colours(self) -> accents.Button:
        """What the button wears."""
        return accents.button(self.accent)


@dataclass(frozen=True)
class _Quote:
    words: str = ""
    rich: str = ""
    introduction: str = ""


def write(letter: Letter, *, at: datetime) -> Content:
    """The content of a letter about a case, its times in the rulebook's zone. A customer's link and a partner's are
    made here."""
    case = Case.objects.select_related("marketplace", "seller", "customer", "partner", "order__seller").get(
        pk=letter.case_id
    )
    with timezone.override(rulebook_versions.of(case).clock.zone):
        return _write(letter, case, at)


def _write(letter: Letter, case: Case, at: datetime) -> Content:
    entry = Entry.objects.select_related("words").get(pk=letter.entry_id)
    party = Party(letter.party)
    subject, sentence = letter_words.WORDS[letter.kind](case, entry, party)
    # What somebody wrote themselves they need not read again.
    quote = _Quote() if letter.kind == colleagues.KIND else _quoted(case, entry, party)
    return Content(
        subject=f"{subject} · {protocols.show(case.protocol)}"[:SUBJECT_LIMIT],
        marketplace=case.marketplace.name,
        greeting=_greeting(letter, case),
        sentences=(sentence, *_next(case, party)),
        quote=quote.words,
        rich=quote.rich,
        quoted=quote.introduction,
        facts=_facts(case, party),
        button=_button(letter, party),
        link=(link := _link(letter, case, at)),
        scores=_scores(link) if letter.kind == events.SurveySent.name else (),
        footer=_footer(letter, case),
        border=_("Responda acima desta linha") if reply_addresses.reply_address(letter) else "",
        accent=case.marketplace.accent,
    )


def write_code(customer: Customer, code: str) -> Content:
    """The letter with the code that opens a customer's pages for fifteen minutes."""
    return Content(
        subject=_("%(code)s é o seu código de acesso") % {"code": code},
        marketplace=customer.marketplace.name,
        greeting=_hello(customer.name.partition(" ")[0]),
        sentences=(
            _("Use este código para ver os seus atendimentos. Ele vale por 10 minutos."),
            _("Não pediu um código? Ignore este e-mail: sem ele ninguém entra."),
        ),
        code=code,
        accent=customer.marketplace.accent,
        footer=_signed(_("Nunca pedimos este código por telefone ou mensagem."), customer.marketplace),
    )


def _quoted(case: Case, entry: Entry, party: Party) -> _Quote:
    """The words of the entry, or of the message that came with it, and who says them, where they are this reader's."""
    if entry.event == "case.opened":
        first = (
            Entry.objects.filter(case=case, event="message.posted").select_related("words").order_by("number").first()
        )
        entry = first or entry
    if not audience.holds(entry.audience, party) or not entry.said:
        return _Quote()
    said = formatting.Written(entry.said, entry.rich)
    if registry.of(entry.event).by_desk and not said.html:
        said = formatting.of_text(said.words)  # told before marks were kept apart from words
    return _Quote(said.words, said.html, _introduction(entry, party) % {"who": letter_phrases.author(case, entry)})


def _introduction(entry: Entry, party: Party) -> str:
    """Who says the words; whoever reads what the customer was told is told that it was said to them."""
    if not registry.of(entry.event).by_desk:
        return _("%(who)s escreveu:")
    if letter_words.told_to_the_customer(entry, party):
        return _("%(who)s avisou o cliente:")
    return _("%(who)s avisa:")


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
            return (_("É a sua vez: responda até %(due)s.") % {"due": letter_phrases.moment(clock.due_at)},)
        return (_("É a sua vez de responder."),)
    who = rulebook_versions.of(case).parties.get(Party(turn), turn)
    if clock:
        return (
            _("Quem responde agora: %(who)s, até %(due)s.") % {"who": who, "due": letter_phrases.moment(clock.due_at)},
        )
    return (_("Quem responde agora: %(who)s.") % {"who": who},)


def _facts(case: Case, party: Party) -> tuple[tuple[str, str], ...]:
    status, _tone = verdicts.status_label(rulebook_versions.of(case), facts.of_columns(case, party), party)
    told = (
        (_("Protocolo"), protocols.show(case.protocol)),
        *(((_("Pedido"), case.order_number),) if case.order_number else ()),
        (_("Assunto"), rulebook_versions.subject(case)),
        (_("Situação"), status),
    )
    if party is Party.CUSTOMER and case.seller:
        return (*told, (_("Vendedor"), labels.seller(case.seller, rulebook_versions.of(case))))
    return told


def page(letter: Letter) -> str:
    """The path of the page the letter speaks of, which opens nothing by itself."""
    places = {str(Party.CUSTOMER): "my_case", str(Party.PARTNER): "partner_case"}
    return reverse(places.get(letter.party, "case"), args=[letter.case.protocol])


def _button(letter: Letter, party: Party) -> str:
    if letter.kind == events.SurveySent.name:
        return _("Avaliar o atendimento")
    return _("Abrir o chamado") if party is Party.PARTNER else _("Ver atendimento")


def _by_link(letter: Letter, case: Case) -> bool:
    """Whether this letter to a partner goes to its own address, where nobody has an account, and not to a person."""
    return case.partner is not None and letter.reader_id == case.partner.pk


def _link(letter: Letter, case: Case, at: datetime) -> str:
    if letter.party == Party.CUSTOMER and case.customer:
        path = reverse("my_case", args=[case.protocol])
        secret = signing_in.make_link(case.customer, case.pk, at=at)
        return f"{settings.SITE_URL}{reverse('customer_link', args=[secret])}?{urlencode({'next': path})}"
    if _by_link(letter, case):
        return settings.SITE_URL + reverse("partner_link", args=[links.make(case, at=at)])
    return settings.SITE_URL + page(letter)


def _scores(link: str) -> tuple[tuple[str, str], ...]:
    """Each score with an address that shows it and votes nothing: mail servers open what letters link to."""
    labels = (_("1 péssimo"), _("2 ruim"), _("3 regular"), _("4 bom"), _("5 ótimo"))
    secret = link.partition("?")[0].rpartition("/")[2]
    pages = (reverse("customer_survey", args=[secret, score]) for score in range(1, 6))
    return tuple(zip(labels, (settings.SITE_URL + page for page in pages), strict=True))


def _greeting(letter: Letter, case: Case) -> str:
    party = Party(letter.party)
    if party is Party.MARKETPLACE:
        return _hello(Person.objects.get(pk=letter.reader_id).get_short_name())
    if party is Party.PARTNER:
        return _hello(case.partner.name if case.partner else "")
    if party is Party.CUSTOMER:
        return _hello(case.customer.name.partition(" ")[0] if case.customer else "")
    return _hello(letter_phrases.seller_name(case))


def _hello(name: str) -> str:
    """A greeting, also of somebody whose name nobody knows."""
    return text.one_stop(_("Olá, %(name)s.") % {"name": name}) if name.strip() else _("Olá.")


def _footer(letter: Letter, case: Case) -> str:
    if _by_link(letter, case):
        return _("O link abre só este chamado, sem senha: não o repasse. Este e-mail não recebe respostas.")
    if letter.party == Party.PARTNER:
        return _("Responda pela página do chamado, com a sua conta. Este e-mail não recebe respostas.")
    if letter.party == Party.MARKETPLACE:
        return _("Abra o atendimento na mesa para responder: este e-mail não recebe respostas.")
    if letter.party == Party.SELLER:
        return _("Responda pelo portal: é lá que tudo fica registrado e comprovado. Este e-mail não recebe respostas.")
    because = (
        _("Você recebeu este e-mail porque tem um atendimento em %(marketplace)s sobre um pedido seu.")
        if case.order_number
        else _("Você recebeu este e-mail porque tem um atendimento em %(marketplace)s.")
    )
    return _signed(text.one_stop(because % {"marketplace": case.marketplace.name}), case.marketplace)


def _signed(footer: str, marketplace: Marketplace) -> str:
    """With what the marketplace itself says at the end of letters to customers."""
    return "\n".join(filter(None, (footer, marketplace.letter_footer)))
