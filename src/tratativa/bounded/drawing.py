"""Drawing: one picture at a time in each process, in a child that ends before the machine's memory does."""

from dataclasses import dataclass

from tratativa.bounded.process import Failed, Process

MEMORY = 640 * 1024**2  # bytes of address space; a third of it is the program
PATIENCE = 10.0  # seconds
ARTIST = Process("tratativa.bounded.pictures:draw", patience=PATIENCE, memory=MEMORY)
# Another decoder in a child of its own: whoever takes one over has not the other's pictures.
PRINTER = Process("tratativa.bounded.pages:draw", patience=PATIENCE, memory=MEMORY)


@dataclass(frozen=True)
class Drawn:
    """A picture drawn anew: its format and bytes."""

    kind: str
    data: bytes


class NotDrawn(Exception):
    """No picture came of it: `why` is stranger, pixels or broken; `size` and `most` in megapixels, for pixels."""

    def __init__(self, why: str, size: int = 0, most: int = 0) -> None:
        """As the child says it."""
        super().__init__(why)
        self.why, self.size, self.most = why, size, most


def preview(data: bytes) -> Drawn:
    """A small picture for a page, WebP. Raises NotDrawn."""
    return _ask(ARTIST, {"what": "preview", "data": data})


def first_page(data: bytes) -> Drawn:
    """The first page of a PDF as a small picture, WebP. Raises NotDrawn."""
    return _ask(PRINTER, {"data": data})


def photograph(data: bytes, *, limit: int) -> Drawn:
    """The picture in at most `limit` bytes where it can be made so small, PNG or JPEG. Raises NotDrawn."""
    return _ask(ARTIST, {"what": "photograph", "data": data, "limit": limit})


def _ask(child: Process, question: dict[str, object]) -> Drawn:
    try:
        answer = child.ask(question)
    except Failed as failed:
        raise NotDrawn("broken") from failed
    if "refused" in answer:
        raise NotDrawn(str(answer["refused"]), int(answer.get("size", 0)), int(answer.get("most", 0)))
    return Drawn(str(answer["kind"]), bytes(answer["drawn"]))
