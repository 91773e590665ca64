"""What someone gets who writes a spec in an editor."""
