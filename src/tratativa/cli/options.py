"""Options several commands share, and the group that tells what its commands do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from tratativa.config import reasons
from tratativa.serve import places

Command = TypeVar("Command", bound=Callable[..., Any])


def data(command: Command) -> Command:
    """`--data PASTA`: the command gets `home`, an absolute path."""
    return click.option(
        "--data",
        "home",
        metavar="PASTA",
        type=click.Path(file_okay=False, path_type=Path),
        callback=_home,
        help="Onde ficam os dados (padrão: TRATATIVA_DATA, /var/lib/tratativa ou ~/.local/share/tratativa).",
    )(command)


class Text(click.File):
    """A file of text, read; why one cannot be is said in Portuguese, as all the rest."""

    def __init__(self) -> None:
        """In UTF-8."""
        super().__init__(encoding="utf-8")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The open file. Fails as click's own does."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as bad:
            if isinstance(bad.__context__, OSError):
                self.fail(f"{value}: {reasons.system(bad.__context__)}.", param, ctx)
            raise


def address(command: Command) -> Command:
    """`--host` and `--port`, where to listen."""
    command = click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="A porta.")(
        command
    )
    return click.option("--host", default="127.0.0.1", show_default=True, help="O endereço onde escutar.")(command)


def web(command: Command) -> Command:
    """`--web N`, how many web processes."""
    return click.option(
        "--web", type=click.IntRange(1, 64), default=2, show_default=True, help="Quantos processos atendem páginas."
    )(command)


def _home(ctx: click.Context, option: click.Parameter, value: Path | None) -> Path:
    return value.absolute() if value else places.data_home()


class Whole(click.Group):
    """A group whose list of commands is never cut: click's own ends at the 45th letter, often before the verb."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command's name and the first sentence of what it does, over as many lines as that takes."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        told = [(name, one.get_short_help_str(limit=400)) for name, one in commands if one and not one.hidden]
        with formatter.section("Comandos"):
            formatter.write_dl(told)
