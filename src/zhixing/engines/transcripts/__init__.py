"""Transcripts of sound and film: what is said when, as one text whose spans lead back to times."""

from .cues import Cue, Transcript, UnusableTranscript, clock, parse

__all__ = ["Cue", "Transcript", "UnusableTranscript", "clock", "parse"]
