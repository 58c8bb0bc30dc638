"""The post on pages: mailboxes, letters that came and went, and files, shown so that nothing in them runs."""
