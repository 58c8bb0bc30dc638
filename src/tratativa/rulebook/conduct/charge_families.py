"""Charge families: the constructions by which money is asked for without the words «pague» or «Pix», and what undoes them.

Each family is a way of speaking: the customer is told to bear a cost, an extra is priced, goods wait for money, a
debt is threatened, a receipt is awaited, a card's data are asked for. A family speaks only where its sentence does
not give the money back, deny it, or warn of a swindle.
"""

# ruff: noqa: E501  a pattern is one line: it is read, and struck out, as one
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tratativa.rulebook.folding import Span

_IN = r"[^.!?;\n]"
_TENS = (
    r"(?:dez|onze|doze|treze|quatorze|catorze|quinze|dezesseis|dezessete|dezoito|dezenove|vinte|trinta|quarenta|cinquenta"
    r"|sessenta|setenta|oitenta|noventa|cem|cento|duzentos|trezentos|quatrocentos|quinhentos)"
)
_COIN = r"(?:reais|real|contos?|pilas?|mangos?|pratas?|dinheiros|temers)\b"
_AMOUNT = (
    rf"(?:r\$ ?\d[\d.,]{{0,9}}|\b\d[\d.,]{{0,8}} ?{_COIN}|\b\d{{1,4}},\d\d\b(?! ?(?:m|cm|mm|kg|g|l|x|v|w)\b)|\b\d{{1,2}}(?:[.,]\d{{1,2}})? ?%"
    rf"|\b{_TENS}(?: e \w{{2,12}}){{0,3}} {_COIN}|\b{_TENS} e (?:um|dois|tres|quatro|cinco|seis|sete|oito|nove) e {_TENS}\b|\b(?:um|dois|tres|quatro|cinco|seis|sete|oito|nove) {_COIN})"
)
_COST = (
    r"\b(?:frete(?:zinho|s)?|entrega|reentrega|envio|reenvio|postage(?:m|ns)|coleta|retirada|sedex|pac|transporte|deslocamento|visita|vistoria"
    r"|montage(?:m|ns)|desmontagem|instalacao|icamento|subida|descida|descarga|escada|balsa|pedagio|diarias?|armazenage(?:m|ns)|estadia|deposito|taxas?|taxinha"
    r"|impostos?|icms|difal|tributos?|alfandega|seguro|protecao|embalage(?:m|ns)|pecas?|kit|conserto|reparo|mao de obra|diferenc(?:a|inha)"
    r"|reajuste|prejuizos?|preju|custos?|custas|despesas?|combustivel|gasolina|motoboy|ajudante|carregador(?:es)?|montador(?:es)?|tecnico|equipe|guincho|multa|honorarios"
    r"|servicos?|complemento|adicional|acrescimo|passage(?:m|ns)|devolucao|troca|remarcacao|reagendamento|etiqueta|upgrade|garantia estendida|valor(?:zinho)?|volta|ida)\b"
)
_PIX = r"(?:\bp[ .\-_*]{0,3}[i1!][ .\-_*]{0,3}(?:x|ks|cs|qs)(?:zinho|inho|ao)?\b|\bpi(?:qui|ki|ck|ques)s?\b)"
_MEANS = (
    rf"(?:{_PIX}|\b(?:boletos?|boletinho|transferencia|ted\w{{0,6}}|doc|qr ?code|maquin(?:inha|eta)|picpay|pagbank|pagseguro|infinite ?pay|mercado ?pago|nubank"
    r"|dinheiro(?: vivo)?|especie|deposito|pagamento|debito|credito|link(?:zinho)?|troco)\b)"
)
_YOU = (
    r"(?:voces?|vcs?|ce|tu|[oa] senhora?|senhora?|sr|sra|(?:[oa] )?clientes?|(?:[oa] )?comprador(?:a)?|(?:[oa] )?destinatari[oa]|(?:[oa] )?consumidor(?:a)?"
    r"|(?:[oa] )?morador(?:a)?|quem (?:compra|comprou|recebe|pede|pediu))"
)
_PAYS = r"(?:pag(?:a|ar|ue|aria|ara|ando|asse)|arc(?:a|ar|aria|ara|asse|ando)|arque|banc(?:a|ar|aria|asse)|banque|cobr(?:e|ir|iria)|cub?ra|acert(?:a|ar|e|asse)|quit(?:a|ar|e)|custe(?:ia|ar|ie)|assum(?:e|a|ir)|deposit(?:a|ar|e)|transfer(?:e|ir)|transfira|complet(?:a|ar|e)|complement(?:a|ar|e)|regulariz(?:a|ar|e)|efetu(?:a|ar|e) o pagamento|desembols(?:a|ar|e)|recolh(?:e|a|er))"
_HANDS = r"(?:motorista|entregador|montador(?:es)?|tecnico|motoboy|motoqueiro|carregador(?:es)?|ajudantes?|equipe|rapaz(?:es)?|menino|instalador|carreteiro|transportadora)"
_SENDS = r"(?:sai\b|saem|despach\w{1,5}|envi\w{1,5}|mand\w{1,4}|post[oae]\w{0,3}|liber\w{1,5}|solt\w{1,3}|embal\w{1,4}|troc\w{1,4}|entreg\w{1,5}|segu(?:e|ir\w{0,2})|sob(?:e|ir)|coloc\w{1,3}|produ\w{1,5}|emit\w{1,3}|reserv\w{1,3}|segur\w{1,3}|dou baixa|dar baixa|sequencia|andamento)"
_GIVE = r"(?:mand(?:a|e|ar)|envi(?:a|e|ar)|pass(?:a|e|ar)|faz|faca|fazer|bota|coloca|pinga|joga|deposit(?:a|e|ar)|transfere|transfira|transferir|adianta|inteira|completa)"


