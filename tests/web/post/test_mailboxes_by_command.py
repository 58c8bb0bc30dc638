"""What a command does to a mailbox is told in the audit log as what a page does."""

from tests.cast import Cast
from tratativa.accounts.audit.models import AuditLine
from tratativa.mail.intake import mailboxes, mailboxes_told
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
