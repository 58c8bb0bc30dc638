"""The rulebook's `conduct`: what may not be written to the customer, and whether it is refused, held or warned of."""

from collections.abc import Collection, Iterable
from typing import Annotated, Literal

from pydantic import Field

from tratativa.rulebook.conduct import findings, links
from tratativa.rulebook.terms.naming import MetricName
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.types import Model, Parties, Text

Kind = Literal["charge", "phone", "whatsapp", "email", "link", "elsewhere"]


class ConductRule(Model):
    """One rule: the kinds it finds, the hosts it lets pass, and the sentence for whoever wrote it.

    `allow` holds domains, and `tracking_hosts` for the carriers'. `block` refuses the message; `hold` keeps it until
    one of the marketplace's people let it go; `warn` lets it go when the author insists, and the ledger remembers.
    `counts` names the metric that counts for the seller once a person has refused what was held.
    """

    id: Annotated[str, Field(min_length=1, max_length=120)]
    finds: tuple[Kind, ...] = Field(min_length=1)
    allow: tuple[str, ...] = ()
    severity: Literal["warn", "hold", "block"]
    text: Annotated[Text, Field(min_length=1)]
    parties: Parties = (Party.SELLER,)
    counts: MetricName = ""

    @property
    def hosts(self) -> frozenset[str]:
        """Every host a link may lead to."""
        named = frozenset(name.lower() for name in self.allow if name != "tracking_hosts")
        return named | links.TRACKING_HOSTS if "tracking_hosts" in self.allow else named


def excerpts(rule: ConductRule, words: str, names: Collection[str]) -> list[str]:
    """What in these words breaks the rule, as it stands there; `names` are the marketplace's (`Rulebook.names`)."""
    return [found.excerpt.strip() for found in findings.find(words, rule.finds, rule.hosts, names)]


def evidence(rule: ConductRule, words: str, names: Collection[str]) -> list[str]:
    """What breaks the rule and what it is taken for, for whoever judges it: `«chama no zap» (o WhatsApp)`."""
    found = findings.find(words, rule.finds, rule.hosts, names)
    return list(dict.fromkeys(f"«{one.excerpt.strip()}» ({one.says})" for one in found))


def broken(rules: Iterable[ConductRule], party: Party, words: str, names: Collection[str]) -> list[ConductRule]:
    """The rules these words of a party break, in the rulebook's order."""
    return [rule for rule in rules if party in rule.parties and findings.find(words, rule.finds, rule.hosts, names)]
