"""What the command prints that is not a report, in the language of its reader."""
