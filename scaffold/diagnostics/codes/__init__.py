"""The pages of codes that no rule of `checks/rules/` has: one file for each subject.

`scaffold/pages` puts them together with those of the rules.
"""
