"""The planner: who goes where in a month, at the least cost, and why. It knows no database: rows come in, a plan goes out."""
