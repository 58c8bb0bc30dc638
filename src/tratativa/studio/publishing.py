"""Publishing: a draft nothing is wrong with becomes the rules, by one administrator or by two; and going back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts import audit
from tratativa.accounts.models import Marketplace, Person
from tratativa.accounts.people import telling
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases.models import Adoption, Version
from tratativa.founding import kept_folders, rules
from tratativa.founding.rules import Published
from tratativa.studio import demanding, drafts, publications
from tratativa.studio.models import Draft
from tratativa.studio.publications import Publication

PROPOSED = audit.register(
    "rules.publication_proposed", gettext_lazy("Propôs publicar as regras"), {"from": gettext_lazy("Vale desde")}
)
UNPROPOSED = audit.register("rules.proposal_withdrawn", gettext_lazy("Retirou a proposta de publicar as regras"))
AGREED = audit.register("rules.publication_agreed", gettext_lazy("Concordou em publicar as regras"))
WITHDRAWN = audit.register(
    "rules.publication_withdrawn",
    gettext_lazy("Voltou às regras anteriores"),
    {"number": gettext_lazy("Publicação desfeita")},
)


@dataclass(frozen=True)
class Wanted:
    """How somebody wants a draft published: as it stood at revision `known`, from a moment on, or at once; its name."""

    known: int
    from_at: datetime | None
    name: str
    applies: str | None = None  # the publication it was compared with, where the page says so
    proposed: str = ""  # the proposal that stood as the page was read; empty where none did


@transaction.atomic
def publish(draft: Draft, wanted: Wanted, *, by: Doer, at: datetime) -> Published:
    """Makes the draft the rules from a moment on, or from now; the draft is gone, its files are kept with the version.

    Raises BadRules, and Refused where two are demanded or the draft
    changed meanwhile.
    """
    locked = _locked(draft, wanted.known)
    _check_compared(locked.marketplace, wanted.applies)
    if demanding.of(locked.marketplace):
        raise Refused(_("Aqui as regras são publicadas por duas pessoas: proponha, e outra concorda."), "")
    return _publish(locked, wanted.from_at, wanted.name, by=by, second=None, at=at)


@transaction.atomic
def propose(draft: Draft, wanted: Wanted, *, by: Doer, at: datetime) -> None:
    """Asks another administrator to publish it with this one. Raises BadRules and Refused."""
    locked = _locked(draft, wanted.known)
    _check_compared(locked.marketplace, wanted.applies)
    _check_proposal(locked, wanted.proposed)
    drafts.ready(locked)
    locked.name, locked.proposed_by, locked.proposed_at = drafts.name_of(wanted.name), by.person, at
    locked.proposed_from, locked.proposed_revision = wanted.from_at, locked.revision
    locked.save()
    after = {"from": (wanted.from_at or at).isoformat(timespec="minutes")}
    telling.tell(Team(locked.marketplace), PROPOSED, by=by, about=locked.name, after=after)


@transaction.atomic
def unpropose(draft: Draft, *, known: int, proposed: str, by: Doer) -> None:
    """Nothing is asked of anybody any more. Raises Refused where another proposal stands than the one that was read."""
    locked = _locked(draft, known)
    if locked.proposed_by is None:
        return
    _check_proposal(locked, proposed)
    locked.proposed_by = locked.proposed_at = locked.proposed_from = None
    locked.save()
    telling.tell(Team(locked.marketplace), UNPROPOSED, by=by, about=locked.name)


@transaction.atomic
def agree(
    draft: Draft, *, known: int, proposed: str | None = None, applies: str | None = None, by: Doer, at: datetime
) -> Published:
    """Publishes what another administrator proposed, as the second; `proposed` is when, as their page said.

    Whoever did not propose it may agree, whatever they had a hand in before: the proposal is of the draft as it stands,
    and a save ends it. Raises BadRules and Refused.
    """
    locked = _locked(draft, known)
    _check_compared(locked.marketplace, applies)
    if not locked.is_proposed or locked.proposed_by is None or (proposed is not None and proposed != locked.proposal):
        raise Refused(_("A proposta já não vale: o rascunho mudou, ou ela foi retirada."), "")
    if not _administers(locked.marketplace, locked.proposed_by):
        raise Refused(_("Quem propôs já não administra o marketplace: proponha de novo."), "")
    if why := hindrance(locked, by.person, at=at):
        raise Refused(why, "")
    telling.tell(Team(locked.marketplace), AGREED, by=by, about=locked.name)
    first = Doer(locked.proposed_by)  # from where they proposed it stands in that line
    return _publish(locked, locked.proposed_from, locked.name, by=first, second=by.person, at=at)


def newest(marketplace: Marketplace) -> str:
    """The publication that was decided last, as pages carry it with what they compare."""
    key = Adoption.objects.filter(marketplace=marketplace).order_by("-made_at", "-id").values_list("pk", flat=True)
    return str(key.first() or "")


def _check_proposal(draft: Draft, seen: str) -> None:
    """Raises Refused where somebody proposed since the page was read."""
    if draft.proposed_by and draft.proposal not in {"", seen}:
        raise Refused(
            _("%(who)s propôs publicar este rascunho depois que você abriu a página. Leia a proposta antes.")
            % {"who": draft.proposed_by.name},
            "",
        )


def _check_compared(marketplace: Marketplace, applies: str | None) -> None:
    """Raises Refused where another publication was decided since somebody read what this one changes."""
    Marketplace.objects.select_for_update(of=("self",)).get(pk=marketplace.pk)
    if applies is not None and applies != newest(marketplace):
        raise Refused(
            _("Outras regras foram publicadas desde que você abriu esta página. Leia de novo o que muda."), ""
        )


def _administers(marketplace: Marketplace, person: Person) -> bool:
    return Team(marketplace).members().filter(role="admin", person=person).exists()


def hindrance(draft: Draft, person: Person | None, *, at: datetime) -> str:
    """Why this person cannot be the second one; empty where they can."""
    if person is None or person.pk == draft.proposed_by_id:
        return _("Quem propôs não é a segunda pessoa.")
    newcomers = (demanding.too_new(draft.marketplace, one, at=at) for one in (person, draft.proposed_by))
    return next(filter(None, newcomers), "")


@transaction.atomic
def withdraw(
    marketplace: Marketplace, adoption: Adoption, *, applies: str | None = None, by: Doer, at: datetime
) -> Published:
    """Goes back from a publication: the one before it is published anew, from when this one began or from now.

    Cases keep the version they were opened under. Raises Refused where there is nothing to go back to, another was
    published since, or two are demanded.
    """
    _check_compared(marketplace, applies)
    if demanding.of(marketplace):
        raise Refused(_("Aqui as regras são publicadas por duas pessoas: proponha a volta, e outra concorda."), "")
    gone, before = _way_back(marketplace, adoption, at=at)
    told = _named_back(before)
    done = rules.publish_again(before.adoption.version, from_at=adoption.from_at, at=at, by=by, name=told)
    telling.tell(Team(marketplace), WITHDRAWN, by=by, about=adoption.name, after={"number": gone.number})
    return done


@transaction.atomic
def draft_of_former(marketplace: Marketplace, adoption: Adoption, *, by: Doer, at: datetime) -> Draft:
    """A draft of the rules before a publication, for two to publish: going back asks of them what going on does.

    Raises Refused as `withdraw`, and where there are too many drafts.
    """
    _gone, before = _way_back(marketplace, adoption, at=at)
    version = Version.objects.select_related("marketplace").get(pk=before.adoption.version_id)
    return drafts.begin_from(marketplace, kept_folders.of(version), _named_back(before), by=by, at=at, base=version)


def _way_back(marketplace: Marketplace, adoption: Adoption, *, at: datetime) -> tuple[Publication, Publication]:
    """The publication that is undone and the one before it. Raises Refused where there is none."""
    history = publications.history(marketplace, at=at)
    before = publications.before(history, adoption)
    gone = next((one for one in history if one.adoption.pk == adoption.pk), None)
    if before is None or gone is None:
        raise Refused(_("Não há regras anteriores a que voltar, ou outra publicação já veio depois."), "")
    return gone, before


def _named_back(before: Publication) -> str:
    return _("Volta à publicação %(number)d") % {"number": before.number}


def _publish(
    draft: Draft, from_at: datetime | None, name: str, *, by: Doer, second: Person | None, at: datetime
) -> Published:
    read, called = drafts.ready(draft), drafts.name_of(name)
    done = rules.publish(
        draft.marketplace, read.loaded, from_at=from_at, at=at, by=by, files=read.files, name=called, second=second
    )
    draft.delete()
    return done


def _locked(draft: Draft, known: int) -> Draft:
    """The draft, nobody else's to change until this is done. Raises Refused where it is not what was shown."""
    rows = Draft.objects.select_for_update(of=("self",)).select_related("marketplace", "proposed_by")
    locked = rows.filter(pk=draft.pk).first()
    if locked is None or locked.revision != known:
        raise Refused(_("O rascunho mudou desde que você abriu esta página. Leia de novo o que será publicado."), "")
    return locked
