"""What a story expects: the case, the lists, the letters and what each party sees."""
