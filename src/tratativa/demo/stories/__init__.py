"""What has happened before the visitor comes: stories told in hours ago, each step one of the desk's own verbs.

`{cliente}` stands for the first name of whoever bought.
"""

from tratativa.demo.stories.telling import Step, Story, answered, did, said

__all__ = ["Step", "Story", "answered", "did", "said"]
