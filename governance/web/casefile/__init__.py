"""One case, one file: petition, orders, calls, mediation and the log behind them on one page."""