@dataclass(frozen=True)
class Family:
    """One way of asking: its patterns, and what else must stand within reach (`near`) before it counts.

    A `firm` one stands although the sentence speaks of a refund: «o estorno só sai depois que você pagar».
    A `denying` one carries a «não» of its own.
    """

    name: str
    patterns: tuple[str, ...]
    near: str = ""
    firm: bool = False
    denying: bool = False


FAMILIES = (
    Family("the customer bears it", (
        rf"\b{_YOU} (?:mesm[oa] |e quem |e que |que |tambem |so |ja |ai |ainda |vai ter que |tera que |tem que |teria como |tem como |poderia |conseguiria |gostaria de |faltou |teria que |tem de |vai |precisa |deve(?:ra|ria)? |pode |consegue |fica de |me |nos ){{0,3}}{_PAYS}\b(?! (?:menos|o mesmo|nada|no site|a compra|pelo site|so pelo))",
        rf"(?<!foi )(?<!foram )(?<!ja )\b(?:pag[oa]s?|custead[oa]s?|arcad[oa]s?|cobert[oa]s?) (?:por|pel[oa]) {_YOU}\b",
        rf"\b(?:so |ainda |apenas )?falta (?:so |apenas |ainda )?{_YOU} {_PAYS}\b|\b(?:tirar|tira|sair|sai|pagar) do (?:seu |teu |proprio )?bolso\b",
        rf"\bquem (?:paga|arca|banca|acerta|cobre){_IN}{{0,20}}\b(?:e|sera|seria) {_YOU}\b",
        rf"{_COST}{_IN}{{0,45}}?\b(?:e|eh|fica|ficam|ficaria\w?|sera|serao|seria\w?|corre|correm|sao|vai ser)\b (?:tudo |toda |de |da |a |na )?(?:(?<=fica )(?:pra|para|pro|p/) {_YOU}|(?<=fica )para o senhor|sua responsabilidade|responsabilidade d\w{{1,2}} {_YOU}|por conta (?:sua|de voce|d\w{{0,2}} ?{_YOU})|por sua conta|com {_YOU}|contigo|(?:a )?cargo d\w{{1,2}} {_YOU}|seu encargo|a seu cargo)\b",
        r"\b(?:e|eh|fica|ficam|corre|sera) por conta d\w{1,2} (?:comprador|cliente|destinatario|consumidor|senhora?|morador)\w?\b",
        rf"\b(?:outr[oa]s?|demais|resto|restante|diferenca|metade){_IN}{{0,25}}\bfica(?:m|ria|riam)? (?:com|por conta d\w?|pra|para) {_YOU}\b",
    ), near=rf"{_COST}|{_AMOUNT}|{_MEANS}|\b\d{{2,3}}\b", firm=True),
    Family("it is shared", (
        r"\brach(?:a|ar|amos|ando|armos|e)\b", r"\b(?:nos|nois|a gente|vamos|bora|podemos) divid\w{1,4}\b", r"\bmeio a meio\b|\bmeio termo\b",
        r"\bmetade (?:nossa|minha|sua|cada|e sua|e minha|voce|vc)\b|\bcada um (?:paga|entra|banca)\b|\bdivid(?:ir|imos|e|irmos) (?:o|os|a|as|esse|essa) (?:frete|custos?|valor|prejuizo|despesa|conta|conserto)\b",
        rf"\b(?:eu|a gente|nos|a loja) (?:banc|pag|arc|entr|assum|cubr)\w{{1,4}}{_IN}{{0,30}}\b{_YOU} (?:\w{{1,6}} )?(?:banca|paga|arca|entra|cobre|completa|assume|com)\b",
    ), near=rf"{_COST}|{_AMOUNT}|{_MEANS}|\b\d{{2,3}}\b", firm=True),
    Family("paid to whoever comes", (
        rf"\b(?:deix\w{{1,2}}|separ\w{{1,2}}|lev[ae]|tenha|tem|da|dar|prepar\w{{1,2}}|entreg\w{{1,2}})\b{_IN}{{0,25}}?(?:{_AMOUNT}|\b(?:valor|dinheiro|taxa|taxinha|troco|caixinha|gorjeta|\d{{2,3}})\b){_IN}{{0,30}}?\b(?:ao|pro|pros|pra|para o|para|com o|com a) {_HANDS}\b",
        rf"\b(?:pag\w{{1,4}}|acert\w{{1,3}}|quit\w{{1,4}}|cobrad[oa]s?)\b{_IN}{{0,40}}?\b(?:ao|aos|pro|pros|pra|para o|para a|para|a|as|com o|com a|com|direto com o|diretamente aos?) {_HANDS}\b",
        rf"\b(?:pag\w{{1,4}}|acert\w{{1,3}}|quit\w{{1,4}}|cobrad[oa]s?)\b{_IN}{{0,30}}?\b(?:na (?:retirada|entrega|portaria|chegada|agencia|hora da entrega)|no (?:ato|dia|local|momento)|n[oa] recebimento|quando (?:chegar|receber|for buscar))\b",
        rf"\b(?:deix\w{{1,2}}|separ\w{{1,2}})\b{_IN}{{0,15}}\b(?:separad[oa] (?:o valor|o dinheiro|{_AMOUNT}|\d{{2,3}})|o valor|o dinheiro|o troco|em maos o)",
        rf"\b{_HANDS}\b{_IN}{{0,25}}\b(?:leva|tem|vai com|anda com) (?:a |uma )?maquin(?:inha|eta)\b|\b{_HANDS} (?:cobra|pede|vai cobrar|recebe){_IN}{{0,30}}(?:{_AMOUNT}|\b\d{{2,4}}\b|valor|taxa)|\bcobram? (?:uns |so |apenas |em torno de |cerca de )?(?:r\$ ?)?\d{{2,4}}\b",
    ), near=f"{_COST}|{_AMOUNT}|{_MEANS}"),
    Family("an extra has its price", (
        rf"\b(?:por fora|a parte|em separado|nao (?:ta|esta|e|vem|inclui) inclus[oa]?|nao inclui|servico adicional|taxa extra|outro valor|outro preco|mais car[oa]|recalcul\w{{1,4}}|nao calcula|em cima|nao cobre|nao cobriu){_IN}{{0,60}}[.,;]?[^\n]{{0,30}}?(?:{_AMOUNT}|\b(?:da|fica|sao|em torno de|uns) (?:uns |em )?\d{{2,4}}\b)",
        rf"(?:{_AMOUNT}|\b\d{{2,4}})(?: reais)? (?:a mais(?! que)|de diferenca|por fora|a parte|em cima|extra|adiciona\w{{2,3}}|por (?:lance|andar|dia|pessoa|peca|volume|km|hora|tentativa)|cada lance|por conta d|(?:pra|para) (?:completar|cobrir|inteirar|trocar|liberar|levar|subir|instalar|montar|entregar|reenviar|mandar|enviar|refazer|ele|eles))",
        rf"\b(?:e|eh|sera|ser|fica|vai ser|seria|sao|serao|vem|sai)\b (?:um servico |uma taxa |servico )?(?:cobrad[oa]s?|orcad[oa]s?|tarifad[oa]s?)\b{_IN}{{0,60}}?(?:{_AMOUNT}|, ?\d{{2,4}}\b|\bna hora\b)",
        rf"\b(?:manda|mande|paga|pague|deposita|bota|coloca|inteira|completa|passa|faz|da)\b (?:so |me |aqui |entao |ai )?(?:mais|uns|outros|esses|os) (?:uns |r\$ ?)?(?:{_AMOUNT}|\d{{2,4}}\b(?! ?(?:unid|foto|peca|dia|hora|min|ml|g\b|kg|cm))|{_TENS}\b)",
        rf"\b(?:vend\w{{1,4}}|vem|sai) (?:separad[oa]|a parte|avuls[oa])\b[^\n]{{0,40}}?{_AMOUNT}|\bde graca nao\b[^\n]{{0,50}}?{_AMOUNT}|\b(?:nao|n) (?:vem|manda|vai){_IN}{{0,40}}\b(?:mas|so que)\b{_IN}{{0,50}}\bpor {_AMOUNT}",
        rf"\b(?:pra|para|se quiser|se for|caso queira)\b (?:\w{{1,10}} ){{0,2}}?(?:troc|instal|mont|sub|leva|reenvi|entreg|retir|colet|desmont|receb|agiliz|adiant|refaz)\w{{0,5}}\b{_IN}{{0,60}}?(?:{_AMOUNT}|\b(?:uns|da|sao|custa|fica|sai|cobr\w{{1,3}}) (?:uns |a )?\d{{2,4}}\b)",
        rf"\b(?:frete|taxa|deslocamento|reentrega|diaria|coleta|postagem|balsa|icamento|visita|escada|subida|descarga|ajudante|pedagio|seguro|etiqueta|armazenagem|multa|adicional|remarcacao|frete d[ae] (?:volta|ida|retorno))\b{_IN}{{0,50}}?(?:\b(?:deu|da|fica|ficou|sai|custa|e|eh|sao|de|por|seria|vai dar|em|:)(?: de| em| por| uns| so| tipo)? ?|[:,(] ?){_AMOUNT}{_IN}{{0,60}}",
        rf"\b(?:frete|taxa|imposto|seguro|visita|montagem|coleta|reentrega|subida)\b{_IN}{{0,25}}\b(?:e|eh|vai ser|sera|fica|seria) (?:a parte|por fora|pag[oa]|cobrad[oa])\b",
    )),
    Family("it is for sale", (
        rf"\b(?:se|caso) (?:\w{{1,12}} ){{1,8}}?(?:sao|da|fica|custa|cobr\w{{1,4}}|e|eh|tem|sai|ficaria|seriam?) (?:mais |so |uns |por |apenas |a ){{0,2}}(?:{_AMOUNT}|(?<=mais )\d{{2,4}}\b|(?<=uns )\d{{2,4}}\b)",
        r"\b(?:e|eh|sao|da|fica|ficaria|seria\w{0,2}) (?:so )?(?:mais|\+) (?:uns )?(?:r\$ ?)?\d{2,4}(?:,\d\d)?\b(?! ?(?:dias?|horas?|unid\w*|pecas?|minutos|semanas?|cm|kg|km|g|gb|mm|anos?|meses))",
        rf"\btenho (?:aqui |um |uma |outr[oa] |novo )?por (?:so )?(?:r\$ ?)?\d{{2,4}}\b|\bcada (?:andar|lance|km|peca|volume|unidade|dia|visita|viagem)\b{_IN}{{0,15}}?(?:{_AMOUNT}|\b\d{{2,3}}\b)",
        rf"\b(?:sai|faco|fazemos|deixo|consigo|vendo|por apenas|por so)\b (?:por |a |em )?(?:so |apenas )?(?:{_AMOUNT}|(?:r\$ ?)?\d{{2,4}}\b)(?=[^\n]{{0,60}}\b(?:se (?:quiser|topar|preferir)|mando|incluo|coloco|inclu\w{{2,4}}|quer|junto|me avisa|pra voce|pra vc)\b)",
        rf"{_AMOUNT}(?=[^\n]{{0,40}}\b(?:(?:posso|quer|deseja|gostaria de|quiser|vamos) (?:que (?:eu )?)?(?:inclu\w{{1,4}}|adicion\w{{1,4}}|acrescent\w{{1,4}}|contrat\w{{1,4}}|coloc\w{{1,4}}|acert\w{{1,3}}|que eu mande)|so (?:confirmar|mandar|enviar) (?:que|o valor|o pix)|pagamento direto|topa\b|pode ser\?|fechad[oa]\?|o que acha))",
        r"\b(?:dar|da|pagar|deixar|mandar|de) (?:um|o|uma) (?:sinal|entrada|adiantamento|caucao)\b|\bsinal de (?:r\$ ?)?\d{2,4}\b|\b(?:tem|ha|existe|gera|tera|havera|incide|possui) (?:um|uma|o|a) (?:pequen[oa] |nov[oa] )?(?:custo|taxa|taxinha|tarifa|multa|acrescimo|frete|valorzinho|custinho|cobranca)\b",
        rf"\b(?:conserto|reparo|orcamento|transporte|embalagem|embrulho|troca|acrescimo|instalacao|montagem|desmontagem|kit|mao de obra|garantia estendida|deslocamento|envio|reenvio|entrega|retirada|servico)\b{_IN}{{0,35}}?\b(?:fica|ficaria|sai|saindo|e|eh|da|dá|daria|custa|custaria|ta|tá|vai|seria|de|por|em)(?: em| por| de| uns| a)? (?:(?:r\$ ?)?\d{{2,4}}(?:,\d\d)?\b(?! ?(?:dias?|horas?|h\b|x\b|hs|min\w*|unid\w*|pecas?|km|kg|cm|mm|volts?|v\b|w\b|semanas?|meses|anos?|uteis|a \d|ate|[/:]))|{_AMOUNT})",
        r"\b(?:sai|saindo|fica|ficando|da|custa|custando|deu) (?:por |em |uns )?(?:r\$ ?)?\d{2,4}(?:,\d\d)? (?:reais )?(?:o|a|os|pro|pra|de) (?:frete|envio|reenvio|conserto|coleta|reentrega|retirada|postagem|montagem|instalacao|visita|subida|sedex|entrega|deslocamento)",
        rf"\brepass\w{{1,3}} (?:\w{{1,6}} )?(?:o|a|os|as|esse|essa|este|esta) (?:aumento|taxa|custos?|valor|diferenca|reajuste|frete|imposto|despesa|tarifa)\b|\bcaucao\b|\borcamento\b{_IN}{{0,20}}{_AMOUNT}|\b\d{{2}} ?% na (?:aprovacao|retirada|entrega)",
        r"\bdescont\w{1,4} (?:d[oe] |n[oa] )(?:seu |valor d[oe] )?(?:estorno|reembolso|valor a devolver)",
        rf"\b(?:tarifa|multa|taxa|custo|acrescimo)\b{_IN}{{0,40}}?(?::| de| por)? ?{_AMOUNT}",
    )),
    Family("something is missing", (
        rf"\bfalt(?:a|ou|ando|aria)\b (?:so |apenas |ainda |me |entrar |cair |vir |acertar |pagar ){{0,2}}(?:o|a|seu|esse) (?:dinheiro|valor|pagamento|{_PIX}|acerto|deposito|frete|taxa|diferenca)\b(?! (?:ser|d[ao] (?:pedido|compra)))",
        rf"\b(?:que|q) (?:{_YOU} )?(?:ficou|ficaram|combin\w{{2,4}}|prometeu|ia|iam|disse que ia) (?:de )?(?:mandar|pagar|depositar|transferir|acertar|passar|enviar)\b",
        r"\b(?:preciso|precisamos|tenho (?:que|direito de)|queremos|quero) receber\b(?= (?:o valor|pel[oa]|esse|meu|o dinheiro|de voce|a diferenca|o restante|d[ae])|[ .,!]*$)|\b(?:ficou|ta|esta) com o (?:produto|dinheiro)[^\n]{0,40}\b(?:e o (?:produto|dinheiro)|receber|devolv\w{1,3}|pag\w{1,3})",
        r"\b(?:preciso|queria|quero|peco|pedimos|teria|tem|falta|pra|para|pediria) (?:\w{1,9} )?que (?:\w{1,8} )?(?:inteire|complete|cubra|pague|acerte|deposite|transfira|arque|banque|custeie|quite|regularize|complemente|faca o (?:pagamento|pix|deposito))\b",
        rf"\b(?:falt(?:a|am|ou|aram|ando)|rest(?:a|am|ou|aram)|ficou (?:devendo|faltando)|ta devendo|esta devendo)\b (?:so |apenas |ainda |pagar |me |uns |os |voce |vc |acertar ){{0,3}}(?:{_AMOUNT}|r\$|\d{{2,4}} (?:pra|para|do|da|de) (?:completar|cobrir|frete|inteirar|diferenca|valor))",
        rf"\b(?:os|as|uns|esses|aqueles|seus) (?:r\$ ?)?(?:\d{{2,4}}(?:,\d\d)?|{_TENS})(?: reais| conto| pila| real)? (?:que|q|restantes?|faltantes?)\b(?: (?:ainda|ta|esta|ficou|ficaram|tao|estao|voce|vc|me))? ?(?:falt\w{{1,4}}|rest\w{{1,4}}|deve|devendo|ficou|ficaram|combinamos|combinado)\b(?! (?:na caixa|chegar|vir|no pacote))",
        rf"\b(?:{_GIVE}|acert(?:a|e|ar)|pag(?:a|ue|ar)|cobr(?:e|ir|a)|cubra|complete|completar) (?:so |me |nos |aqui |logo |essa |esse |pra mim ){{0,2}}(?:a diferenca|a diferencinha|o restante do (?:valor|pagamento|frete)|o reajuste|a sua parte|essa parte|o prejuizo|o custo|o frete|a taxa|o imposto|a postagem|o valor d\w|a metade|o que falta\b|o que faltou\b)",
        r"\bcomplement\w{1,5}\b (?:o |a |do |da |de |no )?(?:valor|frete|transporte|pagamento|diferenca|compra|r\$)|\b(?:que|para|pra) (?:cubra|cobrir|complet\w{1,2}) (?:o|a) (?:reajuste|diferenca|valor|frete|custo|aumento)",
    )),
    Family("how will you settle it", (
        r"\b(?:como|quando|de que forma|qual forma) (?:(?:vc|voce|o senhor|a senhora) )?(?:prefere|quer|deseja|pode|consegue|vai|fica melhor|podemos|gostaria de) (?:me |nos )?(?:acertar|pagar|fazer o pagamento|quitar|depositar|transferir)\b",
        rf"\b(?:consegue|pode|poderia|da pra|tem como|teria como|vamos|bora|queria|preciso) (?:me |nos )?(?:acertar|acertarmos|inteirar|fazer (?:aquele|o|um|esse|mais um) ?(?:{_PIX}|pagamento|deposito|acerto))",
        rf"\b(?:aceit(?:o|amos)|recebo|pode ser|prefere|da pra ser|serve)\b{_IN}{{0,12}}(?:{_PIX}|\b(?:ted\w{{0,6}}|dinheiro vivo|em dinheiro|maquininha|em especie|no debito|no credito|cartao na entrega|transferencia)\b)",
        rf"\b(?:mand|faz|fa[cz]|envi|pass|pag|pedir|solta|pinga|transfer|deposit|consegue|libera){_IN}{{0,20}}?(?:\b(?:um|o|no|via|por|pelo|esse|aquele|aquela|em) )(?:p[ .\-_*]{{1,3}}i[ .\-_*]{{1,3}}x\b|p[ .\-_*]i ?x\b|pi[ .\-_*]x\b|p1x\b|pi(?:qui|ki|ck)s?\b|ted\w{{2,6}}\b|pixzinho\b|pixinho\b)",
        rf"\b(?:{_PIX})[^\n]{{0,30}}\b(?:celular|cnpj|cpf|e-?mail|chave|aleatoria|copia e cola|titular|nome de)\b[ :]",
        r"\b(?:transfer\w{1,4}|deposit\w{1,3}|cai|mand\w{1,2}|pag\w{1,3}) (?:na|pra|para a?|em) ?conta (?:d[aeo] (?:minha|meu|loja|empresa|gente|firma|dono)|no nome|em nome|pj|juridica|abaixo)",
        r"\bpix copia e cola\b|\b00020126\w{10,}|(?<!\d)\d{5}\.?\d{5} \d{5}\.?\d{6} \d{5}\.?\d{6} \d \d{14}(?!\d)|(?<!\d)\d{47,48}(?!\d)",
        rf"\b(?:bota|manda|deposita|faz|joga|passa|transfere|pinga|coloca|cai|depositar|mandar|transferir)\b{_IN}{{0,20}}\b(?:na|pra|para a) conta d[aeo]s? (?!cliente|senhora?\b|compra)\w|\bchave(?: {_PIX})?(?: aleatoria)?\b{_IN}{{0,12}}[0-9a-f]{{8}}-[0-9a-f]{{4}}|(?:^|[.!?,;:\n] ?|\be |\bfavor )(?:pague\b(?! (?:menos|nada|o pedido|a compra|o boleto d|pelo site|no site))|(?:quite|deposite|transfira|acerte) (?:logo |so |ja |ai )?(?:r\$|\d|o valor|o restante|a diferenca|a taxa|o frete|em |na conta|para a conta))",
        rf"\bdeposit[ae]\b (?:ai |la |aqui )?(?:n[ao]|em|pra|para)\b{_IN}{{0,15}}\b(?:poupanca|conta|caixa|lotericas?|agencia|nome)\b|{_PIX} ?[:=-]? ?(?:\d{{10,14}}\b|\S{{2,30}}@)|\bchave (?:pra|para|de|do) (?:pag|deposit|transf|receb)\w{{1,7}}|\b(?:te|vou te|lhe|vou|ja) (?:pass\w{{1,2}}|mand\w{{1,2}}|envi\w{{1,2}}) (?:a |os |o |aqui )?(?:minha |nossa )?(?:chave|dados da conta|dados bancarios|conta pra|conta para|pix\b|agencia)",
        rf"\b(?:ja|conseguiu|vai) (?:transferiu|depositou|fez o (?:{_PIX}|deposito|pagamento)|pagar|transferir|depositar|fazer o (?:{_PIX}|pagamento|deposito))\b{_IN}{{0,12}}\?|\b(?:aguardando|esperando|aguardo|no aguardo d\w) (?:so )?(?:o |seu )?(?:cair|{_PIX}|deposito|transferencia|acerto|valor cair|pagamento (?:d[ao] (?:diferenca|frete|taxa)|pra|para))\b",
        r"\b(?:titular|favorecid[oa]|beneficiari[oa])\b ?:",
    )),
    Family("a bill is on its way", (
        rf"\b(?:segue|ger\w{{1,4}}|mand\w{{1,4}}|envi\w{{1,5}}|emit\w{{1,4}}|anex\w{{1,4}}|chega\w{{0,3}}|clica\w{{0,2}}|acess\w{{1,2}}|abr[ae])\b{_IN}{{0,35}}?\b(?:link(?:zinho)?|boleto|boletinho|guia|fatura|cobranca|qr ?code)\b(?=[^\n]{{0,80}}(?:{_AMOUNT}|\b(?:mercado ?pago|infinite ?pay|pagseguro|picpay|stone|sumup|diferenca|complement\w+|frete|armazenagem|adicional|vencimento|venc\b|pagar|pague|quitar|taxa|coleta|restante)\b))",
        rf"\b(?:boleto|boletinho|guia|fatura|cobranca)\b (?:extra |avulso |novo |nova |complementar |adicional )?(?:d[aeo] |referente a[o ]?\w? ?)(?:armazenagem|frete|diferenca|coleta|troca|taxa|reenvio|reentrega|visita|imposto|seguro|devolucao|estadia|difal|icms|montagem|multa){_IN}{{0,40}}\b(?:chega\w{{0,3}}|vai|segue|anexo|ate|vence|no seu|foi (?:gerad|emitid|enviad))",
    )),
    Family("a bill is attached", (
        r"\b(?:cobranca|boleto|boletinho|fatura|guia|gnre|duplicata) (?:em|no) anexo\b|\bcondicionad[oa] (?:a|ao|a o) (?:pagamento|quitacao|deposito|complement\w{2,5}|acerto)|\bmediante (?:r\$|\d|(?:o )?(?:pagamento|deposito|quitacao|acerto|complemento))|\b(?:proceder|proceda|efetuar|efetue|realizar|realize) (?:ao |com o |o |um )(?:novo )?(?:pagamento|deposito|recolhimento)\b(?! (?:do pedido|da compra|do estorno|do reembolso))|\bpag[oa]s? antecipad|\bsua parte (?:e|eh|fica|da|seria|sao|sai)\b",
    )),
    Family("the receipt is awaited", (
        rf"\b(?:mand\w{{1,2}}|envi\w{{1,2}}|pass\w{{1,2}}|aguard\w{{1,4}}|aguardo d\w|esper\w{{1,5}}|esperando|cade|preciso d\w|sem|receb\w{{1,4}}|anex\w{{1,2}}|posta)\b{_IN}{{0,22}}?\b(?:comprovante|comprovantezinho|print|recibo|foto) (?:d[aeo] |de |do seu |desse |da sua )?(?:valor |)?(?:pagamento|pagto|transferencia|taxa|{_PIX}|deposito|frete|valor|diferenca|ted|boleto)",
        rf"\b(?:mand\w{{1,2}}|envi\w{{1,2}}|pass\w{{1,2}}|aguard\w{{1,4}}|esper\w{{1,5}})\b{_IN}{{0,15}}?\bcomprovante\b(?! (?:de|da|do) (?:postagem|residencia|entrega|endereco|envio|compra|devolucao|coleta|rastre))(?={_IN}{{0,20}}\b(?:pra|para|que|e|ai)\b{_IN}{{0,20}}{_SENDS})",
    )),
    Family("it goes when the money is in", (
        rf"\b(?:assim que|quando|depois que|so depois|logo que|apos|na hora que|tao logo|so|somente|mediante)\b{_IN}{{0,22}}?\b(?:cair|entrar|constar|compensar|bater|pingar|baixar|acertar|pagar|quitar|regularizar|depositar|transferir|(?:confirmar|recebermos|receber|identificarmos|identificar) (?:o |a |esse |seu |sua |aqui )?(?:valor|pagamento|deposito|transferencia|dinheiro|comprovante de pag\w+|p ?i ?x)|pagamento|quitacao|deposito|acerto|fizer)\b(?={_IN}{{0,40}}\b(?:valor|pagamento|{_PIX}|dinheiro|deposito|transferencia|conta d|nossa conta|aqui|taxa|frete|diferenca|imposto)\b){_IN}{{0,60}}?{_SENDS}",
        rf"\b{_SENDS}\b{_IN}{{0,30}}?\b(?:assim que|quando|depois que|so depois|logo que|apos|so se|se|mediante|depois d\w|so com|com) (?:o |a |que |vc |voce |o senhor |a senhora |eu |de |me ){{0,3}}(?:cair|entrar|constar|compensar|pingar|acert\w{{1,2}}|pag(?:ar|amento)|quit\w{{1,4}}|regulariz\w{{1,4}}|deposit\w{{1,3}}|transfer\w{{1,5}}|{_PIX}|fizer o)\b(?! (?:d[aeo] (?:pedido|compra)|pelo (?:site|banco|marketplace)|no site|ser aprovad|for aprovad|foi aprovad|aprovad))",
    )),
    Family("even a refund waits for money", (
        rf"\bso (?:sai|libero|libera|envio|mando|devolvo|reembols\w{{1,3}}|estorn\w{{1,3}}|faco|fazemos|liberamos|enviamos){_IN}{{0,30}}\b(?:depois|quando|se|apos|com)\b{_IN}{{0,25}}\b(?:pagar|acertar|quitar|depositar|pagamento|transferir|{_PIX})\b",
    ), firm=True),
    Family("an ultimatum", (
        rf"\b(?:se|caso|enquanto|senao)\b{_IN}{{0,18}}\b(?:nao|n) (?:devolver o (?=valor|dinheiro)|efetu\w{{1,4}} |realiz\w{{1,4}} |conclu\w{{1,3}} |for |forem |seja |sejam |houver |me |nos |fizer |quiser |ocorrer |tiver |efetuar |realizar )?(?:o |a )?(?:acert\w{{1,3}}|valor|dinheiro|pag\w{{1,6}}|quit\w{{1,5}}|regulariz\w{{1,5}}|deposit\w{{1,4}}|transfer\w{{1,6}}|{_PIX})",
        rf"\bsem (?:a |o |esse |essa |este |o seu )?(?:quitacao|pagamento|acerto|regularizacao|deposito|complemento|complementacao|{_PIX}|taxa|diferenca|valor|print|comprovante|dinheiro|frete pago)\b{_IN}{{0,50}}\b(?:nao (?:sai|consigo|tem como|envi|mand|liber|sobe|posso|vai|solt|d[ao])\w{{0,5}}|n (?:sai|consigo|tem|envi|mand|liber|sobe|posso|vai)\w{{0,5}}|cancel(?:a|o|amos|aremos|ar|ado)|devolv(?:e|o|emos|eremos|er)|bloque\w+|parad\w|retid\w|volta\w{{0,2}}|teremos|perde\w{{0,2}}|fica)\b",
        rf"\b(?:nao|n) (?:pag\w{{1,3}}|acert\w{{1,3}}|deposit\w{{1,3}}|quit\w{{1,4}})\b{_IN}{{0,40}}\b(?:cancel\w{{1,4}}|devolv\w{{1,4}}|bloque\w{{1,5}}|fica (?:sem|retid|parad)|perde|volta pr|denunci\w{{1,3}}|serasa|spc|process\w{{1,3}}|vai pr)",
    ), firm=True, denying=True),
    Family("a debt is threatened", (
        r"\b(?:serasa|spc|negativ(?:ad[oa]|ar|aremos|acao|amos)|nome sujo|sujar (?:o )?(?:seu )?nome|protest(?:o|ar|ad[oa]|aremos)|cartorio|inadimpl\w{2,6}|cobranca judicial|divida ativa|lista negra)\b",
        r"\b(?:juridico|advogad[oa]s?|processo|processar|judicial\w{0,6}|boletim de ocorrencia|delegacia|policia|departamento de cobranca|setor de cobranca|empresa de cobranca)\b(?=[^\n]{0,90}\b(?:pag\w{1,6}|acert\w{1,3}|quit\w{1,5}|divida|debito|valor em aberto|pendencia|regulariz\w{1,6}|frete|diferenca)\b)",
        r"\b(?:valor|debito|saldo|frete|pendencia|conta|fatura|diferenca)s? (?:\w{1,12} )?(?:em aberto|em atraso|vencid[oa]|nao quitad[oa]|pendente de (?:pagamento|quitacao)|a (?:pagar|quitar))\b",
        r"\b(?:quitacao|regularizacao|pagamento|quitar|regularizar) (?:d[aeo]s?|o|a) (?:pendencia|debito|divida|saldo|valor)\b",
    ), near=f"{_COST}|{_AMOUNT}|{_MEANS}|\\b(?:valor|cpf|nome|debito|divida|pendencia|quit|regulariz|pag)"),
    Family("a hand is held out", (
        r"\b(?:contribu\w{1,4}|colabor\w{1,4}|inteirar|cafezinho|caixinha|um agrado|gorjeta|vaquinha|dar uma (?:forca|ajuda|moral|mao)|ajudar? (?:a gente |nois |nos |aqui )?(?:com|no|na|a pagar)|ajud(?:e|asse) (?:a gente )?(?:com|no|na)|qualquer (?:valor|ajuda|quantia)|a criterio)\b",
        rf"\b(?:uns|so|tipo|mais|pelo menos) (?:{_AMOUNT}|\d{{1,3}}) (?:a mais|pra ajudar|pro cafe|ja ajuda|ta bom|me ajuda|resolve|e eu|que eu|e a gente)\b|\b(?:ja ajudaria|me ajudaria|ajudaria muito)\b",
    ), near=rf"{_AMOUNT}|\b(?:frete|custos?|combustivel|gasolina|prejuizo|preju|restante|despesas?|valor|taxa|entregador|montador|motorista|motoboy|pedagio|embalagem|grana|dinheiro|{_PIX}|uns \d{{1,3}}|postagem|correios|reenvio|envio)\b"),
    Family("the tax man stands between", (
        rf"\b(?:receita|(?<!nota )(?<!cupom )fiscal|alfandega|fisco|aduana|aduaneir[oa]|barreira|difal|icms|imposto\w?|tributo\w?|taxad[oa]|taxou|sefaz|importacao|desembaraco)\b[^\n]{{0,90}}?(?:{_AMOUNT}|\b(?:pag(?:a|ar|ue)|quit(?:a|ar|e)|recolh(?:e|er|a)|arcar?|do destinatario|do comprador|do cliente|por sua conta|por conta d)|\b(?:recolhimento|recolher|guia|gnre|darf|dare)\b{_IN}{{0,50}}\b(?:destinatari[oa]|compradora?|cliente|liber\w{{1,5}}|voce|senhora?))",
    ), near=rf"{_AMOUNT}|\b(?:pag(?:a|ar|ue)|quit(?:a|ar|e)|recolh(?:e|er|a)|arcar?|recolhimento|em maos)\b"),
    Family("the card is asked for", (
        rf"\b(?:inform\w{{1,3}}|mand\w{{1,2}}|pass\w{{1,2}}|envi\w{{1,2}}|confirm\w{{1,3}}|preciso|precisamos|precisa|digit\w{{1,2}}|coloc\w{{1,2}}|qual|quais|me da|me diz|me fala|fala|tira|falta\w?|poe|anot\w|solicit\w{{1,5}}|validar|necessari[oa])\b{_IN}{{0,40}}?\b(?:(?:os |o )?(?:16 )?(?:numeros?|digitos|numeracao)|(?:os |seus )?dados|foto|frente|validade|cvv|cvc|codigo(?:zinho)?|senha|verso|tres numerinhos|numerinhos|3 (?:numeros|digitos))\b{_IN}{{0,20}}?\b(?:do |no |de |atras do |seu |desse )?cartao\b(?!zinho| presente)",
        rf"\bcartao\b{_IN}{{0,60}}?\b(?:cvv|cvc|validade|codigo de segura\w+|codigo atras|16 (?:numeros|digitos)|(?:numeros?|codigo|digitos|numerinhos) (?:de tras|atras|do verso|dele))\b",
        rf"\b(?:inform\w{{1,3}}|mand\w{{1,2}}|pass\w{{1,2}}|envi\w{{1,2}}|confirm\w{{1,3}}|preciso|qual|digit\w|coloc\w)\b{_IN}{{0,30}}\b(?:cvv|cvc|codigo de seguranca)\b",
    )),
)  # fmt: skip

