"""The cases app: what registers itself does so here, once Django knows the models."""

from importlib import import_module

from django.apps import AppConfig

# Where effects stand, each beside its subject: importing the file registers what it does.
EFFECTS = (
    "acting.assigning", "acting.closing", "acting.counting", "acting.follow_ups", "acting.handing_over",
    "acting.mediating", "acting.turn", "clocks.surveys", "messages.telling", "orders.attaching", "orders.ordering",
    "orders.refunding", "orders.registering", "orders.return_effects", "queues.escalation", "requests.asking",
    "requests.confirmed_address",
)  # fmt: skip

# Where events are told to people, a file a subject.
SENTENCES = (
    "case", "clock", "command", "conduct", "form", "mediation", "message", "procedure", "queue", "score",
)  # fmt: skip


class Cases(AppConfig):
    """The case and all that changes it."""

    name = "tratativa.cases"

    def ready(self) -> None:
        """Registers effects, sentences and listeners."""
        # Models can be imported only now.
        from tratativa.cases.core import listeners
        from tratativa.cases.orders import ordering
        from tratativa.cases.queues import child_news, giving

        for module in (*EFFECTS, *(f"sentences.{subject}" for subject in SENTENCES)):
            import_module(f"{self.name}.{module}")
        listeners.register(ordering.follow, listeners.FOLLOWERS)
        listeners.register(child_news.notice, listeners.REACTIONS)
        listeners.register(giving.notice, listeners.REACTIONS)
