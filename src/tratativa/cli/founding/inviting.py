"""Inviting by command: somebody is asked into a team, and what there is to say of it afterwards."""

from typing import TYPE_CHECKING

import click

from tratativa.config.trouble import Trouble

if TYPE_CHECKING:
    from tratativa.accounts.people.models import Invitation
    from tratativa.accounts.people.team import Team


def tell(said: list[str]) -> None:
    """Says these lines: only once what they say stands."""
    for line in said:
        click.echo(line)


def invite(team: "Team", cleaned: str, name: str, role: str, *, command: str, again: bool) -> list[str]:
    """Invites, and what there is to say of it once that stands: a caller may undo it all. Raises Refused, Trouble."""
    from tratativa.accounts import clock
    from tratativa.accounts.people import hiring, invitations, letters
    from tratativa.accounts.people.team import Doer

    member = team.members().filter(person__email__iexact=cleaned).first()
    if member:
        if member.role != hiring.role_of(team, role):
            raise Trouble(f"{cleaned} já é da equipe com o papel {member.role}; para mudar, tratativa people role.")
        return [f"{cleaned} já é da equipe de {team} ({role})."]
    before = asked(team, cleaned)
    stands = invitations.standing(team, cleaned, role, at=clock.now())
    if stands and not again:
        return [f"{cleaned} já está convidado para a equipe de {team} ({role}): {_waits(stands)}"]
    made, new = invitations.invite(team, cleaned, name, role, by=Doer(command=command), at=clock.now())
    said = [f"{made.email} {'foi convidado' if new else 'já estava convidado'} para a equipe de {team} ({role})."]
    if before and before.role != role:
        said.append(f"O convite era para o papel {before.role}; agora é para {role}.")
    if letters.ask(made):
        return [*said, "O convite sai por e-mail."]
    link = invitations.link(made)
    return [*said, f"Não há servidor de e-mail: entregue este link, que vale 7 dias e uma vez: {link}"]


def _waits(waiting: "Invitation") -> str:
    """Since when and until when an invitation waits, and how it is sent once more."""
    from tratativa.accounts.people import invitations, postage

    said = f"o convite de {waiting.made_at:%d/%m/%Y} espera e vale até {waiting.expires_at:%d/%m/%Y}."
    if postage.leaves():
        return f"{said} Nada foi mandado; para mandar de novo, --again."
    return f"{said} Não há servidor de e-mail: entregue este link: {invitations.link(waiting)}"


def asked(team: "Team", email: str) -> "Invitation | None":
    """The invitation of somebody who was asked to join and has not."""
    from tratativa.accounts.people import invitations

    waiting = invitations.waiting(team).filter(email__iexact=email)
    return waiting.select_related("marketplace", "seller", "partner").first()
