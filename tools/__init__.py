"""What builds, measures and tries the desk and is not part of it: assets, bench, drill, servers to try it against."""
