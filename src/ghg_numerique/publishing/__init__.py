"""What is given to others: every form of a report, and open data."""
