"""Commands of pledges."""
