"""What a command does to a mailbox is told in the audit log as what a page does."""

from dataclasses import replace
from typing import Any

from tests.cast import Cast
from tratativa.accounts.audit.models import AuditLine
from tratativa.mail.intake import mailbox_secrets, mailboxes, mailboxes_told
from tratativa.mail.models import Mailbox


def test_a_command_that_makes_changes_and_readdresses_a_mailbox_leaves_a_line_each(cast: Cast) -> None:
    box = Mailbox.objects.create(marketplace=cast.marketplace, address="sac@loja.example", secret="SENHA_IMAP")
    mailboxes_told.by_command("mail box", None, box, readdressed=False)
    before, box.host, box.kind = mailboxes.of(box), "imap.loja.example", "imap"
    mailboxes_told.by_command("mail box", before, box, readdressed=True)
    mailboxes_told.by_command("mail box", mailboxes.of(box), box, readdressed=False)

    lines = list(AuditLine.objects.order_by("at", "id"))
    assert [line.what for line in lines] == ["mailbox.added", "mailbox.changed", "mailbox.readdressed"]
    assert {line.by_command for line in lines} == {"mail box"}
    assert (lines[1].before, lines[1].after) == (
        {"host": "", "kind": "listener"}, {"host": "imap.loja.example", "kind": "imap"},
    )  # fmt: skip
    assert "SENHA_IMAP" not in "".join(f"{line.before}{line.after}" for line in lines)


def change(box: Mailbox, secret: str = "", **said: Any) -> None:
    given = replace(mailboxes.of(box), **({"port": None} | said))
    mailboxes.change_by_command(box, given, secret=secret)
    box.refresh_from_db()


def test_a_command_leaves_the_password_of_the_page_and_what_it_does_not_say(cast: Cast) -> None:
    given = mailboxes.Given("sac@loja.example", host="127.0.0.1", security="none", password="da página", port=1143)
    box = mailboxes.add(cast.marketplace.pk, given)

    change(box, receiver="mx.loja.example")
    change(box, host="outro.loja.example")
    kept = (box.port, box.security, box.receiver, mailbox_secrets.unseal(box.password), box.secret)
    change(box, security="starttls")
    change(box, port=2143)
    moved = (box.port, mailbox_secrets.unseal(box.password))
    change(box, secret="SENHA_IMAP")
    change(box, folder="Sac")

    assert kept == (1143, "none", "mx.loja.example", "da página", "")
    assert moved == (2143, "da página")
    assert (box.secret, box.password, box.folder) == ("SENHA_IMAP", "", "Sac")
    change(box, password="outra")
    assert (box.secret, mailbox_secrets.unseal(box.password)) == ("", "outra")
