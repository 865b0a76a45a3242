"""Judging names: which are due, what they are like, what weighs in, who may use them."""
