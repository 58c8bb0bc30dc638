"""Bounds: how much of a letter is read. Beyond them nothing is lost: the raw letter is kept, only not read."""

# Bytes. Gmail and Microsoft 365 stop at 25 and 35 MB before base64's third is added.
LETTER = 40 * 1024 * 1024
HEADER = 256 * 1024
FIELD = 16 * 1024

FIELDS = 1_000
PARTS = 1_000
DEPTH = 50
ADDRESSES = 100
# The last ids of References name the letter answered; the first names the conversation.
REFERENCES = 50
PARAMETERS = 100

# Characters. Longer bodies are shown to their bound and kept whole in the raw letter.
TEXT = 1_000_000
MARKUP = 2_000_000
LINES = 20_000
LINE = 1_500
NAME = 150
# Attributions, headers and signatures are looked for in this many lines.
SEARCHED = 3_000
