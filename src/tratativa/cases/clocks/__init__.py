"""Clocks: started, stopped and paused as the rulebook says, and judged when they ran out."""
