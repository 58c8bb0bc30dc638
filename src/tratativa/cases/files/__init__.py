"""Files people send: kept byte for byte, shown only redrawn, erased when their time comes."""
