"""Builds the character tables the engine ships; needs the ``shapes`` extra and fonts.

Nothing here runs when names are judged.
"""
