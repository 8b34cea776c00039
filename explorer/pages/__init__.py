"""The pages: each asks, computes and shows. No arithmetic stands here.

To add one: write a module with a function `show`, and list its name, which is its path in the address, in PAGES.
"""

PAGES = ("binary", "categorical", "network", "algebra")
