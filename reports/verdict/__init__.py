"""What to make of the scores: intervals, differences, goals and the advice."""
