"""Commands on the keys that seal bank data, second factors and mailboxes' passwords."""

from pathlib import Path

import click

from tratativa.cli import options
from tratativa.config.trouble import Trouble
from tratativa.serve import environment


@click.group("keys", cls=options.Whole, epilog="Exemplo: tratativa keys rotate --data /srv/tratativa")
def keys() -> None:
    """As chaves que cifram o que uma cópia do banco não deve contar."""


@keys.command(epilog="Exemplo: tratativa keys rotate --data /srv/tratativa")
@options.data
def rotate(home: Path) -> None:
    """Cria outra chave, cifra tudo de novo com ela e apaga as que já não abrem nada.

    A chave anterior fica até a próxima troca, para o processo que ainda a usava. Guarde uma cópia do arquivo longe
    dos dados: sem ele, o que está cifrado não abre mais.
    """
    with environment.entered(home):
        from tratativa.accounts.secrecy import sealing
        from tratativa.config import resealing

        try:
            done = resealing.rotate()
        except sealing.Broken:
            raise Trouble(
                "Algo está cifrado com uma chave que não está aqui. Nenhuma chave foi apagada; devolva o arquivo "
                "sealing.json de TRATATIVA_KEYS e rode de novo."
            ) from None
        except OSError as problem:
            raise Trouble(f"Não consigo gravar a chave nova ({problem}). Confira a pasta em TRATATIVA_KEYS.") from None
    click.echo(
        f"Cifrados de novo: {done.resealed}. Chaves apagadas: {done.forgotten}; mantidas além da nova: {done.kept}."
    )


@keys.command(name="push", epilog="Exemplo: tratativa keys push --data /srv/tratativa")
@options.data
def push(home: Path) -> None:
    """Cria outra chave para assinar os avisos no navegador (VAPID).

    Os navegadores já ligados continuam recebendo, assinados pela chave que conhecem, até serem ligados de novo; a chave
    que não serve a mais nenhum é apagada.
    """
    with environment.entered(home):
        from tratativa.accounts import clock
        from tratativa.notices.push import keys as push_keys

        made = push_keys.rotate(at=clock.now())
    click.echo(f"Chave nova: {made.public}")
