"""Second factors: codes and passkeys, how they are asked for, added and taken away."""
