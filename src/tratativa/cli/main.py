"""The command `tratativa`: each command is loaded only when it is asked for."""

import importlib
import os
import sys
from collections.abc import Mapping
from types import MappingProxyType

import click

from tratativa.config import reasons
from tratativa.config.trouble import Trouble

# name: where it lives, and the line `tratativa --help` shows without loading it
COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "demo": ("process_commands", "A demonstração: marketplaces, lojistas e clientes com suas histórias."),
        "serve": ("process_commands", "A mesa inteira: banco de dados, páginas e worker."),
        "web": ("process_commands", "Só as páginas, para mais de uma máquina."),
        "worker": ("process_commands", "Só os trabalhos em segundo plano e os prazos."),
        "setup": (
            "founding.setup_commands",
            "O primeiro marketplace: empresa, regras e quem administra; ou o link para isso.",
        ),
        "seller": ("founding.seller_commands", "Lojistas: criar, e convidar quem os administra."),
        "people": ("founding.people_commands", "Pessoas de uma equipe: convidar, papel, desativar, listar."),
        "migrate": ("upkeep_commands", "Atualiza as tabelas do banco de dados."),
        "stage": ("upkeep_commands", "Monta as histórias da demonstração."),
        "doctor": ("upkeep_commands", "O que há de errado nesta instalação, com o remédio de cada mal."),
        "clock": ("upkeep_commands", "Se os prazos são julgados, e por que não."),
        "translations": ("translation_commands", "As línguas das páginas: conferir, extrair, compilar."),
        "rulebook": ("rulebook_commands", "Regras: listar, mostrar, conferir, ensaiar."),
        "deadline": ("rulebook_commands", "Calcula um prazo e explica a conta."),
        "keys": ("keys_commands", "As chaves que cifram o que uma cópia do banco não deve contar."),
        "mail": ("mail_commands", "Cartas que chegam: como a mesa as entende."),
        "ledger": ("ledger_commands", "O registro dos atendimentos: conferir que ninguém mexeu nele."),
        "orders": ("orders_commands", "Pedidos e cadastros que os sistemas do marketplace contam."),
    }
)
HIDDEN = frozenset({"stage"})


class Lazy(click.Group):
    """A group that knows its commands by name and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of a first day."""
        return [name for name in COMMANDS if name not in HIDDEN]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command, or None for a name we do not know."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"tratativa.cli.{COMMANDS[name][0]}")
        command: click.Command = getattr(module, name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table above."""
        with formatter.section("Comandos"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=Lazy, epilog="Exemplo: tratativa demo --port 8001")
@click.version_option(package_name="tratativa")
def tratativa() -> None:
    """Tratativa: a mesa de pós-venda de marketplaces, lojistas e clientes."""


def main() -> None:
    """Runs the command; ends with 0, 1 (it failed) or 2 (used wrongly), and tells failures in a sentence."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str], command: click.Command | None = None) -> int:
    """The exit status of `tratativa`, or of this command, with these arguments; what fails is told in a sentence."""
    called = command or tratativa
    try:
        status = called.main(arguments, prog_name=called.name, standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _fail("Interrompido.")
    except Trouble as problem:
        return _fail(str(problem))
    except BrokenPipeError:
        # Whoever read our output has left; say nothing more into the closed pipe, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as problem:
        if _lacks_tables(problem):
            return _fail("As tabelas do banco não estão em dia. Rode tratativa migrate e tente de novo.")
        if os.environ.get("TRATATIVA_LOG", "").upper() == "DEBUG":
            raise
        return _fail(_away(problem) if _is_away(problem) else _unexpected(problem))
    return status if isinstance(status, int) else 0


def _lacks_tables(problem: Exception) -> bool:
    """Whether the database lacks a table or a column: nobody has migrated it, or not since the last upgrade."""
    return getattr(problem.__cause__, "sqlstate", "") in {"42P01", "42703"}


def _is_away(problem: Exception) -> bool:
    """Whether the database cannot be reached; only a command that failed loads what tells it."""
    from tratativa.accounts.absence import AWAY

    return isinstance(problem, AWAY)


def _away(problem: Exception) -> str:
    return f"O banco de dados não responde ({reasons.line(problem)}). Tente de novo; tratativa doctor diz o que falta."


def _fail(sentence: str) -> int:
    click.echo(f"tratativa: {sentence}", err=True)
    return 1


def _unexpected(problem: Exception) -> str:
    kind, text = type(problem).__name__, reasons.line(problem)
    return f"falha inesperada ({kind}): {text}. Com TRATATIVA_LOG=DEBUG o comando conta mais."
