"""Published instances of team orienteering with time windows, solved as networks."""
