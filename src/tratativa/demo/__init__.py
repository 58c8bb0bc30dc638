"""The stage visitors try the desk on: a cast, their orders and their stories, all made through the desk's own verbs."""
