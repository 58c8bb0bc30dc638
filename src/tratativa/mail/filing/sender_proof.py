"""A sender's proof: what says that a letter is from the party whose address its From holds. The address says nothing.

A word is a party's where it came to the address that only they were given, or where the receiving server vouches for
the sender's domain, or that domain's own signature holds; and never where that server disowns it (ADR 48).
"""

from dataclasses import dataclass

from tratativa.mail import tokens
from tratativa.mail.filing import key_lookup
from tratativa.mail.models import Mailbox
from tratativa.mail.reading.letter import Letter
from tratativa.mail.reading.mime import addresses
from tratativa.mail.reading.senders import signatures, verdicts, writers


@dataclass(frozen=True)
class Proof:
    """What speaks for a letter's sender, and what against."""

    own_address: bool = False
    authenticated: bool = False
    disowned: bool = False

    @property
    def enough(self) -> bool:
        """For a word on the case."""
        return not self.disowned and (self.own_address or self.authenticated)

    @property
    def twofold(self) -> bool:
        """For identity papers, and whatever else would hurt a person whose address was guessed or read."""
        return not self.disowned and self.own_address and self.authenticated


def of(raw: bytes, read: Letter, mailbox: Mailbox, *, own_address: bool) -> Proof:
    """The proof of a letter; `own_address` where it came to its case's customer's own signed address.

    Asks the DNS for a key where no receiver speaks and the sender's domain signed. Raises nothing.
    """
    disowned = verdicts.disowned(read.fields, mailbox.receiver)
    writer = writers.only(raw, read.fields)
    if disowned or not writer:
        return Proof(disowned=disowned)
    return Proof(own_address, _authenticated(raw, read, mailbox, writer.rpartition("@")[2]))


def disowned(read: Letter, mailbox: Mailbox) -> bool:
    """Whether the receiver this mailbox trusts says that the sender's domain disowns the letter."""
    return verdicts.disowned(read.fields, mailbox.receiver)


def _authenticated(raw: bytes, read: Letter, mailbox: Mailbox, domain: str) -> bool:
    """Whether somebody vouches for the domain, in a letter written to us: one to somebody else may be genuine, too."""
    if not _to_us(read, mailbox):
        return False
    if not verdicts.silent(read.fields, mailbox.receiver):
        return verdicts.passed(read.fields, mailbox.receiver, domain)
    keys = key_lookup.keys(signatures.names(read.fields, domain))
    return any(signatures.aligned(signer, domain) for signer in signatures.signers(raw, keys))


def _to_us(read: Letter, mailbox: Mailbox) -> bool:
    named = [one.address for header in ("to", "cc") for value in read.fields.every(header)
             for one in addresses.mailboxes(value)]  # fmt: skip
    return mailbox.address.lower() in {tokens.bare(address) for address in named}
