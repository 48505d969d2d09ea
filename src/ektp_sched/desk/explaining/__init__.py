"""The parts of an explanation: what a school can have, why it has not, what would help."""
