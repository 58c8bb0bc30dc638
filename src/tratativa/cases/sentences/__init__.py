"""Everything that can happen to a case, told to people: one registration an event, a file a subject.

A registration holds the event's sentence, its icon and tone, where a timeline shows it, whether it is news to the other
side, and whom it is worth a letter. `cases.apps` imports the files; a test walks them all.
"""
