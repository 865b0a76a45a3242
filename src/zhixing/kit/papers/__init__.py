"""Official papers: one set of facts becomes DOCX and PDF, numbered by office and year, frozen."""