# What undoes it: nobody pays, somebody is paid back, it is paid already, it is a swindle, it was somebody else's fault.
_DENIED = re.compile(
    r"\b(?:nao|n|nunca|jamais|nem|ninguem|sem) (?:\w{1,10} ){0,3}(?:\w{0,3}pag\w{0,5}|cobr\w{0,6}|custo\w?|custa\w?|taxa\w?|gast\w{1,4}|deposit\w{0,4}|transf\w{0,6}|arc\w{1,4}|quit\w{0,4}|acert\w{1,3}|pedimos|peco|solicitamos|e noss\w|um real|nenhum \w{3,6})\b"
    r"|\b(?:nao|n|nunca|jamais) (?:se |me |nos )?(?:precis\w{1,3}|clique|clica|informe|passe|mande|envie|forneca|compartilhe|digite|coloque|ceda)\b"
)
_FREE = re.compile(
    r"\b(?:gratis|gratuit\w{1,5}|cortesia|isent[oa]|isencao|(?<!nao ta )(?<!nao esta )(?<!nao e )(?<!nao )inclus[oa]s?|por conta d(?:a (?:loja|gente|empresa|fabrica|transportadora|garantia)|o (?:vendedor|site|fabricante|seguro))|por nossa conta|e nosso\b|por nos\b|pel[ao] (?:loja|nossa empresa|gente|fabricante|marketplace|vendedor|site)|somos nos|(?:nos|a gente|a loja|o vendedor|o site|o seguro|o fabricante) (?:mesm[oa]s? )?(?:pag|arc|cobr|banc|assum|custe)\w{1,5}|custo zero|zero custo|de graca(?! nao)|na garantia)\b"
)
_BACK = re.compile(
    r"\b(?:devolv(?:emos|eremos|o|ido|ida|idos|idas|er (?:o valor|o dinheiro|esse|os \d|a diferenca|tudo|seu))|devolucao do (?:valor|dinheiro)|estorn\w{1,6}|reembols\w{1,6}|ressarc\w{2,6}|abat\w{2,6}|de volta|(?:na|pra|para a?|em) ?sua conta|conta sua|sua chave|seu pix|te (?:fiz|fizemos|(?:mando|mandei) (?:o|um|esse|seu) (?:pix|valor|dinheiro|reembolso)|pago|paguei|deposit\w+|devolv\w+|transfir\w+|transferi)|(?:pix|valor|deposito) que (?:te |eu )?(?:fiz|mandei)|caiu ai|como credito|volta(?:m)? (?:pro|para o|como|no|na)|cashback|voce pagou a mais|pago a mais|a mais que (?:voce|o senhor|a senhora|vc))\b"
)
_PAID = re.compile(
    r"\b(?:ja (?:esta |ta |foi |foram |vem )?(?:tudo )?(?:pag|quitad|inclus|recolhid|aprovad|pagamos|paguei)\w{0,3}|(?:foi|esta|ta|foram) (?:tudo )?(?:pag[oa]s?|quitad[oa]s?|aprovad[oa]s?|confirmad[oa]s?|cancelad[oa]s?)|(?:voce|vc|o senhor|a senhora|que) (?:ja )?(?:pagou|gerou)|nos pagamos|a gente paga|pagamos nos|paga a loja|recolhid[oa]s? pel|compens(?:a|ou)|em dobro|duas vezes)\b"
)
_WARNED = re.compile(
    r"\b(?:golpe\w{0,4}|golpista\w?|ignore|fake|fraude\w?|fals[oa]s?|desconfi\w{1,3}|nao pague|nao clique|nao clica|nao (?:e|eh) noss[oa]|(?:podia|deveria|devia|era pra|era para) ter cobrado|(?:ter|tenha|tenham|havia|haver) (?:te |lhe )?(?:cobrad|pedid|exigid)o|(?:desculp\w{1,3}|sentimos|sinto|lament\w{1,4})\b[^\n]{0,80}\b(?:cobr(?:ou|aram|ado|anca)|pedido|pediu|exigiu)|(?:te|lhe|que|ele|motorista|entregador|tecnico|montador) (?:te |lhe )?(?:cobrou|cobraram|pediu|exigiu)|cobrou (?:de voce|do senhor|da senhora|a mais|indevid)|cobranca indevida|indevidament\w)\b"
)
_PRICED = re.compile(
    r"\b(?:cupom|cupons|promo\w{0,6}|desconto\w?|anuncio e de|anuncio ta|valor total de|total \d|declarad[oa]|parcel\w{1,5}|fatura do cartao|na sua fatura|(?:no|pelo) (?:site|anuncio|app)\b(?! (?:tava|estava|saiu|deu|errad))|d[ao] (?:compra|pedido) (?:venc|e feito|no site)|vale.compras?|vale.troca)\b"
)
# What the site does when its own bill is left unpaid is told, not threatened.
_BY_ITSELF = re.compile(r"\b(?:pelo site|o (?:proprio )?site|automatic\w{1,7}|o sistema|o marketplace|a plataforma)\b")
_BESIDE = 60
_NEAR = 110
_BUT = re.compile(r"\b(?:mas|porem|so que|entretanto|contudo)\b")
_STOP = re.compile(r"[!?\n;]|\.(?!\d)")
_READ = [
    (family, re.compile("|".join(f"(?:{one})" for one in family.patterns)), re.compile(family.near))
    for family in FAMILIES
]


