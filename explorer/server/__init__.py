"""The application that a server runs: app.py, its script script.py, headers.py, and Streamlit's settings in .streamlit.

Streamlit would take a folder `pages` beside the script for scripts of its own: none may stand here.
"""
