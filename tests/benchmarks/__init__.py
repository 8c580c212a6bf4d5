"""How quick the kit is, measured against what it stands on: ratios taken in one run, on one machine."""
