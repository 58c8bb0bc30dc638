"""The score: what is counted for a seller, over which window, and what a person may then propose."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from tratativa.rulebook.terms import naming
from tratativa.rulebook.terms.naming import MetricName
from tratativa.rulebook.terms.types import Model, Named, Text, Within
from tratativa.rulebook.time import durations


class Metric(Named):
    """Something counted for a seller; `help` says to the seller what makes it count, `told` that it was counted."""

    help: Text = ""
    told: Text = ""


class Above(Model):
    """More than this many."""

    gt: Annotated[int, Field(ge=0, le=100_000)]


def _by_slug(value: Any) -> Any:
    return (
        {naming.resolve("metrics", name): limit for name, limit in value.items()}
        if isinstance(value, Mapping)
        else value
    )


class Consequence(Model):
    """What the marketplace's people are proposed once every count is above its limit; nothing happens by itself.

    `text` is the rule as the marketplace's own portal states it.
    """

    when: Annotated[dict[str, Above], BeforeValidator(_by_slug), Field(min_length=1)]
    propose: Literal["suspension", "notice"]
    text: Annotated[Text, Field(min_length=1, max_length=600)]

    def reached(self, counts: Mapping[str, int]) -> bool:
        """Whether these counts, by metric id, are all above the limits."""
        return all(counts.get(metric, 0) > limit.gt for metric, limit in self.when.items())


class Score(Model):
    """The metrics of a rulebook and what follows from them. `window` is counted back from now, in days.

    `defence` is how long a seller may answer before a sanction can be decided (L-35). `reports` names the metric a
    customer's report of a message counts under once a person has confirmed it; without it such reports count nothing.
    """

    window: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,2} days$")] = "60 days"
    defence: Within = durations.parse("5 business days")
    metrics: Annotated[tuple[Metric, ...], Field(min_length=1)]
    consequences: tuple[Consequence, ...] = ()
    reports: MetricName = ""

    @model_validator(mode="after")
    def _consequences_speak_of_metrics(self) -> "Score":
        known = {metric.id for metric in self.metrics}
        if len(known) < len(self.metrics):
            raise ValueError("duas metrics têm o mesmo id; dê outro `id:` a uma delas")
        for name in (name for one in self.consequences for name in one.when):
            if name not in known:
                raise ValueError(f"`consequences` fala de `{name}`, que não está em metrics")
        if self.reports and self.reports not in known:
            raise ValueError(f"`reports` fala de `{self.reports}`, que não está em metrics")
        return self

    @property
    def span(self) -> timedelta:
        """The window as a length of time."""
        return timedelta(days=int(self.window.partition(" ")[0]))

    def metric(self, name: str) -> Metric | None:
        """The metric with this id or label."""
        return next((metric for metric in self.metrics if metric.is_called(name)), None)
