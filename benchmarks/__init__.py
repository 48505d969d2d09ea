"""What the planner reaches, how soon, and how that compares: problems, runs, peers, tables."""
