"""Replay: past cases judged again under other rules, by the code that judges them live; nothing of them changes."""
