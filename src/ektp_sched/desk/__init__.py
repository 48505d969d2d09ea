"""The planner's week: agree on dates, repair a plan, explain it."""
