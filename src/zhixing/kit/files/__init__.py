"""Evidence: files kept under the SM3 of their content, linked to what they prove."""
