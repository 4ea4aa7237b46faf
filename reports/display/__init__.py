"""What is shown: the scoreboard, the page, the JSON object."""