def find(folded: str) -> Iterator[Span]:
    """Where a folded text asks for money in one of these ways."""
    for family, pattern, near in _READ:
        for match in pattern.finditer(folded):
            start, end = match.span()
            if near.search(folded[max(start - _NEAR, 0) : end + _NEAR]) and not _undone(family, folded, start, end):
                yield start, end


def _undone(family: Family, folded: str, start: int, end: int) -> bool:
    said = _sentence(folded, start, end)
    if _WARNED.search(folded[max(start - 2 * _BESIDE, 0) : end + 2 * _BESIDE]):
        return True
    if family.denying and _BY_ITSELF.search(said):
        return True
    if not family.denying and _DENIED.search(said):
        return True
    return not family.firm and any(one.search(said) for one in (_FREE, _BACK, _PAID, _PRICED))


def _sentence(folded: str, start: int, end: int) -> str:
    """The sentence a match stands in, as far as it reaches within bounds."""
    before, after = folded[max(start - 2 * _BESIDE, 0) : start], folded[end : end + 2 * _BESIDE]
    stops = [stop.end() for one in (_STOP, _BUT) for stop in one.finditer(before)]
    stop = _STOP.search(after)
    return before[max(stops, default=0) :] + folded[start:end] + (after[: stop.start()] if stop else after)
