"""What somebody's rows come in: files, arrays, tables in memory, and the engines that hold them."""
