"""The script for Streamlit's test runner; all of it stands in `explorer.server.script`."""

from explorer.server.script import main

main()
