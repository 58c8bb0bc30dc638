"""`tratativa rulebook replay`: what past cases would have come to under a draft of the rules."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from tqdm import tqdm

from tratativa.cli import options
from tratativa.cli.founding import people_options, rulebook_folders
from tratativa.config import saying
from tratativa.config.trouble import Trouble
from tratativa.serve import environment

if TYPE_CHECKING:
    from tratativa.replay.asked import Asked
    from tratativa.replay.report import Report, Shown
    from tratativa.replay.tallies import Tally


@click.command(epilog="Exemplo: tratativa rulebook replay minha-loja/ --marketplace loja-exemplo --since 2026-01-01")
@options.data
@click.argument("name", metavar="PASTA|NOME")
@people_options.marketplace
@click.option("--since", required=True, metavar="DATA", help="Os atendimentos abertos desde esta data.")
@click.option("--processes", type=click.IntRange(1, 64), help="Em quantos processos (padrão: um por núcleo).")
@click.option("--language", type=click.Choice(saying.LANGUAGES), default="pt-br", show_default=True, help="Das frases.")
def replay(home: Path, name: str, slug: str, since: str, processes: int | None, language: str) -> None:
    """Julga de novo os atendimentos passados sob um rascunho das regras, sem mudar nada neles.

    Diz quantos prazos teriam sido perdidos ou cumpridos, que ações feitas teriam sido recusadas e por qual regra, e
    como mudaria o desempenho dos lojistas, com exemplos. Ctrl-C interrompe sem deixar rastro.
    """
    loaded = rulebook_folders.read(name).loaded
    with environment.entered(home):
        from django.utils import translation

        from tratativa.accounts import clock
        from tratativa.cases.core import rulebook_versions
        from tratativa.replay import asking, running
        from tratativa.replay.asked import Asked

        place = people_options.find_marketplace(slug)
        now, zone = clock.now(), loaded.book.clock.zone
        until = asking.judged_until(now)
        asked = Asked(place.pk, json.dumps(loaded.data, ensure_ascii=False), _moment(since, zone), until)
        tally = _run(asked, processes or running.processes())
        with translation.override(language):
            from tratativa.replay import report

            try:
                applies = rulebook_versions.in_force(place.pk)
            except rulebook_versions.NoRulebook:
                applies = loaded.book
            for line in _told(report.of(tally, draft=loaded.book, applies=applies, until=until)):
                click.echo(line)


def _run(asked: "Asked", processes: int) -> "Tally":
    from tratativa.replay import running

    with tqdm(total=running.count(asked), unit=" atendimentos", unit_scale=True, disable=None, leave=False) as bar:

        def tell(so_far: "Tally") -> None:
            bar.update(so_far.cases - bar.n)

        try:
            return running.run(asked, workers=processes, tell=tell)
        except running.Broken:
            raise Trouble(
                "Um dos processos foi encerrado de fora, talvez por falta de memória. Tente com --processes menor."
            ) from None


def _moment(raw: str, zone: object) -> datetime:
    try:
        said = datetime.fromisoformat(raw.strip())
    except ValueError:
        raise click.BadParameter("escreva a data como 2026-01-01", param_hint="--since") from None
    return said if said.tzinfo else said.replace(tzinfo=zone)  # type: ignore[arg-type]


def _told(found: "Report") -> Iterator[str]:
    from django.utils.translation import gettext as _

    yield from found.headline
    if found.is_quiet:
        yield _("Nada teria sido diferente.")
    if found.lines:
        yield "\n" + _("Prazos (cumpridos, perdidos)")
    for line in found.lines:
        yield f"  {line.name}: {line.met} → {line.would_met}, {line.missed} → {line.would_missed}"
    for group in found.groups:
        yield f"\n{group.heading}: {group.count}"
        yield from (f"  {name}: {count}" for name, count in group.by_name)
        yield from (f"    {_example(one)}" for one in group.examples)
    if found.metrics:
        yield "\n" + _("Contagens do desempenho")
    yield from (f"  {name}: {was} → {would}" for name, was, would in found.metrics)
    new, spared = _("Passaria a propor"), _("Deixaria de propor")
    for one in found.sellers:
        counts = ", ".join(f"{name} {was} → {would}" for name, was, would in one.counts)
        yield f"  {one.seller}: {counts}"
        yield from (f"    {new}: {text}" for text in one.proposed)
        yield from (f"    {spared}: {text}" for text in one.spared)
    yield "\n" + _("O que isto não sabe")
    yield from (f"  {limit}" for limit in found.limits)


def _example(one: "Shown") -> str:
    moments = " → ".join(f"{at:%d/%m/%Y %H:%M}" if at else "–" for at in (one.was, one.would) if at or not one.why)
    return "  ".join(part for part in (one.protocol, one.name, moments, one.why) if part)
