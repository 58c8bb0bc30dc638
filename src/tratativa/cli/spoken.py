"""What click says by itself, in Portuguese as all the rest: click asks the machine's locale, and most have another.

Its modules each hold gettext's functions by name; ours take their place, for every command and group.
"""

import gettext
from collections.abc import Callable, Mapping
from types import MappingProxyType, ModuleType

from click import core, decorators, exceptions, formatting, parser, termui, types

MODULES: tuple[ModuleType, ...] = (core, decorators, exceptions, formatting, parser, termui, types)

# By what click writes; what is left out here reaches whoever programs, and nobody at a terminal.
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "Usage:": "Uso:",
        "Options": "Opções",
        "Positional arguments": "Argumentos",
        "Commands": "Comandos",
        "Show this message and exit.": "Mostra esta ajuda e termina.",
        "Show the version and exit.": "Mostra a versão e termina.",
        "%(prog)s, version %(version)s": "%(prog)s, versão %(version)s",
        "Do you want to continue?": "Continuar?",
        "Confirm the action without prompting.": "Confirma sem perguntar.",
        "Aborted!": "Interrompido.",
        "deprecated": "em desuso",
        "(dynamic)": "(calculado)",
        "default: {default}": "padrão: {default}",
        "env var: {var}": "variável: {var}",
        "required": "obrigatório",
        "Try '{command} {option}' for help.": "Veja a ajuda: {command} {option}",
        "Error: {message}": "Erro: {message}",
        "Error: invalid input": "Erro: entrada inválida",
        "Error: The two entered values do not match.": "Erro: os dois valores não são iguais.",
        "Repeat for confirmation": "Repita para confirmar",
        "Press any key to continue...": "Aperte uma tecla para continuar…",
        "unknown error": "erro desconhecido",
        "Missing command.": "Falta o comando.",
        "Missing argument": "Falta o argumento",
        "Missing option": "Falta a opção",
        "Missing parameter": "Falta o parâmetro",
        "Missing parameter: {param_name}": "Falta o parâmetro: {param_name}",
        "Missing {param_type}": "Falta {param_type}",
        "Invalid value: {message}": "Valor inválido: {message}",
        "Invalid value for {param_hint}: {message}": "Valor inválido para {param_hint}: {message}",
        "Could not open file {filename!r}: {message}": "Não foi possível abrir {filename!r}: {message}",
        "No such option {name!r}.": "Não existe a opção {name!r}.",
        "No such command {name!r}.": "Não existe o comando {name!r}.",
        "Did you mean {possibility}?": "Você quis dizer {possibility}?",
        "(Did you mean one of: {possibilities}?)": "(Você quis dizer um destes: {possibilities}?)",
        "Option {name!r} does not take a value.": "A opção {name!r} não leva valor.",
        "Option {name!r} requires an argument.": "A opção {name!r} precisa de um valor.",
        "Option {name!r} requires {nargs} arguments.": "A opção {name!r} precisa de {nargs} valores.",
        "Argument {name!r} takes {nargs} values.": "O argumento {name!r} leva {nargs} valores.",
        "Got unexpected extra argument ({args})": "Sobrou um argumento ({args})",
        "Got unexpected extra arguments ({args})": "Sobraram argumentos ({args})",
        "Takes {nargs} values but 1 was given.": "Leva {nargs} valores, e veio 1.",
        "Takes {nargs} values but {len} were given.": "Leva {nargs} valores, e vieram {len}.",
        "{len_type} values are required, but {len_value} was given.": "São {len_type} valores, e veio {len_value}.",
        "{len_type} values are required, but {len_value} were given.": "São {len_type} valores, e vieram {len_value}.",
        "file": "arquivo",
        "directory": "pasta",
        "path": "caminho",
        "Choose from:\n\t{choices}": "Escolha entre:\n\t{choices}",
        "{value!r} is not {choice}.": "{value!r} não é {choice}.",
        "{value!r} is not one of {choices}.": "{value!r} não é um destes: {choices}.",
        "{value!r} does not match the format {format}.": "{value!r} não tem o formato {format}.",
        "{value!r} does not match the formats {formats}.": "{value!r} não tem nenhum dos formatos {formats}.",
        "{value} is not in the range {range}.": "{value} não está na faixa {range}.",
        "{value!r} is not a valid boolean. Recognized values: {states}": "{value!r} não é sim nem não; valem: {states}",
        "{value!r} is not a valid {number_type}.": "{value!r} não é um número válido.",
        "{value!r} is not a valid UUID.": "{value!r} não é um UUID.",
        "{name} {filename!r} is a file.": "{name} {filename!r} é um arquivo.",
        "{name} {filename!r} is a directory.": "{name} {filename!r} é uma pasta.",
        "{name} {filename!r} is not readable.": "{name} {filename!r} não pode ser lido.",
        "{name} {filename!r} is not writable.": "{name} {filename!r} não pode ser escrito.",
        "{name} {filename!r} is not executable.": "{name} {filename!r} não pode ser executado.",
        "{name} {filename!r} does not exist.": "{name} {filename!r} não existe.",
    }
)


def install() -> None:
    """Makes click speak so, in this process."""
    ours: Mapping[str, Callable[..., str]] = {"_": said, "ngettext": counted}
    for module in MODULES:
        for name, function in ours.items():
            if hasattr(module, name):
                setattr(module, name, function)
    _name_kinds()
    setattr(formatting.HelpFormatter, "write_usage", _write_usage)  # noqa: B010 - a method of click's, said anew


_WRITE_USAGE = formatting.HelpFormatter.write_usage
_USAGE = {"[OPTIONS]": "[OPÇÕES]", "COMMAND [ARGS]...": "COMANDO [ARGUMENTOS]..."}


def _write_usage(self: formatting.HelpFormatter, prog: str, args: str = "", prefix: str | None = None) -> None:
    """The line of use, whose pieces click writes without asking gettext."""
    for theirs, ours in _USAGE.items():
        args = args.replace(theirs, ours)
    _WRITE_USAGE(self, prog, args, prefix)


def _name_kinds() -> None:
    """What stands for a value in a help line that names none of its own."""
    types.File.name, types.StringParamType.name = "arquivo", "texto"
    types.IntParamType.name = types.IntRange.name = "número"
    types.FloatParamType.name = types.FloatRange.name = "número"


def said(message: str) -> str:
    """One of click's messages as we say it."""
    return WORDS.get(message) or gettext.gettext(message)


def counted(one: str, many: str, count: int) -> str:
    """One of click's messages about so many things."""
    return said(one if count == 1 else many)
