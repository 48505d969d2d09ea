"""One team-day: the stops of a tour and when they can take place."""
