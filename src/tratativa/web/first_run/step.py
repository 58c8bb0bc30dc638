"""What a step answers: its page with these gaps, or that it stands and the next one comes."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse


@dataclass(frozen=True)
class Answer:
    """`goes_on` leads to the next step, `leads` elsewhere; else the page is drawn with `context`."""

    context: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    goes_on: bool = False
    leads: HttpResponse | None = None


GOES_ON = Answer(goes_on=True)
