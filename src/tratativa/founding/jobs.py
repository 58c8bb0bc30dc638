"""Jobs of founding: long sheets, taken in while no page waits."""

import uuid

from procrastinate.contrib.django import app

from tratativa.cases.core import work
from tratativa.founding import long_sheets
from tratativa.founding.models import Sheet


@app.task(name="founding.take_sheet", queue="sheets")
@work.of_its_marketplace(Sheet, "sheet_id")
def take_sheet(sheet_id: str) -> None:
    """Takes in a sheet; after a worker's death from where it was, and no line twice."""
    long_sheets.perform(uuid.UUID(sheet_id))
