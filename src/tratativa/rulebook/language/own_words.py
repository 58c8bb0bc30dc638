"""What a marketplace calls the desk's own things, where it has its own word for them."""

from tratativa.rulebook.terms.types import Model, Text


class OwnWords(Model):
    """Labels that take the desk's place; an empty one keeps the desk's own.

    `cases` names the list of cases («Protocolos»), `actions` the list of actions on a case («Andamento do
    Protocolo»), `mine` the tab of what waits for the reader («Aguardando resposta»), `closed` that of what is closed
    («Resolvidos»).
    """

    cases: Text = ""
    actions: Text = ""
    mine: Text = ""
    closed: Text = ""
