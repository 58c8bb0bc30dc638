"""Letters as mail clients write them, for the tests of reading: the same answer to the same words, in many dresses."""

from email.message import EmailMessage

ANSWER = "Oi, ainda não chegou.\nVocês podem ver o que houve?"
SENT = "Olá, Joana.\n\nO pacote saiu do depósito na segunda-feira.\n\nAbraço,\nEquipe da Casa Verde"
WHO = "Casa Verde <sac@casaverde.example>"


def quoted(text: str = SENT) -> str:
    """The text with a quote sign before every line."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def letter(text: str = "", page: str = "", *, subject: str = "Re: Pedido 4521", **headers: str) -> bytes:
    """A letter from a customer, plain, as a page or both."""
    message = EmailMessage()
    message["From"] = "Joana Prado <joana@cliente.example>"
    message["To"] = WHO
    message["Subject"] = subject
    message["Message-ID"] = headers.pop("Message_ID", "<resposta.1@cliente.example>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if text or not page:
        message.set_content(text)
    if page and text:
        message.add_alternative(page, subtype="html")
    elif page:
        message.set_content(page, subtype="html")
    return message.as_bytes()


def paragraphs(text: str) -> str:
    """The text as the divisions a web mail writes."""
    return "".join(f"<div>{line or '<br>'}</div>" for line in text.split("\n"))
