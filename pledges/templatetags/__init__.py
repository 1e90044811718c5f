"""Template tags of pledges, also for the frames of other floors."""
