"""Before publication: resident registration numbers, phones and mail addresses of private persons.

`patterns` finds them in a text, `reader` (a process of its own) gets the text out of a file, `files` keeps
what was found by content, `period` puts a period's findings together and says what stands in the way.
"""
