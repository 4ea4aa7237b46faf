"""The sections of the report of a comparison: each a function of it, which answers None where there is nothing to tell.

Their order on the page is written once, in `reports/display/page.py`.
"""
