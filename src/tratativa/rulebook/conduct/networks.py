"""Networks: the places to talk that every reading of contacts knows, and how a shop says that something is its own."""

# ruff: noqa: E501  a pattern is one line: it is read, and struck out, as one
NAME = (
    r"(?:inst[ae]?(?:gram\w{0,3}|grao|inha)?|i\.?g\b|facebook|face(?:book)?|fb|messenger|msn|telegram|telegran|tele ?gram|tiktok|tik tok|kwai|signal|twitter|linkedin"
    r"|youtube|discord|skype|viber|wechat|threads|pinterest|snap(?:chat)?|hangouts|google ?meet|zoom|teams|imessage|orkut|reddit)"
)
OURS = r"(?:noss[oa]s?|meu|minha|d[ao] (?:loja|empresa|gente|lojinha)|a gente|nos|da equipe|oficial)"
