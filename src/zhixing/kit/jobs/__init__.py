"""Long work as rows: progress, cancel, resume after a killed worker; SQLite alone is enough."""
