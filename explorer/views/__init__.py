"""What an address shows, computed without Streamlit: an address is read as a State, and a View is made of it.

To add a page: a module with a frozen `State` (see `state`) and a function `view` of it; list it in PAGES.
"""
