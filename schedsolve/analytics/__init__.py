"""What results teach: pure functions on tables and plain values, one question a file."""
