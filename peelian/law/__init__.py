"""Law as data: dated, cited rule packs and the date arithmetic they are written in."""
