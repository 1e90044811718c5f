"""Template tags of pledges for the frames of other floors."""
