"""What an editor needs to help with specs."""
