"""What is refused about people, and the sentence whoever tried is told."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """It cannot be done; the message says so to whoever tried. `field` is the form's field it is about, or nothing."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class LastAdministrator(Refused):
    """Nobody would be left who may let people in."""

    def __init__(self) -> None:
        super().__init__(_("É a última pessoa da administração: dê antes esse papel a outra."))


class ElsewhereToo(Refused):
    """The person belongs to a team that is not this administrator's."""

    def __init__(self) -> None:
        super().__init__(_("Esta pessoa também é de outra equipe: só ela mesma muda isto."))


class NotInTime(Refused):
    """The link was used, withdrawn or is too old, or was never one."""

    def __init__(self) -> None:
        super().__init__(_("Este convite já foi usado, foi retirado ou venceu. Peça outro a quem convidou."))
