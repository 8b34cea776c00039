"""The pages: each asks, computes and shows. No arithmetic stands here."""
