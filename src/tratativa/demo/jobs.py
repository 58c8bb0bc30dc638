"""Jobs of the demo: the order system says later what became of a command it took in slowly."""

from django.utils import timezone
from procrastinate.contrib.django import app

from tratativa.cases.core import work
from tratativa.cases.orders import command_outcomes
from tratativa.demo.models import Errand


@app.task(name="demo.answer_late", queue="cases")
@work.of_its_marketplace(Errand, "errand_id", "order__marketplace_id")
def answer_late(errand_id: str) -> None:
    """Sends the fact that came back; told twice, it changes nothing more."""
    errand = Errand.objects.select_related("order").get(pk=errand_id)
    command_outcomes.settle(errand.order.marketplace_id, errand.key, errand.outcome, at=timezone.now())
