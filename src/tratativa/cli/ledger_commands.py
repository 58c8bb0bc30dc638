"""Commands on the ledger: whether it is as it was written, and the key that vouches for it."""

import sys
import uuid
from pathlib import Path

import click
from tqdm import tqdm

from tratativa.cli import options
from tratativa.config.trouble import Trouble
from tratativa.serve import environment

SHOWN = 20  # chains whose fault is told


@click.group("ledger", cls=options.Whole, epilog="Exemplo: tratativa ledger verify --data /srv/tratativa")
def ledger() -> None:
    """O registro dos atendimentos: conferir que ninguém mexeu nele."""


@ledger.command(epilog="Exemplo: tratativa ledger verify --marketplace meu-marketplace --anchor anchors.jsonl")
@options.data
@click.option("--marketplace", "slug", metavar="NOME", default="", help="Só os atendimentos deste marketplace.")
@click.option("--anchor", "kept", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Um arquivo de âncoras guardado fora da mesa; repita para vários.")  # fmt: skip
@click.option("--files", "bytes_too", is_flag=True, help="Lê também os bytes de cada arquivo enviado.")
def verify(home: Path, slug: str, kept: tuple[Path, ...], bytes_too: bool) -> None:
    """Confere todas as correntes, com a mesa no ar ou parada. Termina com 0 se tudo confere, 1 se algo não.

    Compara também com o que a pasta dos dados guarda. Quem tem o banco e esta pasta só é visto com as âncoras guardadas
    fora dos dois.
    """
    with environment.entered(home):
        from tratativa.evidence import case_chains, case_files, held_files, walking
        from tratativa.evidence.limits import Limits

        marketplace_id = _marketplace(slug)
        lines = tuple(line for file in kept for line in file.read_text("utf-8", "replace").splitlines() if line.strip())
        total = case_chains.count(marketplace_id)
        with tqdm(total=total, unit=" registros", disable=None, leave=False) as bar:
            found = walking.walk(marketplace_id=marketplace_id, kept=lines, tell=bar.update)
        faults = list(found.faults)
        read = f"{found.entries} registros, {found.heads} elos e {found.anchors} âncoras lidos"
        if bytes_too:
            limits = Limits(marketplace_id)
            size = case_files.size(limits)
            with tqdm(total=size, unit="B", unit_scale=True, disable=None, leave=False) as bar:
                faults += case_files.altered(limits, tell=bar.update)
            read += f", e os arquivos ({size} bytes)"
        if found.entries and not found.held:
            click.echo(f"Em {held_files.folder()} não está guardado até onde foram os elos: o banco foi comparado só "
                       "consigo mesmo" + (" e com as âncoras de --anchor." if lines else "."))  # fmt: skip
    if not faults:
        click.echo(f"O registro confere: {read}.")
        return
    for fault in faults[:SHOWN]:
        click.echo(f"✗ {fault}")
    click.echo(f"O registro não confere em {len({fault.chain for fault in faults})} correntes; {read}.")
    sys.exit(1)


@ledger.command(epilog="Exemplo: tratativa ledger accept --because 'backup de 28/11 restaurado'")
@options.data
@click.option("--because", metavar="MOTIVO", required=True, help="Por que o banco tem menos do que a pasta guarda.")
def accept(home: Path, because: str) -> None:
    """Aceita o registro como o banco o tem, depois de restaurar um backup: a pasta dos dados passa a guardá-lo.

    O que ela guardava, e o motivo, ficam em ledger/accepted.jsonl e na auditoria de cada marketplace.
    """
    if not because.strip():
        raise Trouble("Diga o motivo em --because: ele fica registrado.")
    with environment.entered(home):
        from tratativa.accounts import clock
        from tratativa.evidence import held_files, outside

        try:
            found = outside.accept(because=because.strip(), at=clock.now())
        except OSError as problem:
            raise Trouble(f"Não consigo gravar em {held_files.folder()}: {problem}.") from problem
        for one in found:
            before, after = one.before or one.after, one.after
            click.echo(f"{one.chain}: de {before.number if before else 0} para {after.number if after else 0} elos, "
                       f"{one.anchors} âncoras a menos.")  # fmt: skip
        click.echo(f"{held_files.folder()} guarda o registro como o banco o tem agora.")


@ledger.command(epilog="Exemplo: tratativa ledger anchors --data /srv/tratativa > ancoras.jsonl")
@options.data
def anchors(home: Path) -> None:
    """Mostra as âncoras assinadas, uma por linha, para quem as guarda fora."""
    with environment.entered(home):
        from tratativa.evidence import anchoring
        from tratativa.evidence.models import Anchor

        for anchor in Anchor.objects.select_related("key").order_by("day", "marketplace"):
            click.echo(anchoring.carried(anchor))


@ledger.command("new-key", epilog="Exemplo: tratativa ledger new-key --data /srv/tratativa")
@options.data
def new_key(home: Path) -> None:
    """Faz outra chave de assinatura; o que as antigas assinaram continua valendo."""
    with environment.entered(home):
        from tratativa.accounts import clock
        from tratativa.evidence import signing_keys

        try:
            key = signing_keys.rotate(at=clock.now())
        except OSError as problem:
            raise Trouble(f"Não consigo gravar a chave em {signing_keys.folder()}: {problem}.") from problem
        click.echo(f"A chave nova assina desde já: {key.public} (em {signing_keys.folder()}).")


def _marketplace(slug: str) -> uuid.UUID | None:
    from tratativa.accounts.models import Marketplace

    if not slug:
        return None
    found = Marketplace.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if found is None:
        known = ", ".join(Marketplace.objects.order_by("slug").values_list("slug", flat=True)) or "nenhum"
        raise Trouble(f"Não há marketplace «{slug}» (há: {known}).")
    return found
