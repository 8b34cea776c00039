"""Reads rows from files, arrays and tables in memory, with the engines that hold them."""
