"""The pages of the codes that no rule in `checks/rules/` reports, by subject.

`scaffold/pages` combines them with the pages in the files of the rules.
"""
