"""Refusals: «não atendemos por …», «evite …»: what is named there leads nobody away."""

# ruff: noqa: E501  a pattern is one line: it is read, and struck out, as one
import re

SAID = re.compile(
    r"\b(?:nao|n|nunca|nem|sem|proibid[oa]|vedad[oa]|evite|jamais) (?:\w{1,9} ){0,4}(?:ped\w*|atend\w*|us[aoe]\w{0,4}|util\w*|tem(?:os)?|faz\w*|fac\w*|trabalh\w*|fal\w*|respond\w*|trat\w*|permit\w*|mand\w*|envi\w*|aceit\w*|entr\w*|pass\w*|poss\w*|vend\w*|cham\w*|clique|e nosso|compre\w*|pague|negoci\w*|combin\w*|saia|precis\w*|procur\w*)\b"
)
