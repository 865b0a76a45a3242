"""Measurements of the engines beside their peers, in one run on one machine."""
