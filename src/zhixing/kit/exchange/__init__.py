"""Tables in and out: a file of rows is mapped, checked, committed; a list on screen is exported.

The way in is `reading` (bytes → batches of text) → `staging` → `checking` (all errors, nothing
written) → `committing` (chunks, each with its deed). An app declares an `Importer`; pages, jobs
and the command line share every step.
"""
