"""Loss Explorer: see a loss function as number, gradient, formula and picture at once."""
