"""Words: what the keys and the set values of the rulebook language are called, for people who read no YAML."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What a key is called beside what it belongs to: «Responder ao cliente, aviso: 75% → 50%».
KEYS: Mapping[str, Promise] = {
    "action": _("ação feita na hora"), "actions": _("ações"), "address": _("endereço"), "after": _("depois de"),
    "after_arrival": _("depois de receber"), "again": _("pedir de novo"), "allow": _("o que deixa passar"),
    "alt": _("descrição da imagem"), "answers": _("respostas"), "ask": _("formulário pedido"), "asked": _("pedido a"),
    "attachments": _("anexos"), "attempts": _("tentativas"), "before_arrival": _("antes de receber"),
    "by": _("quem pode"), "calendar": _("calendário"), "call": _("ligações"), "called": _("como é chamado"),
    "cancelled": _("quando o pedido é cancelado"), "cases": _("casos"), "channels": _("por onde se abre"),
    "chat": _("conversa ao vivo"), "check": _("o que se confere"), "check_first": _("o que se confirma antes"),
    "choices": _("opções"), "closed": _("encerrados"), "closes_case": _("responder encerra"), "conduct": _("conduta"),
    "confirm": _("pergunta de confirmação"), "consequences": _("consequências"), "counts": _("onde conta"),
    "critical": _("crítico"), "country": _("país"), "state": _("estado"), "extra": _("dias a mais"),
    "without": _("dias a menos"), "telephones": _("telefones"), "code": _("código do país"),
    "before_area": _("o que se disca antes da área"), "area": _("dígitos da área"), "numbers": _("dígitos do número"),
    "gained": _("dígito acrescentado"), "digit": _("dígito"), "before": _("antes de"),
    "currency": _("moeda"), "customer_reads": _("o cliente lê"), "customers": _("clientes"),
    "deadlines": _("prazos"), "defence": _("prazo de defesa"), "denial_reasons": _("motivo de uma negativa"),
    "different": _("o que varia entre tentativas"), "do": _("o que acontece"), "documents": _("documentos"),
    "duty": _("o que o lojista deve"), "escalate": _("fila consultada"), "exceptions": _("exceções"),
    "fields": _("campos"), "file": _("imagem"), "finds": _("o que procura"), "finish": _("fim"),
    "goto": _("outro roteiro"), "group": _("grupo"), "groups": _("grupos"),
    "case_fields": _("campos do atendimento"), "filled_by": _("quem preenche"), "read_by": _("quem lê"),
    "gt": _("mais de"), "guidance": _("orientação"), "guide": _("orientação"),
    "help": _("ajuda"), "holidays": _("feriados"), "hours": _("horário"), "id": _("identificador"),
    "identifiers": _("quando usar"), "includes": _("regras incluídas"), "internal": _("interno"),
    "key_in": _("campo com a chave"), "kinds": _("tipos"), "label": _("nome"), "labels": _("nome para cada parte"),
    "known_from": _("de onde já se sabe"),
    "land": _("documentos e endereços"), "language": _("idioma"), "least": _("mínimo"), "legal": _("prazo da lei"),
    "links": _("links"), "locale": _("como se escreve um valor"), "max_files": _("arquivos por mensagem"),
    "max_size": _("tamanho de um arquivo"), "mediated": _("mediação pedida"), "message_from": _("mensagem de"),
    "metrics": _("indicadores"), "mine": _("o que espera por mim"), "missed": _("se o prazo passar"),
    "money": _("dinheiro"), "most": _("máximo"), "needs": _("o que se exige"), "next": _("próximo passo"),
    "not_before": _("não antes de"), "note": _("observação"), "of": _("de quem é a fila"),
    "offered_to": _("a quem se oferece"), "on_customer_message": _("mensagem do cliente reabre"),
    "on_the_line": _("cliente na linha"), "one_of": _("um destes campos"), "only": _("só por"),
    "only_if": _("só perguntado se"), "opened": _("aberto por"), "opened_by": _("quem abre"), "order": _("pedido"),
    "order_stages": _("etapas do pedido"),
    "order_stage_from": _("etapa do pedido a partir de"), "otherwise": _("frase da recusa"), "owner": _("de quem é"),
    "parties": _("partes"), "party": _("quem deve"), "pauses": _("quando para"), "pays": _("fila que paga"),
    "pictures": _("imagens"), "place": _("onde aparece"), "playbook": _("nome"), "propose": _("o que se propõe"),
    "question": _("pergunta"), "reason": _("motivo"), "reasons": _("motivos"), "refunds": _("reembolsos"),
    "reopen": _("reabertura"), "replies": _("respostas"), "reports": _("denúncias contam em"),
    "required": _("obrigatório"), "required_for": _("obrigatório para"), "retention": _("guarda dos registros"),
    "returned": _("devolução em"), "rulebook": _("nome das regras"), "said_as": _("como o cliente diz"),
    "say": _("o que dizer"),
    "score": _("desempenho"), "sealed": _("dado sigiloso"), "second_person_above": _("segunda pessoa acima de"),
    "sensitive": _("documento de identidade"), "severity": _("o que faz"), "shapes": _("formatos"),
    "share": _("o que se mostra"), "show": _("dados mostrados"), "source": _("fonte"), "start": _("primeiro passo"),
    "starts": _("começa"), "statuses": _("situações"), "steps": _("passos"), "stopped_by": _("o que encerra"),
    "survey": _("pesquisa"), "target": _("meta"), "tell": _("texto enviado"), "template": _("texto"),
    "templates": _("textos"), "terms": _("quando o dinheiro volta"), "text": _("texto"),
    "then": _("o que vem depois"), "timezone": _("fuso horário"), "title": _("título"), "to": _("para"),
    "told": _("o que se diz"), "tone": _("destaque"), "type": _("tipo"), "undo": _("tempo para desfazer"),
    "unless": _("o que impede"), "url": _("endereço"), "verify": _("conferências"),
    "visible_after_close": _("visível depois de encerrado"), "wait": _("espera"), "waiting_on": _("esperando"),
    "waits": _("espera resposta"), "warn_at": _("aviso"), "when": _("quando"), "why": _("frase"),
    "window": _("janela"), "withdrawal": _("desistência"), "within": _("prazo"), "words": _("palavras"),
}  # fmt: skip
# What a value of a closed set means; what is not here stands as the rulebook writes it.
VALUES: Mapping[str, Promise | str] = {
    "always": _("sempre"), "never": _("nunca"), "ask": _("pergunta"), "required": _("obrigatório"),
    "optional": _("opcional"), "none": _("nenhum"), "block": _("recusa"), "hold": _("segura"), "warn": _("avisa"),
    "suspension": _("suspensão"), "notice": _("advertência"), "told": _("dito"), "withheld": _("não dito"),
    "asked": _("a mesa pede o reembolso"), "by_itself": _("o sistema reembolsa"), "by_hand": _("um roteiro reembolsa"),
    "people": _("pessoas"), "companies": _("empresas"), "reply": _("uma resposta"),
    "public_reply": _("uma resposta que o cliente lê"), "closing": _("o encerramento"),
    "action": _("qualquer ação"), "open": _("aberto"), "closed": _("encerrado"), "nobody": _("ninguém"),
    "offered": _("oferecida"), "ruled": _("decidida"), "received": _("recebido"), "paid": _("pago"),
    "invoiced": _("faturado"), "shipped": _("enviado"), "delivered": _("entregue"), "cancelled": _("cancelado"),
    "charge": _("cobrança"), "phone": _("telefone"), "email": _("e-mail"), "elsewhere": _("levar para outro lugar"),
    "code_given": _("código entregue"), "collection": _("coleta"), "posted": _("postada"), "refused": _("recusada"),
    "own": _("próprio"), "page": _("página"), "today": _("hoje"), "day": _("dia"), "time": _("hora"),
    "api": _("outro sistema"), "whatsapp": "WhatsApp", "in-person": _("pessoalmente"),
    "redes-sociais": _("redes sociais"), "reclame-aqui": "Reclame Aqui", "pix": "Pix", "boleto": _("boleto"),
    "card": _("cartão"), "credit_card": _("cartão de crédito"), "debit_card": _("cartão de débito"),
    "voucher": _("vale"), "high": _("alta"), "low": _("baixa"), "customer": _("cliente"), "seller": _("lojista"),
    "neutral": _("neutro"), "waiting": _("esperando"), "urgent": _("urgente"), "mediation": _("mediação"),
    "done": _("concluído"), "silence": _("silêncio"), "answered": _("respondido"), "given_up": _("desistência"),
    "reached": _("atendeu"), "exhausted": _("não atendeu"), "ok": _("tudo certo"), "fail": _("algo não bate"),
    "else": _("nos outros casos"), "unknown": _("não se sabe"),
}  # fmt: skip
# What an effect does, as something that begins or ends: «Aprovar a troca passa a: pedir o reembolso».
VERBS: Mapping[str, Promise] = {
    "ask": _("pedir que se preencha um formulário"), "assign": _("dar um responsável"),
    "attach_order": _("ligar um pedido"), "block_registration": _("bloquear o cadastro"),
    "cancel_order": _("cancelar o pedido"), "close": _("encerrar"), "confirm_payout": _("confirmar o pagamento"),
    "confirm_return": _("dar a devolução por recebida"), "count": _("contar no desempenho"),
    "dispatch": _("dar o pedido por expedido"), "escalate": _("abrir um chamado para uma fila"),
    "follow_up": _("deixar uma tarefa"), "give_posting_code": _("dar o código de postagem"),
    "hand_over": _("passar a um colega"), "hear": _("anotar a palavra do cliente"),
    "hold_delivery": _("suspender a entrega"), "issue_voucher": _("emitir um vale"),
    "link_registrations": _("ligar cadastros"), "log_call": _("registrar uma ligação"),
    "mark_critical": _("marcar como crítico"), "mediate": _("pedir a mediação"), "name_seller": _("dizer o lojista"),
    "note": _("guardar uma nota"), "offer": _("oferecer uma ação"), "refund": _("pedir o reembolso"),
    "reopen": _("reabrir"), "replace_part": _("registrar o envio de uma peça"),
    "reschedule_delivery": _("mudar a data de entrega"), "reveal": _("mostrar o caso ao cliente"),
    "rule": _("decidir a mediação"), "schedule_collection": _("marcar a coleta"), "survey": _("enviar a pesquisa"),
    "tell": _("enviar um texto"), "unblock_registration": _("desbloquear o cadastro"),
    "update_registration": _("atualizar o cadastro"), "use_address": _("usar outro endereço"),
    "wait_for": _("passar a vez"), "withdraw_payout": _("dar o pagamento por não feito"),
    "write": _("enviar o que foi escrito"),
}  # fmt: skip


_DAYS: Mapping[str, Promise] = {
    "mon": _("segunda"), "tue": _("terça"), "wed": _("quarta"), "thu": _("quinta"), "fri": _("sexta"),
    "sat": _("sábado"), "sun": _("domingo"),
}  # fmt: skip


def key(name: str) -> str:
    """What a key is called; the key itself where nobody has named it."""
    return str(KEYS.get(name, name))


def value(written: str) -> str:
    """What a value of a closed set means, and days of the week; the value itself where nobody has named it."""
    days = [_days(one.strip()) for one in written.split(",")]
    return ", ".join(days) if all(days) else str(VALUES.get(written, written))


def _days(written: str) -> str:
    """`mon` or `mon-thu` in words; empty for anything else."""
    first, dash, last = written.partition("-")
    if first not in _DAYS or (dash and last not in _DAYS):
        return ""
    return _("%(first)s a %(last)s") % {"first": _DAYS[first], "last": _DAYS[last]} if dash else str(_DAYS[first])


def entry(name: str) -> str:
    """What stands before what is said of it in a map: a value, or a key."""
    said = value(name)
    return key(name) if said == name else said


def verb(name: str) -> str:
    """What an effect does; its name where nobody has named it."""
    return str(VERBS.get(name, name))
