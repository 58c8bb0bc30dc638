"""What measures and tries the desk and is not part of it: bench, drill, servers to try it against. Not shipped."""
