"""What /network shows: the loss of a small network as a function of every weight, and a way down it."""
