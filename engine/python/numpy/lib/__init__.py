"""What NumPy keeps here."""
