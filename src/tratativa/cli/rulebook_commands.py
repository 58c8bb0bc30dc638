"""Commands on rulebooks: list, show, check, rehearse; and `deadline`, which counts one and says why."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from tratativa.cli import options
from tratativa.cli.founding import publish_commands, rulebook_folders
from tratativa.cli.revising import compare_commands, replay_commands
from tratativa.config.trouble import Trouble
from tratativa.rulebook import reading, shipped, verdict
from tratativa.rulebook.language import schema
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.lint import linting
from tratativa.rulebook.procedures import diagram
from tratativa.rulebook.reading import BadRulebook
from tratativa.rulebook.terms import yaml_source
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.problems import Problem
from tratativa.rulebook.terms.yaml_source import BadYaml
from tratativa.rulebook.time import durations, explain
from tratativa.rulebook.time.calendar import BadCalendar, Calendar
from tratativa.scenarios import script_files, script_reading, scripts
from tratativa.serve import environment

_PARTIES = [str(party) for party in Party]


@click.group("rulebook", cls=options.Whole, epilog="Exemplo: tratativa rulebook check meu-marketplace/")
def rulebook() -> None:
    """Os rulebooks: as regras de cada marketplace, em YAML."""


@rulebook.command("list", epilog="Exemplo: tratativa rulebook list")
def list_shipped() -> None:
    """Lista os rulebooks que vêm com a mesa."""
    for name in shipped.names():
        click.echo(f"{name}\t{rulebook_folders.load(name).book.title}")


@rulebook.command(epilog="Exemplo: tratativa rulebook show meu-marketplace/ --party seller")
@click.argument("name", metavar="NOME|PASTA")
@click.option("--party", type=click.Choice(_PARTIES), help="Só o que esta parte pode fazer e deve.")
def show(name: str, party: str | None) -> None:
    """Mostra um rulebook em frases: assuntos, ações, prazos."""
    for line in _told(rulebook_folders.load(name).book, Party(party) if party else None):
        click.echo(line)


@rulebook.command(epilog="Exemplo: tratativa rulebook check meu-marketplace/")
@click.argument("paths", metavar="PASTA…", nargs=-1, required=True)
def check(paths: tuple[str, ...]) -> None:
    """Confere rulebooks: cada problema sai como `arquivo:linha: o que há — o remédio`."""
    found = [problem for path in paths for problem in _problems(path)]
    for problem in found:
        click.echo(str(problem))
    for warning in _warnings(paths) if not found else ():
        click.echo(f"aviso: {warning}")
    if found:
        sys.exit(1)
    click.echo(f"Nenhum problema em {', '.join(paths)}.")


@rulebook.command(epilog="Exemplo: tratativa rulebook test meu-marketplace/")
@click.argument("paths", metavar="CAMINHO…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--failures", type=click.Path(path_type=Path), metavar="ARQUIVO", help="Escreve cada falha aqui, em JSON."
)
@click.option(
    "--before", type=click.Path(exists=True, path_type=Path), metavar="ARQUIVO",
    help="As regras de antes, em JSON como uma versão as guarda: onde uma história espera o fim de um prazo delas, "
    "diz-se quando ele acaba agora.",
)  # fmt: skip
def test(paths: tuple[Path, ...], failures: Path | None, before: Path | None) -> None:
    """Encena os cenários de rulebooks, pastas ou arquivos, com o relógio na mão de cada passo.

    Usa um banco passageiro no servidor de DATABASE_URL ou, sem ela, no PostgreSQL embutido.
    """
    from tratativa.cli import scenario_database

    with scenario_database.opened():
        from tratativa.scenarios import reporting

        heard: list[dict[str, Any]] = []
        passed, failed = reporting.rehearse(
            paths, click.echo, hear=lambda story, one: heard.append({"story": story.name, **asdict(one)}),
            before=reading.parse(before.read_text()) if before else None,
        )  # fmt: skip
    if failures:
        failures.write_text(json.dumps(heard, ensure_ascii=False))
    click.echo(f"Passaram: {passed}; falharam: {failed}.")
    sys.exit(1 if failed else 0)


@rulebook.command("diagram", epilog="Exemplo: tratativa rulebook diagram compra-agora Crédito > credito.svg")
@click.argument("name", metavar="NOME|PASTA")
@click.argument("playbook", metavar="ROTEIRO")
@click.option("--current", default="", metavar="PASSO", help="O passo a acender.")
def draw(name: str, playbook: str, current: str) -> None:
    """Desenha um roteiro como SVG."""
    book = rulebook_folders.load(name).book
    found = book.playbook(playbook)
    if found is None:
        labels = ", ".join(one.playbook for one in book.playbooks) or "nenhum"
        raise Trouble(f"Não há roteiro `{playbook}` em {name}. Os que há: {labels}.")
    if current and current not in found.steps:
        raise Trouble(f"«{found.playbook}» não tem o passo `{current}`. Os que há: {', '.join(found.steps)}.")
    click.echo(diagram.svg(found, current=current, style=True))


rulebook.add_command(publish_commands.publish)
rulebook.add_command(compare_commands.compare)
rulebook.add_command(replay_commands.replay)


@rulebook.command("schema", epilog="Exemplo: tratativa rulebook schema actions > actions.schema.json")
@click.argument("part", type=click.Choice(sorted([*schema.FILES, "scenarios"])), required=False, metavar="[PARTE]")
def print_schema(part: str | None) -> None:
    """Imprime o JSON Schema de rulebook.yaml, ou de uma parte: actions, deadlines, scenarios…"""
    found = _story_schema() if part == "scenarios" else schema.schema(part or "")
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _story_schema() -> dict[str, object]:
    environment.enter_without_database()
    from tratativa.scenarios import script_schema  # what plays stories needs Django ready

    return script_schema.schema()


@click.command(
    epilog="Exemplo: tratativa deadline --from '2026-11-23 09:00' --within '{first_of: [12 business hours, 24 hours]}'"
)
@click.option("--from", "start", required=True, metavar="MOMENTO", help="Quando o prazo começa, na hora do calendário.")
@click.option(
    "--within", required=True, metavar="PRAZO", help="O prazo como num rulebook: `24 hours`, `1 business day`."
)
@click.option(
    "--calendar", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="ARQUIVO.yaml",
    help="`timezone:` e `calendar:` como num rulebook (padrão: seg–sex 08:00–18:00, São Paulo).",
)  # fmt: skip
@click.option(
    "--language", type=click.Choice(["pt-br", "en"]), default="pt-br", show_default=True, help="Da explicação."
)
def deadline(start: str, within: str, file: Path | None, language: explain.Language) -> None:
    """Calcula um prazo: na primeira linha o fim (RFC 3339), depois o porquê."""
    calendar = _calendar(file)
    begin = _moment(start, calendar.zone)
    span = _duration(within)
    click.echo(calendar.due(begin, span).isoformat())
    click.echo(explain.explain(calendar, begin, span, language=language))


def _warnings(paths: tuple[str, ...]) -> Iterator[Problem]:
    for path in paths:
        yield from linting.warn(rulebook_folders.load(path))


def _problems(name: str) -> list[Problem]:
    folder = rulebook_folders.find(name)
    try:
        found = linting.lint(reading.load(folder))
    except BadRulebook as bad:
        found = bad.problems
    for file in script_files.stories(folder):
        try:
            script_reading.read(file)
        except scripts.BadScenario as bad_scenario:
            found += bad_scenario.problems
    return found


def _told(book: Rulebook, party: Party | None) -> Iterator[str]:
    hours = explain.hours(book.clock)
    yield f"{book.title} ({book.rulebook})"
    yield f"Horário: {hours}, {book.timezone}"
    yield "\nAssuntos"
    for reason in book.reasons:
        if party is None or party in reason.offered_to:
            duty = reason.duty if party is not Party.CUSTOMER else reason.help
            yield f"  {reason.label}" + (f" – {duty}" if duty else "")
    for one in [party] if party else list(book.parties):
        actions = verdict.actions_of(book, one)
        if actions:
            yield f"\nO que faz: {book.parties.get(one, str(one))}"
            yield from (line for action in actions for line in _action(action))
    yield "\nPrazos"
    for rule in book.deadlines:
        if party is None or rule.party == party:
            owed = book.parties.get(rule.party, str(rule.party))
            yield f"  {rule.label} – {owed}, {json.dumps(durations.to_source(rule.within), ensure_ascii=False)}"


def _action(action: Action) -> Iterator[str]:
    yield f"  {action.label}"
    for why in (*(one.why for one in action.unless), action.otherwise):
        if why:
            yield f"      recusa: {why}"


def _calendar(file: Path | None) -> Calendar:
    timezone: str = "America/Sao_Paulo"
    rules: dict[str, Any] = {"hours": {"mon-fri": ["08:00-18:00"]}, "holidays": {"country": "BR", "state": "SP"}}
    if file is not None:
        said = _read(file)
        timezone = str(said.get("timezone", timezone))
        rules |= said.get("calendar") or {}
    try:
        return Calendar.build(timezone, rules["hours"], rules["holidays"])
    except (BadCalendar, TypeError, AttributeError) as bad:
        raise Trouble(f"{file}: {bad}") from None


def _read(file: Path) -> dict[str, Any]:
    try:
        data = yaml_source.read(file.read_bytes(), str(file)).data
    except (BadYaml, OSError) as bad:
        raise Trouble(str(bad)) from None
    if not isinstance(data, dict) or not isinstance(data.get("calendar") or {}, dict):
        raise Trouble(f"{file}:1: este arquivo é um mapa com `timezone:` e `calendar:`, como num rulebook.")
    return data


def _moment(text: str, zone: ZoneInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise click.BadParameter("escreva o momento como '2026-11-23 09:00'", param_hint="--from") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _duration(text: str) -> durations.Duration:
    try:
        return durations.parse(yaml_source.read(text.encode(), "--within").data)
    except (BadYaml, durations.BadDuration) as bad:
        raise click.BadParameter(str(bad), param_hint="--within") from None
